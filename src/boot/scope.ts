import type { Binding, Scope } from './value.ts';

export const createScope = (role: Scope['role'], parent?: Scope): Scope =>
  parent === undefined ? { role, bindings: new Map() } : { role, parent, bindings: new Map() };

/** The binding a name means at a place. */
export function lookUp(scope: Scope, name: string): Binding | undefined {
  for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
    const binding = current.bindings.get(name);
    if (binding !== undefined) return binding;
  }
  return undefined;
}

/** The scope in which `var` declares. */
export function functionScope(scope: Scope): Scope {
  let current = scope;
  while (current.role === 'block' && current.parent !== undefined) current = current.parent;
  return current;
}
