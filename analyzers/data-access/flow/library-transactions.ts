import { nameOf } from '../../../src/model/ids.ts';
import { beginningMethods } from './beginning-methods.ts';
import { type CallFlow, originsOf } from './call-flow.ts';
import type { OriginOf } from './client-library.ts';
import {
  argumentOf,
  bare,
  type CallSite,
  type CodeValue,
  callOf,
  callSites,
  type Declared,
  declarationOfName,
  functionOf,
  parameterOf,
  valueAt,
} from './code-value.ts';
import { givesErrorFirst, hasOneConnection, isDatabasePackage, isPrisma } from './database-packages.ts';
import { functionsIn, parameterAt, type TransactionStart } from './transactions.ts';

/** Transactions that a library begins, or the program's own code over one: `knex.transaction(async (trx) => …)`, `const trx = await knex.transaction()`. */
export function libraryTransactions(
  flow: CallFlow,
  originOf: OriginOf,
  methods: ReadonlySet<string> = beginningMethods,
): readonly TransactionStart[] {
  const starts: TransactionStart[] = [];
  for (const site of callSites(flow.program)) {
    const { callee } = site.call;
    if (site.call.kind !== 'call' || callee.kind !== 'member' || !methods.has(callee.property)) continue;
    const origin = originOf(valueAt(site, callee.object));
    const isDatabase = origin.kind === 'package' && (isDatabasePackage(origin.package) || isPrisma(origin));
    if (isDatabase && hasOneConnection(origin.package)) starts.push(...startsAround(flow, site));
    else if (isDatabase && givesErrorFirst(origin.package)) starts.push(...begunAt(flow, site));
    else if (isDatabase || isUnmistakable(flow, site)) starts.push(...startsAt(flow, site));
    else starts.push(...ownStart(flow, site));
  }
  return starts;
}

/** `db.transaction((books) => { insert.run(…); })`: all that the function does runs in it, until it is ready. */
function startsAround(flow: CallFlow, site: CallSite, given = argumentOf(site, 0), depth = 0): readonly TransactionStart[] {
  if (given === undefined || depth > 3) return [];
  const parameter = parameterOf(flow.program, given);
  const helper = parameter === undefined ? undefined : functionOf(flow.program, parameter);
  if (parameter !== undefined && helper !== undefined)
    return flow.callsOf(helper.symbol).flatMap((caller) => startsAround(flow, caller, flow.argumentFor(caller, parameter), depth + 1));
  const within = functionsIn(flow.program, given).filter(({ declaration }) => declaration.returns !== undefined);
  return within.length === 0 ? [] : [{ site, form: 'callback', within }];
}

/** A name that only clients of Prisma have, also those that are generated into the tree; a method of the program is none. */
const isUnmistakable = ({ program }: CallFlow, { module, call }: CallSite): boolean =>
  call.callee.kind === 'member' &&
  call.callee.property === '$transaction' &&
  program.resolveExpression(module.id, call.owner, call.callee).kind !== 'symbol';

/** `const trx = await shop.beginTransaction()` of the program's own classes, where what it gives can be committed and rolled back. */
function ownStart(flow: CallFlow, site: CallSite): readonly TransactionStart[] {
  const client = variableHolding(flow, site);
  const { initializer, parent = 0 } = client?.declaration ?? {};
  if (client === undefined || initializer === undefined) return [];
  const type = flow.program.typeOfExpression(site.module.id, parent, initializer);
  const ends = type.kind === 'symbol' ? flow.program.childrenOf(type.symbol).map((child) => nameOf(child).split('.').at(-1)) : [];
  return ends.includes('commit') && ends.includes('rollback') ? [{ site, form: 'manual', client }] : [];
}

