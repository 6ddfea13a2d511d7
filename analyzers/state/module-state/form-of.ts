import type { StateFact } from '../../../src/model/fact.ts';
import type { Expression, MutationSyntax } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { Span } from '../../../src/model/location.ts';
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

/**
 * Each variable or field is assigned as a whole, in one function, which also asks for it. What that function forgets
 * again when the making fails is made again at the next request, in this process as in any other.
 */
function areMadeOnce(changes: readonly StateChange[]): boolean {
  const makings = changes.filter((change) => !changes.some((making) => isForgottenBy(making, change)));
  const writers = new Map<string, StateChange['writer']>();
  return makings.every((change) => {
    const { mutation, writer } = change;
    const target = targetOf(mutation);
    const first = writers.get(target) ?? writer;
    writers.set(target, first);
    return isWhole(mutation) && !isNothing(mutation.value) && first === writer && isAskedFor(change) && saysNothingOfRequests(change);
  });
}

const targetOf = ({ binding, path }: MutationSyntax): string => (binding === 'this' ? `this.${path[0]}` : binding);

const isWhole = ({ binding, path }: MutationSyntax): boolean => path.length === (binding === 'this' ? 1 : 0);

/**
 * `made = null`, in the very expression whose value was kept (`made = open().catch(() => { made = null; })`) or in a function
 * that is given nothing and so cannot be told to forget. Elsewhere it is a command, of which other processes hear nothing.
 */
function isForgottenBy(making: StateChange, { module, mutation }: StateChange): boolean {
  const { declarations } = module.syntax;
  const { value, owner } = making.mutation;
  if (making.module !== module || value === undefined || isNothing(value) || !isNothing(mutation.value)) return false;
  if (!isWhole(mutation) || targetOf(mutation) !== targetOf(making.mutation)) return false;
  const isInValue = value.span.start <= mutation.span.start && mutation.span.end <= value.span.end;
  const isGivenNothing = isPartOf(declarations, mutation.owner, owner) && parametersAround(making).size === 0;
  return isInValue || isGivenNothing;
}

const isNothing = (value: Expression | undefined): boolean =>
  value?.kind === 'literal' ? value.value === null || value.value === undefined : value?.kind === 'name' && value.name === 'undefined';

/** Names of the parameters of the function that makes the change, and of those around it. */
const parametersAround = ({ module, mutation }: Pick<StateChange, 'module' | 'mutation'>): ReadonlySet<string> =>
  new Set(
    module.syntax.declarations.flatMap(({ kind, binding, parent }) =>
      kind === 'parameter' && binding !== undefined && isPartOf(module.syntax.declarations, mutation.owner, parent) ? [binding] : [],
    ),
  );

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
  return !contains(module, value, isOpaque) && !flow.dependsOnRead(value) && !functionsSayMore({ module, mutation }, value);
}

/** Functions written in the value see the parameters around them, and what was there before. */
function functionsSayMore(change: Pick<StateChange, 'module' | 'mutation'>, value: Expression): boolean {
  const { module, mutation } = change;
  const { calls, declarations } = module.syntax;
  const outer = parametersAround(change);
  const flow = valueFlowOf(module, mutation.owner, (part) => isEarlier(mutation, part) || (part.kind === 'name' && outer.has(part.name)));
  const isInside = ({ start, end }: Span): boolean => value.span.start <= start && end <= value.span.end;
  const saysMore = (part: Expression): boolean => isInside(part.span) && flow.dependsOnRead(part);
  return (
    calls.some((call) => isInside(call.span) && (saysMore(call.callee) || call.arguments.some(saysMore))) ||
    declarations.some(
      ({ initializer, written, returns }) =>
        (initializer !== undefined && saysMore(initializer)) ||
        written?.some((one) => saysMore(one.value)) === true ||
        returns?.values.some(saysMore) === true,
    )
  );
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
