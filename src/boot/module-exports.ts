import type { ModuleState, Value } from './value.ts';

/** What a module exports under a name, `export *` and CommonJS included; `undefined` when it exports no such name. */
export function exportOf(module: ModuleState, name: string): Value | undefined {
  const known = module.exports.get(name) ?? module.starred.get(name);
  return known === undefined ? find(module, name, new Set())?.() : known();
}

/** How a name is read; of a module that `export *` names it is remembered. */
function find(module: ModuleState, name: string, seen: Set<ModuleState>): (() => Value | undefined) | undefined {
  if (seen.has(module)) return undefined;
  seen.add(module);
  const own = module.exports.get(name);
  if (own !== undefined) return own;
  const { assigned } = module;
  if (assigned !== undefined) return () => ofAssigned(assigned, name);
  if (name !== 'default') {
    for (const star of module.stars) {
      const target = star();
      if (target.kind === 'namespace') {
        const found = find(target.module, name, seen);
        if (found === undefined) continue;
        module.starred.set(name, found);
        return found;
      }
      if (target.kind === 'external') return () => ({ ...target, path: [...target.path, name] });
    }
  }
  return isCommonJs(module) ? () => ofAssigned(commonJsExports(module), name) : undefined;
}

/** Names that a module exports, where they are known. */
export function exportNames(module: ModuleState): readonly string[] {
  const names = new Set<string>();
  collectNames(module, names, new Set());
  return [...names];
}

function collectNames(module: ModuleState, names: Set<string>, seen: Set<ModuleState>): void {
  if (seen.has(module)) return;
  seen.add(module);
  for (const name of module.exports.keys()) if (name !== 'default' || seen.size === 1) names.add(name);
  for (const star of module.stars) {
    const target = star();
    if (target.kind === 'namespace') collectNames(target.module, names, seen);
  }
  const assigned = module.assigned ?? (isCommonJs(module) ? commonJsExports(module) : undefined);
  if (assigned?.kind === 'object') for (const name of assigned.properties.keys()) names.add(name);
  if (assigned?.kind === 'namespace') collectNames(assigned.module, names, seen);
}

/** What `require` of a module gives. */
export function requiredValue(module: ModuleState): Value {
  if (module.assigned !== undefined) return module.assigned;
  return isCommonJs(module) ? commonJsExports(module) : { kind: 'namespace', module };
}

/** A module without ES exports that has written to `module.exports` or `exports`. */
export const isCommonJs = (module: ModuleState): boolean => {
  if (module.exports.size > 0 || module.stars.length > 0) return false;
  const value = commonJsExports(module);
  return value.kind !== 'object' || value.properties.size > 0 || !value.complete;
};

const commonJsExports = (module: ModuleState): Value => module.commonJs.properties.get('exports') ?? { kind: 'unknown' };

function ofAssigned(value: Value, name: string): Value | undefined {
  if (name === 'default') {
    const main = value.kind === 'object' && value.properties.has('__esModule') ? value.properties.get('default') : undefined;
    return main ?? (value.kind === 'namespace' ? exportOf(value.module, name) : undefined) ?? value;
  }
  switch (value.kind) {
    case 'object':
      return value.properties.get(name);
    case 'class':
      return value.statics.get(name);
    case 'function':
      return value.properties.get(name);
    case 'namespace':
      return exportOf(value.module, name);
    case 'external':
      return { ...value, path: [...value.path, name] };
    default:
      return undefined;
  }
}
