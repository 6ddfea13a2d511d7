import { uniqueSorted } from '../../../src/lib/sort.ts';
import type { ReadThrough } from '../../../src/model/fact.ts';
import type { Expression } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';
import { type ClassUses, createClassUses } from './class-uses.ts';
import { type Accessor, codeAround, type Site, sitesOfAccessor, sitesOfStore } from './collect-sites.ts';
import { originOf } from './loaded-value.ts';
import { isInside, type Store, storeOf } from './store.ts';
import type { FindUses } from './symbol-uses.ts';
import { fillOf, type ValueFlow, valueFlowOf } from './value-flow.ts';

/** Tells for a binding whether it is a cache that can be emptied at any time, at the price of reading again. */
export type ProveReadThrough = (symbol: SymbolId) => ReadThrough | undefined;

/** Accessors of accessors are followed this far. */
const MOST_LEVELS = 4;

/**
 * A collection that is empty at first is read-through when each function that reads it also puts in what it did not
 * find, gives back what it read, and takes what it puts in from somewhere else: neither out of the old value nor out of
 * nothing. Functions that only read or only write for their callers are looked at through their calls. Everything else
 * that code might do with the collection refuses the proof.
 */
export function createProveReadThrough(program: ProgramQueries, findUses: FindUses): ProveReadThrough {
  const known = new Map<SymbolId, ReadThrough | undefined>();
  const classes = createClassUses(program);
  return (symbol) => {
    const store = storeOf(program, classes, symbol);
    if (store === undefined) return undefined;
    if (!known.has(store.symbol)) known.set(store.symbol, prove({ program, findUses, classes, store }));
    return known.get(store.symbol);
  };
}

interface Question {
  readonly program: ProgramQueries;
  readonly findUses: FindUses;
  readonly classes: ClassUses;
  readonly store: Store;
}

function prove(question: Question): ReadThrough | undefined {
  const { program, findUses, store } = question;
  const direct = sitesOfStore(program, findUses, store);
  if (direct === undefined) return undefined;
  let accessors: readonly Accessor[] = [];
  for (let level = 0; level < MOST_LEVELS; level++) {
    const calls = accessors.map((accessor) => sitesOfAccessor(program, accessor));
    if (calls.includes(undefined)) return undefined;
    const verdicts = judgeAll(question, [...direct, ...calls.flatMap((sites) => sites ?? [])]);
    if (verdicts.some(({ kind }) => kind === 'refused')) return undefined;
    const found = verdicts.flatMap((verdict) => (verdict.kind === 'accessor' ? [verdict.accessor] : []));
    if (isSame(found, accessors)) return toProof(store, verdicts);
    accessors = found;
  }
  return undefined;
}

const isSame = (left: readonly Accessor[], right: readonly Accessor[]): boolean => JSON.stringify(left) === JSON.stringify(right);

function toProof({ span }: Store, verdicts: readonly Verdict[]): ReadThrough | undefined {
  const readers = uniqueSorted(verdicts.flatMap((verdict) => (verdict.kind === 'reader' ? verdict.loaders : [])));
  return readers.length === 0 ? undefined : { readers, store: span };
}

type Verdict =
  /** Reads, and fills what it did not find; `loaders` are the functions whose work is done again when the cache is empty. */
  | { readonly kind: 'reader'; readonly loaders: readonly SymbolId[] }
  | { readonly kind: 'accessor'; readonly accessor: Accessor }
  | { readonly kind: 'harmless' }
  | { readonly kind: 'refused' };

const REFUSED: Verdict = { kind: 'refused' };
const HARMLESS: Verdict = { kind: 'harmless' };

interface Unit {
  readonly question: Question;
  readonly module: ModuleRecord;
  readonly code: number;
  readonly sites: readonly Site[];
}

/** One verdict for each function that uses the store; a function inside a reader fills for it. */
function judgeAll(question: Question, sites: readonly Site[]): readonly Verdict[] {
  const isReading = ({ operation }: Site): boolean => operation === 'get' || operation === 'has';
  const readers = sites.filter(isReading);
  const units = new Map<string, Unit & { readonly sites: Site[] }>();
  for (const site of sites) {
    const around =
      site.operation === 'set'
        ? readers.find((reader) => reader.module === site.module && reader.code !== 0 && isInside(site.module, site.code, reader.code))
        : undefined;
    const code = around?.code ?? site.code;
    const key = `${site.module.id} ${code}`;
    const unit = units.get(key) ?? { question, module: site.module, code, sites: [] };
    unit.sites.push(site);
    units.set(key, unit);
  }
  return [...units].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, unit]) => judge(unit));
}

