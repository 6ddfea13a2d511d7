import { type CallExpression, type Node, visitorKeys } from 'oxc-parser';
import type { Machine } from './machine.ts';
import { strip } from './spans.ts';
import type { CallSite, FunctionValue, Scope, Value } from './value.ts';

/** A call inside a closure of a function that the closure got from the call that made it. */
export interface CapturedCall {
  readonly target: FunctionValue;
  /** What is written as arguments, the receiver of `call` and `apply` left out. */
  readonly given: readonly Node[];
  /** Whether the function itself was captured, or an object whose member it is. */
  readonly through: 'name' | 'member';
}

/** The captured calls of a function, in source order; none for a function declared at a module's top level. */
export function capturedCalls(machine: Machine, closure: FunctionValue): readonly CapturedCall[] {
  if (!isMadeByCall(closure.scope) && closure.thisValue?.kind !== 'instance') return [];
  const own = new Set(closure.node.params.flatMap((parameter) => (parameter.type === 'Identifier' ? [parameter.name] : [])));
  const found: CapturedCall[] = [];
  walk(closure.node.body, (node) => {
    if (node.type !== 'CallExpression') return;
    const call = withoutIndirection(node);
    const target = captured(machine, closure, own, call.callee);
    if (target?.kind === 'function')
      found.push({ target, given: call.given, through: call.callee.type === 'Identifier' ? 'name' : 'member' });
  });
  return found;
}

function isMadeByCall(scope: Scope): boolean {
  for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
    if (current.role === 'function') return true;
  }
  return false;
}

/** `fn.call(this, a)` and `fn.apply(this, list)` call `fn`. */
function withoutIndirection(node: CallExpression): { readonly callee: Node; readonly given: readonly Node[] } {
  const callee = strip(node.callee);
  if (callee.type === 'MemberExpression' && !callee.computed && (callee.property.name === 'call' || callee.property.name === 'apply')) {
    return { callee: strip(callee.object), given: node.arguments.slice(1) };
  }
  return { callee, given: node.arguments };
}

/** The value of a name or member path that starts outside the closure but inside the call that made it, or at `this`. */
function captured(machine: Machine, closure: FunctionValue, own: ReadonlySet<string>, node: Node): Value | undefined {
  switch (node.type) {
    case 'Identifier':
      return own.has(node.name) ? undefined : capturedName(closure.scope, node.name);
    case 'ThisExpression':
      return closure.node.type === 'ArrowFunctionExpression' && closure.thisValue?.kind === 'instance' ? closure.thisValue : undefined;
    case 'MemberExpression': {
      if (node.computed && node.property.type !== 'Literal') return undefined;
      const object = captured(machine, closure, own, strip(node.object));
      const name = memberName(node.property);
      if (object === undefined || name === undefined || (object.kind !== 'instance' && object.kind !== 'object')) return undefined;
      const site: CallSite = { module: closure.module.id, node, caller: closure.symbol };
      return machine.getMember(object, name, site);
    }
    default:
      return undefined;
  }
}

const memberName = (property: Node): string | undefined => {
  if (property.type === 'Identifier') return property.name;
  if (property.type === 'PrivateIdentifier') return `#${property.name}`;
  return property.type === 'Literal' ? String(property.value) : undefined;
};

function capturedName(scope: Scope, name: string): Value | undefined {
  for (let current: Scope | undefined = scope; current !== undefined && current.role !== 'module'; current = current.parent) {
    const binding = current.bindings.get(name);
    if (binding !== undefined) return binding.value;
  }
  return undefined;
}

/** In source order, in a loop: long sums are deep trees. */
function walk(root: Node | null, visit: (node: Node) => void): void {
  const open = root === null ? [] : [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    visit(node);
    for (const child of childrenOf(node).reverse()) open.push(child);
  }
}

const childrenOf = (node: Node): Node[] => (visitorKeys[node.type] ?? []).flatMap((key): unknown => Reflect.get(node, key)).filter(isNode);

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
