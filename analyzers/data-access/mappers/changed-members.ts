import type { DeclarationSyntax, Expression } from '../../../src/model/file-syntax.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';
import { parametersOf } from '../flow/call-flow.ts';
import { bare, type CallSite, type CodeValue, type Declared, declarationOfName, declared, valueAt } from '../flow/code-value.ts';
import { givenTo } from './held-expressions.ts';
import { bind, type Context, NO_CONTEXT, NOTHING_BOUND } from './held-value.ts';
import type { MapperReader, Part } from './reading.ts';

/** What code does to the members of a value that it has under a name. */
export interface MemberChanges {
  /** Ways to what the function itself assigns or changes: `tags`, `author.name`. */
  readonly paths: readonly string[];
  /** The same of functions that it hands the value to. */
  readonly handed: readonly string[];
  /** Values whose members are copied into it: `Object.assign(book, input)`. */
  readonly copied: readonly Part[];
}

const NO_CHANGES: MemberChanges = { paths: [], handed: [], copied: [] };

const joinChanges = (all: readonly MemberChanges[]): MemberChanges => ({
  paths: [...new Set(all.flatMap(({ paths }) => paths))],
  handed: [...new Set(all.flatMap(({ handed }) => handed))],
  copied: all.flatMap(({ copied }) => copied),
});

/** Further calls that are handed the value are not followed. */
const DEEPEST = 3;

/** What the function around a name does to its value, and what functions do that it hands the value to. */
export function changesOf(reader: MapperReader, found: Declared, context: Context, depth = 0): MemberChanges {
  const { module, declaration } = found;
  const around = module.syntax.declarations[declaration.parent];
  const own: MemberChanges = { ...NO_CHANGES, paths: declaration.changed ?? [] };
  if (around === undefined || declaration.parent <= 0 || depth > DEEPEST) return own;
  return joinChanges([own, ...aliasChanges(reader, found), ...callChanges(reader, found, context, depth)]);
}

/** `for (const line of order.lines) line.quantity = 1`, `const [first] = books; first.tags = []`. */
function aliasChanges({ flow: { program } }: MapperReader, found: Declared): readonly MemberChanges[] {
  const { module, declaration } = found;
  const around = module.syntax.declarations[declaration.parent];
  return program.declarationsWithin(module.id, around?.span ?? declaration.span).flatMap((other): readonly MemberChanges[] => {
    const source = other === declaration || other.changed === undefined ? undefined : takenOf(module, other);
    const way = source === undefined ? undefined : wayFrom(program, found, { module, owner: other.parent, expression: source });
    if (way === undefined) return [];
    const paths = (other.changed ?? []).map((path) => [...way, ...path.split('.')].slice(0, 2).join('.'));
    return [{ ...NO_CHANGES, paths }];
  });
}

/** What a variable begins as a part of, and a parameter of a callback as an element. */
function takenOf({ syntax }: ModuleRecord, { kind, position, initializer, parent }: DeclarationSyntax): Expression | undefined {
  if (kind === 'variable') return initializer;
  const { passedTo } = syntax.declarations[parent] ?? {};
  const callee = kind === 'parameter' && position === 0 && passedTo !== undefined ? syntax.calls[passedTo.call]?.callee : undefined;
  return callee?.kind === 'member' ? callee.object : undefined;
}

/** Members between a name and what is taken of its value, calls on lists passed over; undefined when that is taken of something else. */
function wayFrom(program: ProgramQueries, found: Declared, value: CodeValue): readonly string[] | undefined {
  const inner = bare(value);
  const { module, expression } = inner;
  switch (expression.kind) {
    case 'name':
      return isName(program, found, inner) ? [] : undefined;
    case 'index':
      return wayFrom(program, found, { ...inner, expression: expression.object });
    case 'member': {
      const way = wayFrom(program, found, { ...inner, expression: expression.object });
      return way === undefined ? undefined : [...way, expression.property];
    }
    case 'call': {
      const callee = module.syntax.calls[expression.call]?.callee;
      if (callee?.kind !== 'member' || !choosing.has(callee.property)) return undefined;
      return wayFrom(program, found, { ...inner, expression: callee.object });
    }
    default:
      return undefined;
  }
}

const choosing: ReadonlySet<string> = new Set(['filter', 'find', 'slice', 'at', 'pop', 'shift', 'findLast', 'sort', 'reverse']);