function judge(unit: Unit): Verdict {
  const { sites, code, module } = unit;
  const has = (...wanted: readonly Site['operation'][]): boolean => sites.some(({ operation }) => wanted.includes(operation));
  if (!has('get', 'has', 'set', 'iterate', 'size')) return HARMLESS;
  if (code === 0) return has('get', 'has', 'set') ? REFUSED : HARMLESS;
  const isRead = createIsRead(unit);
  const flow = valueFlowOf(module, code, isRead);
  if (flow.changesRead) return REFUSED;
  if (has('iterate') && !has('drop')) return REFUSED;
  const fills = sites
    .filter(({ operation }) => operation === 'set')
    .flatMap(({ values }) => values.map((value) => fillOf(module, flow, value)));
  if (fills.some(({ kind }) => kind === 'accumulates')) return REFUSED;
  const values = fills.flatMap((fill) => (fill.kind === 'new' ? fill.values : []));
  if (has('get', 'has'))
    return values.length > 0 ? judgeReader(unit, flow, values) : toAccessor(unit, returnsRead(unit, flow) ? 'get' : 'has', []);
  if (has('set')) return judgeWriter(unit, values);
  return has('drop') || !isCalled(unit) ? HARMLESS : REFUSED;
}

/** Reads of the store in a function, and calls of functions that read it for their caller. */
function createIsRead({ sites, question, module }: Unit): (expression: Expression) => boolean {
  const calls = new Set(sites.filter(({ operation }) => operation === 'get').map(({ call }) => call));
  const { store, program } = question;
  return (expression) => {
    if (expression.kind === 'call') return calls.has(expression.call);
    if (store.form !== 'object' || expression.kind !== 'index' || expression.object.kind !== 'name') return false;
    const referent = program.resolveName(module.id, 0, expression.object.name);
    return referent.kind === 'symbol' && referent.symbol === store.symbol;
  };
}

const returnsRead = ({ module, code }: Unit, flow: ValueFlow): boolean =>
  module.syntax.declarations[code]?.returns?.values.some((value) => flow.yieldsRead(value)) === true;

/** `response.json(cached)`: handed to what the function was given to answer with. */
const answersRead = ({ module, code }: Unit, flow: ValueFlow): boolean =>
  module.syntax.calls.some(
    ({ owner, callee, arguments: given }) =>
      owner === code &&
      callee.kind === 'member' &&
      callee.object.kind === 'name' &&
      flow.local(callee.object.name)?.kind === 'parameter' &&
      given.some((value) => flow.yieldsRead(value)),
  );

function judgeReader(unit: Unit, flow: ValueFlow, values: readonly Expression[]): Verdict {
  const { question, module, code } = unit;
  const { program } = question;
  if (!returnsRead(unit, flow) && !answersRead(unit, flow)) return REFUSED;
  const origins = values.map((value) => originOf(program, { module, index: code }, value));
  if (origins.some(({ isOwn, isLoaded, isHandedIn }) => isOwn || !(isLoaded || isHandedIn))) return REFUSED;
  const symbol = program.symbolAt(module.id, code);
  if (isChangedByCallers(program, symbol)) return REFUSED;
  if (!origins.some(({ isHandedIn }) => isHandedIn)) return { kind: 'reader', loaders: [symbol] };
  const handed = handedTo(program, symbol);
  return handed === undefined ? REFUSED : { kind: 'reader', loaders: [symbol, ...handed] };
}

/** Whether a caller changes, where it lies, what the function gave it. */
const isChangedByCallers = (program: ProgramQueries, symbol: SymbolId): boolean =>
  callsOf(program, symbol).some(({ module, index }) =>
    module.syntax.declarations.some(({ initializer, changed }) => changed !== undefined && isCall(initializer, index)),
  );

const isCall = (expression: Expression | undefined, index: number): boolean =>
  expression?.kind === 'await' || expression?.kind === 'assertion'
    ? isCall(expression.value, index)
    : expression?.kind === 'call' && expression.call === index;