function startsAt(flow: CallFlow, site: CallSite): readonly TransactionStart[] {
  const handed = handedOn(flow, site, 0);
  if (handed.length > 0) return handed;
  for (const position of site.call.arguments.keys()) {
    const argument = argumentOf(site, position);
    const kind = argument?.expression.kind;
    if (argument === undefined || kind === 'literal' || kind === 'object') continue;
    if (kind === 'array' || isList(flow, argument)) return [{ site, form: 'batch' }];
    const client = parameterAt(flow.program, argument, 0);
    if (client !== undefined || kind === 'function') return [{ site, form: 'callback', ...(client === undefined ? {} : { client }) }];
  }
  const variable = variableHolding(flow, site);
  return variable === undefined ? begunAt(flow, site) : [{ site, form: 'manual', client: variable }];
}

/**
 * `await connection.beginTransaction()`: the connection itself runs in it from there on. Of one that the whole module shares
 * only what the same function does, or what a callback does that waits for the beginning.
 */
function begunAt(flow: CallFlow, site: CallSite): readonly TransactionStart[] {
  const client = begunOn(flow, site);
  if (client === undefined) return [];
  if (client.declaration.parent > 0) return [{ site, form: 'manual', client }];
  const within = site.call.arguments.flatMap((_argument, position) => {
    const callback = argumentOf(site, position);
    return callback?.expression.kind === 'function' ? functionsIn(flow.program, callback) : [];
  });
  return [{ site, form: 'manual', ...(within.length === 0 ? {} : { within }) }];
}

/** `const within = (work) => prisma.$transaction(work)`: the transaction is that of each caller, as of any helper. */
function handedOn(flow: CallFlow, site: CallSite, depth: number): readonly TransactionStart[] {
  const [first] = site.call.arguments;
  const parameter = first === undefined || depth > 3 ? undefined : parameterOf(flow.program, valueAt(site, first));
  const helper = parameter === undefined ? undefined : functionOf(flow.program, parameter);
  if (parameter === undefined || helper === undefined) return [];
  return flow.callsOf(helper.symbol).flatMap((caller): readonly TransactionStart[] => {
    const passed = flow.argumentFor(caller, parameter);
    const client = passed === undefined ? undefined : parameterAt(flow.program, passed, 0);
    if (client !== undefined || passed?.expression.kind === 'function')
      return [{ site: caller, form: 'callback', ...(client === undefined ? {} : { client }) }];
    return passed === undefined ? [] : handedOn(flow, caller, depth + 1);
  });
}

/** A list that is made before it is handed over: `const works = [first]`, `rows.map(save)`. */
const isList = (flow: CallFlow, value: CodeValue): boolean =>
  originsOf(flow, value).some((origin) => {
    const callee = callOf(origin)?.call.callee;
    return origin.expression.kind === 'array' || (callee?.kind === 'member' && LIST_METHODS.has(callee.property));
  });

const LIST_METHODS: ReadonlySet<string> = new Set(['map', 'flatMap', 'filter', 'concat', 'slice', 'reverse']);

/** The variable of the connection or transaction that begins. */
function begunOn({ program }: CallFlow, site: CallSite): Declared | undefined {
  const { callee } = site.call;
  const isBegun = callee.kind === 'member' && (callee.property === 'beginTransaction' || callee.property === 'begin');
  return isBegun ? declarationOfName(program, bare(valueAt(site, callee.object))) : undefined;
}

/** The variable that a call's result is kept in, from the start or where none was given: `trx ??= await db.transaction()`. */
export function variableHolding(flow: CallFlow, site: CallSite): Declared | undefined {
  for (const [index, declaration] of site.module.syntax.declarations.entries()) {
    if (declaration.kind !== 'variable' || declaration.bindingPath !== undefined) continue;
    const assigned = (declaration.written ?? []).flatMap(({ how, value }) => (how === 'assign' ? [value] : []));
    const values = declaration.initializer === undefined ? assigned : [declaration.initializer, ...assigned];
    if (values.some((expression) => isResult(site, expression)))
      return { symbol: flow.program.symbolAt(site.module.id, index), module: site.module, index, declaration };
  }
  return undefined;
}

function isResult(site: CallSite, expression: CodeValue['expression']): boolean {
  const { expression: inner } = bare({ module: site.module, owner: 0, expression });
  if (inner.kind === 'choice') return inner.options.some((option) => isResult(site, option));
  return inner.kind === 'call' && inner.call === site.index;
}
