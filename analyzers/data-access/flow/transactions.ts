import { sortedBy } from '../../../src/lib/sort.ts';
import type { TransactionFact } from '../../../src/model/fact.ts';
import type { ModuleId, SymbolId } from '../../../src/model/ids.ts';
import type { Span } from '../../../src/model/location.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { type CallFlow, parametersOf } from './call-flow.ts';
import {
  bare,
  type CallSite,
  type CodeValue,
  callerOf,
  callOf,
  type Declared,
  declarationOfName,
  declared,
  functionOf,
  parameterOf,
  siteLocation,
  valueAt,
} from './code-value.ts';
import { followValue } from './follow-value.ts';
import { askedBy } from './request-clients.ts';

/** A place where a transaction begins, and the variable or parameter that holds its client when one does. */
export interface TransactionStart {
  readonly site: CallSite;
  readonly form: TransactionFact['form'];
  readonly client?: Declared;
  /** Functions that run in it as a whole, whatever client they ask: the database has one connection. */
  readonly within?: readonly Declared[];
}

export interface Transactions {
  readonly facts: readonly TransactionFact[];
  /** Transactions a call with this client runs in; `undefined` among them means: also outside any. */
  runningIn(client: CodeValue | undefined, site: CallSite): readonly (string | undefined)[];
}

/** Joins the places where transactions begin with the functions their clients are handed to. */
export function joinTransactions(flow: CallFlow, starts: readonly TransactionStart[]): Transactions {
  const holders = new Map<SymbolId, string[]>();
  const byFunction = new Map<SymbolId, string[]>();
  const facts = new Map<string, TransactionFact>();
  const begun = new Map<string, CallSite>();
  const around = new Map<ModuleId, { readonly span: Span; readonly id: string }[]>();
  for (const start of starts.flatMap((one) => atCallers(flow, one, 0))) {
    const fact = transactionFact(flow.program, start);
    facts.set(fact.id, fact);
    if (start.form === 'manual' && !begun.has(fact.id)) begun.set(fact.id, start.site);
    for (const { module, declaration } of start.within ?? [])
      around.set(module.id, [...(around.get(module.id) ?? []), { span: declaration.span, id: fact.id }]);
    if (start.client !== undefined) append(holders, start.client.symbol, fact.id);
    else if (start.form === 'manual') append(byFunction, fact.symbol, fact.id);
  }
  const trace = createTracer(flow, holders);
  const isBefore = (site: CallSite, id: string): boolean => {
    const start = begun.get(id);
    return start !== undefined && start.call.span.start > site.call.span.start && isSameCode(flow.program, start, site);
  };
  return {
    facts: sortedBy(facts.values(), ({ id }) => id),
    runningIn(client, site) {
      const found = client === undefined ? [undefined] : trace(client);
      const own = enclosing(around.get(site.module.id) ?? [], site) ?? byFunction.get(callerOf(flow.program, site));
      const all = own !== undefined && found.every((id) => id === undefined) ? own : found;
      return unique(all.map((id) => (id === undefined || isBefore(site, id) ? undefined : id)));
    },
  };
}

/** The transactions of the functions around a call. */
function enclosing(
  scopes: readonly { readonly span: Span; readonly id: string }[],
  { call: { span: place } }: CallSite,
): readonly string[] | undefined {
  const found = scopes.filter(({ span }) => span.start <= place.start && place.end <= span.end).map(({ id }) => id);
  return found.length === 0 ? undefined : found;
}

const isSameCode = (program: ProgramQueries, left: CallSite, right: CallSite): boolean =>
  left.module.id === right.module.id && callerOf(program, left) === callerOf(program, right);

/** The line tells it apart from others of the function, unless another call stands before it there. */
export function transactionId(program: ProgramQueries, site: CallSite, symbol = callerOf(program, site)): string {
  const { line, column } = siteLocation(program, site);
  const { start } = site.call.span;
  const { end } = site.module.syntax.declarations[site.call.owner]?.span ?? site.call.span;
  const onLine = program.callsWithin(site.module.id, { start: start - column + 1, end });
  const isFirst = !onLine.some(({ owner, span }) => owner === site.call.owner && span.start < start);
  return `${symbol}@${line}${isFirst ? '' : `:${column}`}`;
}

