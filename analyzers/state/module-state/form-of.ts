import type { StateFact } from '../../../src/model/fact.ts';
import type { Expression, MutationSyntax } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { contains } from '../read-through/expressions.ts';
import { valueFlowOf } from '../read-through/value-flow.ts';
import type { StateChange } from './state-change.ts';

/** Recognizes state of which every process may have its own: see `StateForm`. */
export function formOf(program: ProgramQueries, symbol: SymbolId, changes: readonly StateChange[]): Pick<StateFact, 'form'> {
  const found = program.declaration(symbol);
  const initializer = found?.module.syntax.declarations[found.index]?.initializer;
  const made = initializer?.kind === 'call' ? found?.module.syntax.calls[initializer.call]?.callee : undefined;
  if (made?.kind === 'name' && /^Weak(?:Map|Set)$/.test(made.name)) return { form: 'weak' };
  if (initializer?.kind === 'literal' && typeof initializer.value === 'number' && changes.every(isCount)) return { form: 'counter' };
  return areMadeOnce(changes) ? { form: 'made-once' } : {};
}

/** `open++`, `open -= 1`, `open = 0`. */
function isCount({ mutation }: StateChange): boolean {
  if (mutation.path.length > 0 || mutation.binding === 'this') return false;
  if (mutation.operation === 'update') return mutation.value === undefined;
  return mutation.operation === 'assign' && mutation.value?.kind === 'literal';
}

/** Each variable or field is assigned as a whole, in one function, which also asks for it. */
function areMadeOnce(changes: readonly StateChange[]): boolean {
  const writers = new Map<string, StateChange['writer']>();
  return changes.every((change) => {
    const { mutation, writer } = change;
    const target = mutation.binding === 'this' ? `this.${mutation.path[0]}` : mutation.binding;
    const isWhole = mutation.path.length === (mutation.binding === 'this' ? 1 : 0);
    const first = writers.get(target) ?? writer;
    writers.set(target, first);
    return isWhole && first === writer && isAskedFor(change) && saysNothingOfRequests(change);
  });
}

/** Uses of instance fields have no record: that the one writer asks for them is taken from its form only when it is `??=`. */
function isAskedFor({ module, mutation }: StateChange): boolean {
  if (mutation.operation === 'update') return mutation.value !== undefined;
  if (mutation.binding === 'this') return isReturned({ module, mutation });
  return module.syntax.uses.some(
    ({ name, owner, access }) =>
      name === mutation.binding && access !== 'write' && isPartOf(module.syntax.declarations, owner, mutation.owner),
  );
}

const isReturned = ({ module, mutation }: Pick<StateChange, 'module' | 'mutation'>): boolean =>
  module.syntax.declarations[mutation.owner]?.returns?.values.some((value) =>
    contains(module, value, (part) => part.kind === 'member' && part.object.kind === 'this' && part.property === mutation.path[0]),
  ) === true;

function isPartOf(declarations: StateChange['module']['syntax']['declarations'], inner: number, outer: number): boolean {
  for (let index = inner; index > 0; index = declarations[index]?.parent ?? -1) if (index === outer) return true;
  return false;
}

/** The value comes neither from parameters nor from what was there before. */
function saysNothingOfRequests({ module, mutation }: StateChange): boolean {
  const { value, owner } = mutation;
  if (value === undefined) return false;
  const isOpaque = (part: Expression): boolean => part.kind === 'other' && part.operands === undefined;
  const parameters = new Set(
    module.syntax.declarations.flatMap(({ kind, binding }, index) =>
      kind === 'parameter' && binding !== undefined && isAround(module.syntax.declarations, index, owner) ? [binding] : [],
    ),
  );
  const isParameter = (part: Expression): boolean => part.kind === 'name' && parameters.has(part.name);
  const flow = valueFlowOf(module, owner, (part) => isEarlier(mutation, part) || isParameter(part));
  return !contains(module, value, isOpaque) && !flow.dependsOnRead(value);
}

/** Whether a parameter belongs to the function, to one around it, or to one in it. */
function isAround(declarations: StateChange['module']['syntax']['declarations'], parameter: number, owner: number): boolean {
  const holder = declarations[parameter]?.parent ?? -1;
  return isPartOf(declarations, holder, owner) || (holder > 0 && isPartOf(declarations, owner, holder));
}

const isEarlier = ({ binding, path }: MutationSyntax, part: Expression): boolean =>
  binding === 'this'
    ? part.kind === 'member' && part.object.kind === 'this' && part.property === path[0]
    : part.kind === 'name' && part.name === binding;
