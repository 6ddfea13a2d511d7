import type { DeclarationSyntax, Expression } from '../../../src/model/file-syntax.ts';
import type { ModuleRecord } from '../../../src/model/program.ts';
import { bare, contains } from './expressions.ts';
import { isInside } from './store.ts';

/** What one function does with the values it reads from a store. */
export interface ValueFlow {
  /** The local or parameter of a name. */
  local(name: string): DeclarationSyntax | undefined;
  /** Whether anything in the expression comes from a read. */
  dependsOnRead(expression: Expression): boolean;
  /** Whether the expression is what was read, or a view of it. */
  yieldsRead(expression: Expression): boolean;
  /** Whether code changes what was read where it lies. */
  readonly changesRead: boolean;
}

export function valueFlowOf(module: ModuleRecord, code: number, isRead: (expression: Expression) => boolean): ValueFlow {
  const locals = new Map<string, DeclarationSyntax>();
  for (const [index, declaration] of module.syntax.declarations.entries())
    if (isLocal(declaration) && declaration.binding !== undefined && isInside(module, index, code))
      locals.set(declaration.binding, declaration);
  const derived = new Set<string>();
  const test = (part: Expression): boolean => isRead(part) || (part.kind === 'name' && derived.has(part.name));
  const comesFromRead = ({ initializer, written = [] }: DeclarationSyntax): boolean =>
    (initializer !== undefined && contains(module, initializer, test)) || written.some(({ value }) => contains(module, value, test));
  for (let before = -1; before !== derived.size; ) {
    before = derived.size;
    for (const [name, local] of locals) if (comesFromRead(local)) derived.add(name);
  }
  return {
    local: (name) => locals.get(name),
    dependsOnRead: (expression) => contains(module, expression, test),
    yieldsRead: (expression) => yields(module, expression, test),
    changesRead: [...derived].some((name) => locals.get(name)?.changed !== undefined),
  };
}

const isLocal = ({ kind, parent }: DeclarationSyntax): boolean => (kind === 'variable' && parent > 0) || kind === 'parameter';

/** Comparisons, sums and texts made of a value are not the value. */
function yields(module: ModuleRecord, expression: Expression, test: (part: Expression) => boolean): boolean {
  if (test(expression)) return true;
  switch (expression.kind) {
    case 'await':
    case 'assertion':
    case 'spread':
      return yields(module, expression.value, test);
    case 'member':
    case 'index':
      return yields(module, expression.object, test);
    case 'choice':
      return expression.options.some((option) => yields(module, option, test));
    case 'object':
      return expression.properties.some(({ value }) => yields(module, value, test));
    case 'array':
      return expression.elements.some((element) => yields(module, element, test));
    case 'call': {
      const call = module.syntax.calls[expression.call];
      const receiver = call?.callee.kind === 'member' ? [call.callee.object] : [];
      return [...receiver, ...(call?.arguments ?? [])].some((part) => yields(module, part, test));
    }
    default:
      return false;
  }
}

export type Fill =
  /** The value that was read, put back: it moves to the end of the map, or gets a new time. */
  | { readonly kind: 'same' }
  /** Values that have nothing to do with the one read. */
  | { readonly kind: 'new'; readonly values: readonly Expression[] }
  /** Made out of the value that was read: a counter, a list that grows, a lock. */
  | { readonly kind: 'accumulates' };

/** What a function puts into the store, compared with what it read. */
export function fillOf(module: ModuleRecord, flow: ValueFlow, value: Expression): Fill {
  if (isOpaque(module, value)) return { kind: 'accumulates' };
  if (!flow.dependsOnRead(value)) return { kind: 'new', values: [value] };
  const plain = bare(value);
  const options = plain.kind === 'choice' ? plain.options : undefined;
  const local = plain.kind === 'name' ? flow.local(plain.name) : undefined;
  if (options !== undefined) return newOptions(module, flow, options);
  if (local === undefined || local.changed !== undefined || local.bindingPath !== undefined) return { kind: 'accumulates' };
  const written = local.written ?? [];
  if (written.some(({ how }) => how !== 'assign')) return { kind: 'accumulates' };
  const initializer = local.initializer === undefined ? undefined : bare(local.initializer);
  const first = initializer === undefined ? [] : initializer.kind === 'choice' ? initializer.options : [initializer];
  return newOptions(module, flow, [...first, ...written.map(({ value: later }) => later)]);
}

/** Of several values that may be meant, those that were read are passed on as they are. */
function newOptions(module: ModuleRecord, flow: ValueFlow, options: readonly Expression[]): Fill {
  const fresh = options.filter((option) => !flow.dependsOnRead(option));
  const isPassedOn = options.every((option) => !flow.dependsOnRead(option) || isPlainRead(module, flow, option));
  if (!isPassedOn || fresh.some((option) => isOpaque(module, option))) return { kind: 'accumulates' };
  return fresh.length === 0 ? { kind: 'same' } : { kind: 'new', values: fresh };
}

/** The read itself, not a value around it. */
function isPlainRead(module: ModuleRecord, flow: ValueFlow, option: Expression): boolean {
  const value = bare(option);
  if (value.kind === 'member' || value.kind === 'index') return isPlainRead(module, flow, value.object);
  if (value.kind === 'name') return true;
  const call = value.kind === 'call' ? module.syntax.calls[value.call] : undefined;
  return call !== undefined && !call.arguments.some((argument) => flow.dependsOnRead(argument));
}

const isOpaque = (module: ModuleRecord, value: Expression): boolean =>
  contains(module, value, (part) => part.kind === 'other' && part.operands === undefined);