/** One that start-up code makes begins whenever the function runs. */
export function transactionFact(program: ProgramQueries, { site, form, within = [] }: TransactionStart): TransactionFact {
  const [first] = site.call.owner === 0 ? within : [];
  const symbol = first?.symbol ?? callerOf(program, site);
  return { kind: 'transaction', id: transactionId(program, site, symbol), symbol, form, at: siteLocation(program, site) };
}

const append = (map: Map<SymbolId, string[]>, key: SymbolId, id: string): void => {
  map.set(key, [...new Set([...(map.get(key) ?? []), id])]);
};

/**
 * A function that hands its transaction's client to a callback of its caller is a helper: the transaction is that of
 * each caller. A start that is none, or of which no caller is known, stays as it is.
 */
function atCallers(flow: CallFlow, start: TransactionStart, depth: number): readonly TransactionStart[] {
  const { client } = start;
  if (client === undefined || depth > 4) return [start];
  const handed = flow.callsOfParameters(client.module).flatMap(({ site, parameter }) => {
    const position = site.call.arguments.findIndex((argument) => holds(flow.program, valueAt(site, argument), client, 0));
    return position < 0 || !runsWithin(flow.program, client, parameter) ? [] : [{ parameter, position }];
  });
  const begun = handed.flatMap(({ parameter, position }) => {
    const helper = functionOf(flow.program, parameter);
    return helper === undefined
      ? []
      : callbacksFor(flow, helper, parameter, 0).flatMap(({ site, callback }) => {
          const received = parameterAt(flow.program, callback, position);
          return atCallers(flow, { site, form: 'callback', ...(received === undefined ? {} : { client: received }) }, depth + 1);
        });
  });
  return begun.length === 0 ? [start] : begun;
}

interface PassedCallback {
  readonly site: CallSite;
  readonly callback: CodeValue;
}

/** What callers of a function pass for its callback; one that they were passed themselves is their callers'. */
function callbacksFor(flow: CallFlow, helper: Declared, parameter: Declared, depth: number): readonly PassedCallback[] {
  return flow.callsOf(helper.symbol).flatMap((site): readonly PassedCallback[] => {
    const callback = flow.argumentFor(site, parameter);
    if (callback === undefined) return [];
    const outer = parameterOf(flow.program, callback);
    const around = outer === undefined ? undefined : functionOf(flow.program, outer);
    return outer === undefined || around === undefined || depth > 3 ? [{ site, callback }] : callbacksFor(flow, around, outer, depth + 1);
  });
}

/** Whether the client lives in the function of the parameter, or in callbacks that this function passes on while it runs. */
function runsWithin(program: ProgramQueries, client: Declared, parameter: Declared): boolean {
  const outer = functionOf(program, parameter)?.index;
  const { declarations } = client.module.syntax;
  for (let index = client.declaration.parent; index >= 0; ) {
    if (index === outer) return true;
    const around = declarations[index];
    const isPassed = around?.passedTo !== undefined || around?.kind === 'variable';
    if (around === undefined || !isPassed) return false;
    index = around.parent;
  }
  return false;
}

/** Whether a value is the client, or an object that is made with it: `new Database(trx)`, `new Stores({ db: trx })`. */
function holds(program: ProgramQueries, value: CodeValue, client: Declared, depth: number): boolean {
  const inner = bare(value);
  const { expression } = inner;
  const found = declarationOfName(program, inner);
  if (found?.symbol === client.symbol || depth > 3) return found?.symbol === client.symbol;
  const at = (one: CodeValue, child: CodeValue['expression']): boolean => holds(program, { ...one, expression: child }, client, depth + 1);
  if (found !== undefined) {
    const { kind, initializer, parent } = found.declaration;
    return kind === 'variable' && initializer?.kind === 'call' && at({ ...inner, module: found.module, owner: parent }, initializer);
  }
  if (expression.kind === 'object') return depth > 0 && expression.properties.some((property) => at(inner, property.value));
  const made = callOf(inner);
  return made?.call.kind === 'new' && made.call.arguments.some((argument) => at(valueAt(made, argument), argument));
}