function callChanges(reader: MapperReader, found: Declared, context: Context, depth: number): readonly MemberChanges[] {
  const { module, declaration } = found;
  const { program } = reader.flow;
  const around = module.syntax.declarations[declaration.parent];
  return program.callsWithin(module.id, around?.span ?? declaration.span).flatMap((call): readonly MemberChanges[] => {
    const isIt = (expression: Expression): boolean => isName(program, found, { module, owner: call.owner, expression });
    const position = call.arguments.findIndex(isIt);
    const isReceiver = position < 0 && call.callee.kind === 'member' && isIt(call.callee.object);
    if (position < 0 && !isReceiver) return [];
    const site: CallSite = { module, index: module.syntax.calls.indexOf(call), call };
    return [isReceiver ? ownMethod(reader, site) : handedTo(reader, site, { position, context, depth })];
  });
}

/** Whether a value is what a declaration names. */
function isName(program: ProgramQueries, { symbol, declaration }: Declared, value: CodeValue): boolean {
  const inner = bare(value);
  const { expression } = inner;
  return expression.kind === 'name' && expression.name === declaration.binding && declarationOfName(program, inner)?.symbol === symbol;
}

/** Whether the function around a name has its value stored. */
export function isStored({ flow: { program } }: MapperReader, found: Declared): boolean {
  const { module, declaration } = found;
  const around = module.syntax.declarations[declaration.parent];
  return program
    .callsWithin(module.id, around?.span ?? declaration.span)
    .some(
      ({ callee, owner, arguments: given }) =>
        callee.kind === 'member' &&
        storing.has(callee.property) &&
        given.some((expression) => isName(program, found, { module, owner, expression })),
    );
}

const storing: ReadonlySet<string> = new Set(['save', 'insert', 'persist', 'persistAndFlush']);

/** Functions of libraries that give their first argument what the others have. */
const copying: ReadonlySet<string> = new Set(['assign', 'merge', 'mergeWith', 'extend', 'defaults']);

/** What the functions that a call runs do to one of its arguments. */
export function handedTo(
  reader: MapperReader,
  site: CallSite,
  { position, context, depth }: { readonly position: number; readonly context: Context; readonly depth: number },
): MemberChanges {
  const { callee } = site.call;
  const others = site.call.arguments.flatMap((expression, at): readonly Part[] =>
    at === position ? [] : [{ value: valueAt(site, expression.kind === 'spread' ? expression.value : expression), context }],
  );
  const functions = calledFunctions(reader, site, context);
  if (functions.length === 0 && position === 0 && callee.kind === 'member' && copying.has(callee.property))
    return { ...NO_CHANGES, copied: others };
  return joinChanges(
    functions.map((one): MemberChanges => {
      const parameter = parametersOf(reader.flow.program, one).find(({ declaration }) => declaration.position === position);
      if (parameter === undefined || parameter.declaration.bindingPath !== undefined) return NO_CHANGES;
      const inner: Context = { bound: bind(NOTHING_BOUND, givenTo(reader.values, site, one, context)) };
      const { paths, handed, copied } = changesOf(reader, parameter, inner, depth + 1);
      const all = [...paths, ...handed];
      const named = all.filter((path) => path !== '*');
      return { paths: [], handed: named, copied: named.length < all.length ? [...copied, ...others] : copied };
    }),
  );
}

/** Functions of the program that a call runs: by the linker, or as they were passed in. */
function calledFunctions({ flow: { program }, values }: MapperReader, site: CallSite, context: Context): readonly Declared[] {
  const referent = program.resolveExpression(site.module.id, site.call.owner, site.call.callee);
  const named = referent.kind === 'symbol' ? declared(program, referent.symbol) : undefined;
  if (named !== undefined && named.declaration.returns !== undefined) return [named];
  return values.of(valueAt(site, site.call.callee), context).flatMap((held) => {
    if (held.kind !== 'literal' || held.value.expression.kind !== 'function') return [];
    return declared(program, program.symbolAt(held.value.module.id, held.value.expression.declaration)) ?? [];
  });
}

/** `book.retitle(…)`: what the method assigns to its instance. */
function ownMethod(reader: MapperReader, site: CallSite): MemberChanges {
  const [method] = calledFunctions(reader, site, NO_CONTEXT);
  if (method?.declaration.kind !== 'method' && method?.declaration.kind !== 'setter') return NO_CHANGES;
  const paths = method.module.syntax.mutations.flatMap(({ binding, owner, path }) =>
    binding === 'this' && owner === method.index ? [path.slice(0, 2).join('.')] : [],
  );
  return { ...NO_CHANGES, paths };
}
