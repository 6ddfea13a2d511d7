import type { DeclarationSyntax, Expression } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries, Referent } from '../../../src/model/program.ts';
import { bare, partsOf } from './expressions.ts';
import { isInside } from './store.ts';

/** Where a value comes from. */
export interface Origin {
  /** Something outside the process gave it, or a computation of a package or the runtime did: it can be had again. */
  readonly isLoaded: boolean;
  /** It is random, or a place to keep data in: asking again gives another one. */
  readonly isOwn: boolean;
  /** It was made by a function that the code was handed. */
  readonly isHandedIn: boolean;
}

const NOTHING: Origin = { isLoaded: false, isOwn: false, isHandedIn: false };
const LOADED: Origin = { ...NOTHING, isLoaded: true };
const OWN: Origin = { ...NOTHING, isOwn: true };

/** Code in which names are looked up. */
export interface Code {
  readonly module: ModuleRecord;
  /** Index of the function's declaration. */
  readonly index: number;
}

/** Calls of functions of the program are followed this far. */
const DEEPEST = 7;

/** Reads how a value is made: over locals, arguments, and what functions of the program return. */
export function originOf(program: ProgramQueries, code: Code, value: Expression): Origin {
  return inspect({ program, code, visits: { value: new Map(), part: new Map() }, depth: 0 }, value, 'value');
}

interface Walk {
  readonly program: ProgramQueries;
  readonly code: Code;
  /** At which depth each declaration was looked at: what it adds to the answer is added once, more only from nearer by. */
  readonly visits: Readonly<Record<Role, Map<DeclarationSyntax, number>>>;
  readonly depth: number;
}

/** `value`: the thing itself, whose shape counts; `part`: something it is made from. */
type Role = 'value' | 'part';

function isVisited({ visits, depth }: Walk, declaration: DeclarationSyntax, role: Role): boolean {
  const before = visits[role].get(declaration);
  if (before !== undefined && before <= depth) return true;
  visits[role].set(declaration, depth);
  return false;
}

function inspect(walk: Walk, expression: Expression, role: Role): Origin {
  const { code } = walk;
  const inner = bare(expression);
  switch (inner.kind) {
    case 'name':
      return inspectLocal(walk, inner.name, role);
    case 'choice':
      return join(inner.options.map((option) => inspect(walk, option, role)));
    case 'object':
      return join(inner.properties.map(({ value }) => inspectHeld(walk, value, role)));
    case 'array':
      return inner.elements.length === 0 && role === 'value'
        ? OWN
        : join(inner.elements.map((element) => inspectHeld(walk, element, role)));
    case 'call':
      return inspectCall(walk, inner, role);
    case 'other':
      return inner.operands === undefined ? OWN : join(inner.operands.map((operand) => inspect(walk, operand, 'part')));
    default:
      return join(partsOf(code.module, inner).map((part) => inspect(walk, part, 'part')));
  }
}

/** A value made here that holds an empty list, a zero or nothing yet is there to be filled. */
function inspectHeld(walk: Walk, value: Expression, role: Role): Origin {
  const held = bare(value);
  const isEmpty =
    (held.kind === 'array' && held.elements.length === 0) ||
    (held.kind === 'object' && held.properties.length === 0) ||
    (held.kind === 'literal' && (held.value === 0 || held.value === null || held.value === false));
  if (isEmpty && role === 'value') return OWN;
  return held.kind === 'call' && walk.code.module.syntax.calls[held.call]?.kind === 'new' && role === 'value'
    ? join([OWN, inspect(walk, held, 'part')])
    : inspect(walk, held, 'part');
}

function inspectLocal(walk: Walk, name: string, role: Role): Origin {
  const { module, index } = walk.code;
  const found = module.syntax.declarations.findIndex(
    (declaration, place) => declaration.binding === name && declaration.kind === 'variable' && isInside(module, place, index),
  );
  const local = module.syntax.declarations[found];
  if (local === undefined || isVisited(walk, local, role)) return NOTHING;
  const values = [...(local.initializer === undefined ? [] : [local.initializer]), ...(local.written ?? []).map(({ value }) => value)];
  return join(values.map((value) => inspect(walk, value, local.bindingPath === undefined ? role : 'part')));
}

const RANDOM =
  /^(?:random|randomUUID|randomBytes|randomInt|randomFill|randomFillSync|getRandomValues|nanoid|ulid|cuid|createId|v1|v4|v6|v7)$/;
const randomPackages: ReadonlySet<string> = new Set(['uuid', 'nanoid', 'ulid', 'cuid', '@paralleldrive/cuid2']);
const clockPackages: ReadonlySet<string> = new Set(['moment', 'dayjs', 'luxon', 'date-fns']);
const LOADING_GLOBALS = /^(?:fetch|JSON\.parse|Intl\.\w+)$/;
const CONTAINERS = /^(?:Map|Set|WeakMap|WeakSet|Array|Object|Promise)(?:$|\.)/;

function inspectCall(walk: Walk, expression: Extract<Expression, { kind: 'call' }>, role: Role): Origin {
  const { program, code } = walk;
  const call = code.module.syntax.calls[expression.call];
  if (call === undefined) return NOTHING;
  const callee = program.resolveExpression(code.module.id, call.owner, call.callee);
  const parts = join(partsOf(code.module, expression).map((part) => inspect(walk, part, 'part')));
  return join([parts, originOfCallee(walk, callee, call.kind, role)]);
}

function originOfCallee(walk: Walk, callee: Referent, kind: string, role: Role): Origin {
  switch (callee.kind) {
    case 'symbol':
      return kind === 'new' ? OWN : inspectFunction(walk, callee.symbol, role);
    case 'external':
    case 'external-instance': {
      const last = callee.path.at(-1) ?? '';
      if (randomPackages.has(callee.package) || RANDOM.test(last) || kind === 'new') return OWN;
      return clockPackages.has(callee.package) ? NOTHING : LOADED;
    }
    case 'global':
      if (RANDOM.test(callee.name.split('.').at(-1) ?? '')) return OWN;
      if (kind === 'new' && CONTAINERS.test(callee.name)) return OWN;
      return LOADING_GLOBALS.test(callee.name) ? LOADED : NOTHING;
    default:
      return NOTHING;
  }
}

function inspectFunction(walk: Walk, symbol: SymbolId, role: Role): Origin {
  const found = walk.program.declaration(symbol);
  const declaration = found?.module.syntax.declarations[found.index];
  if (found === undefined || declaration === undefined || walk.depth >= DEEPEST) return NOTHING;
  if (declaration.kind === 'parameter') return { ...NOTHING, isHandedIn: true };
  if (isVisited(walk, declaration, role)) return NOTHING;
  const code: Code = { module: found.module, index: found.index };
  const inside: Walk = { ...walk, code, depth: walk.depth + 1 };
  const shape: Role = walk.depth < 2 ? role : 'part';
  const returned = join((declaration.returns?.values ?? []).map((value) => inspect(inside, value, shape)));
  // What an inner function was handed says nothing here.
  return { ...returned, isHandedIn: false };
}

const join = (origins: readonly Origin[]): Origin => ({
  isLoaded: origins.some(({ isLoaded }) => isLoaded),
  isOwn: origins.some(({ isOwn }) => isOwn),
  isHandedIn: origins.some(({ isHandedIn }) => isHandedIn),
});