/** The parameter of a function value: a literal, or a function of the program passed by name. */
export function parameterAt(program: ProgramQueries, callback: CodeValue, position: number): Declared | undefined {
  const parameters = functionsIn(program, callback).flatMap((target) => parametersOf(program, target));
  return parameters.find(({ declaration }) => declaration.position === position);
}

/** The functions that a value may be: literals, and functions of the program by their names. */
export const functionsIn = (program: ProgramQueries, callback: CodeValue): readonly Declared[] =>
  followValue(program, callback).flatMap(({ module, owner, expression }) => {
    const symbol =
      expression.kind === 'function'
        ? program.symbolAt(module.id, expression.declaration)
        : symbolOf(program, { module, owner, expression });
    return symbol === undefined ? [] : (declared(program, symbol) ?? []);
  });

function symbolOf(program: ProgramQueries, { module, owner, expression }: CodeValue): SymbolId | undefined {
  const referent = program.resolveExpression(module.id, owner, expression);
  return referent.kind === 'symbol' ? referent.symbol : undefined;
}

/** Follows a client back to where it is held, through variables, choices and parameters. */
function createTracer(
  flow: CallFlow,
  holders: ReadonlyMap<SymbolId, readonly string[]>,
): (value: CodeValue) => readonly (string | undefined)[] {
  const known = new Map<SymbolId, readonly (string | undefined)[]>();
  const ofSymbol = (found: Declared): readonly (string | undefined)[] => {
    const own = holders.get(found.symbol);
    const held = known.get(found.symbol) ?? (own === undefined || !mayBeGiven(found) ? own : undefined);
    if (held !== undefined) return held;
    known.set(found.symbol, [undefined]);
    const isOmitted = found.declaration.kind === 'parameter' && flow.sourcesOf(found).isOmitted;
    const given = sourcesOf(found).flatMap(ofValue);
    // Where none is given, the variable's own begins.
    const result = unique([...(isOmitted ? [undefined] : []), ...(own ?? []), ...(own === undefined ? given : given.filter(isBegun))]);
    const settled = result.length === 0 ? [undefined] : result;
    known.set(found.symbol, settled);
    return settled;
  };
  const sourcesOf = (found: Declared): readonly CodeValue[] => {
    const { kind, initializer, initializerOwner, parent, bindingPath } = found.declaration;
    if (kind === 'parameter') return flow.sourcesOf(found).values;
    if (kind !== 'variable' || initializer === undefined || bindingPath !== undefined) return [];
    return [{ module: found.module, owner: initializerOwner ?? parent, expression: initializer }];
  };
  const ofValue = (value: CodeValue): readonly (string | undefined)[] => {
    const inner = bare(value);
    if (inner.expression.kind === 'choice')
      return unique(inner.expression.options.flatMap((option) => ofValue({ ...inner, expression: option })));
    const asked = askedBy(flow.program, inner);
    if (asked !== undefined) return ofValue(asked);
    if (inner.expression.kind === 'member') return ofValue({ ...inner, expression: inner.expression.object });
    const found = declarationOfName(flow.program, inner);
    return found === undefined ? [undefined] : ofSymbol(found);
  };
  return ofValue;
}

/** `let trx = given`, which a transaction of its own is assigned to where nothing was given; `const trx = given ?? (await begin())`. */
const mayBeGiven = ({ declaration: { kind, initializer, written } }: Declared): boolean =>
  kind === 'variable' && (initializer?.kind === 'choice' || (initializer?.kind === 'name' && written !== undefined));

const isBegun = (id: string | undefined): boolean => id !== undefined;

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];