/** Functions that callers hand over to load a value; undefined when one of them is not known. */
function handedTo(program: ProgramQueries, symbol: SymbolId): readonly SymbolId[] | undefined {
  const handed = callsOf(program, symbol).map(({ module, index }) => {
    const call = module.syntax.calls[index];
    const functions = (call?.arguments ?? []).flatMap((argument) => {
      if (argument.kind === 'function') return [program.symbolAt(module.id, argument.declaration)];
      const referent = program.resolveExpression(module.id, call?.owner ?? 0, argument);
      const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
      return found?.module.syntax.declarations[found.index]?.returns === undefined || referent.kind !== 'symbol' ? [] : [referent.symbol];
    });
    return functions.length === 0 ? undefined : functions;
  });
  return handed.length === 0 || handed.includes(undefined) ? undefined : handed.flatMap((each) => each ?? []);
}

function callsOf(program: ProgramQueries, symbol: SymbolId): readonly { readonly module: ModuleRecord; readonly index: number }[] {
  const files = [...new Set(program.callsTo(symbol).map(({ at }) => at.file))].sort();
  return files.flatMap((id) => {
    const module = program.module(id);
    if (module === undefined) return [];
    return module.syntax.calls.flatMap((call, index) => {
      const callee = program.resolveExpression(id, call.owner, call.callee);
      return callee.kind === 'symbol' && callee.symbol === symbol ? [{ module, index }] : [];
    });
  });
}

/** A function that only writes puts in what its callers give it. */
function judgeWriter(unit: Unit, values: readonly Expression[]): Verdict {
  if (values.length === 0) return HARMLESS;
  const { module, code } = unit;
  const positions = values.map((value) => parametersIn(module, code, value));
  return positions.some((found) => found.length === 0) ? REFUSED : toAccessor(unit, 'set', [...new Set(positions.flat())].sort());
}

function parametersIn(module: ModuleRecord, code: number, value: Expression): readonly number[] {
  const { declarations } = module.syntax;
  return declarations.flatMap(({ kind, parent, binding, position }) =>
    kind === 'parameter' && parent === code && position !== undefined && dependsOn(module, code, value, binding ?? '') ? [position] : [],
  );
}

const dependsOn = (module: ModuleRecord, code: number, value: Expression, name: string): boolean =>
  valueFlowOf(module, code, (part) => part.kind === 'name' && part.name === name).dependsOnRead(value);

/** Only a function of which all calls can be known stands for its callers. */
function toAccessor(unit: Unit, operation: Accessor['operation'], positions: readonly number[]): Verdict {
  const { question, module, code } = unit;
  const symbol = question.program.symbolAt(module.id, code);
  return isOpen(question, module, code) ? REFUSED : { kind: 'accessor', accessor: { symbol, operation, positions } };
}

const isCalled = ({ question, module, code }: Unit): boolean =>
  question.program.callsTo(question.program.symbolAt(module.id, code)).length > 0 || isOpen(question, module, code);

/** Whether a function may be called from places that names do not lead to. */
function isOpen(question: Question, module: ModuleRecord, code: number): boolean {
  const { program, findUses, classes, store } = question;
  const { declarations } = module.syntax;
  const declaration = declarations[code];
  const parent = declaration?.parent ?? -1;
  if (declaration?.isStatic === true || declaration?.binding === undefined) return true;
  if (store.class !== undefined && store.module === module && parent === store.class.index)
    return classes.instancesOf(store.class.symbol).some((holder) => holder === undefined || isTakenWhole(findUses, holder));
  if (declarations[parent]?.kind === 'variable' && declarations[parent].parent === 0)
    return isTakenWhole(findUses, program.symbolAt(module.id, parent));
  if (parent !== 0) return true;
  const symbol = program.symbolAt(module.id, code);
  const uses = findUses(symbol);
  return uses === undefined || uses.some((use) => use.property !== undefined || !isCallee(program, symbol, use));
}

/** An object whose members are only ever taken one by one can be reached in no other way. */
function isTakenWhole(findUses: FindUses, symbol: SymbolId): boolean {
  const uses = findUses(symbol);
  return uses === undefined || uses.some(({ property }) => property === undefined || property === '*');
}

function isCallee(
  program: ProgramQueries,
  symbol: SymbolId,
  { module, use }: { module: ModuleRecord; use: { readonly owner: number } },
): boolean {
  const code = codeAround(module, use.owner);
  return module.syntax.calls.some((call) => {
    if (call.owner !== code) return false;
    const callee = program.resolveExpression(module.id, call.owner, call.callee);
    return callee.kind === 'symbol' && callee.symbol === symbol;
  });
}
