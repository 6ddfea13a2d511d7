import { nameOf } from '../../../src/model/ids.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import { argumentOf, type CallSite, callerOf, callSites, type Declared, declarationOfName, declared, valueAt } from '../flow/code-value.ts';
import { parameterAt, type TransactionStart, transactionId } from '../flow/transactions.ts';
import { type DecoratorsOf, withName } from '../mappers/decorators.ts';
import { ownSituation } from '../mappers/lift.ts';
import type { MapperReader } from '../mappers/reading.ts';
import { type AmbientStart, joinMapperTransactions, type RunningTransactions } from '../mappers/transactions.ts';
import { isTypeormPackage } from './packages.ts';

export function typeormTransactions(reader: MapperReader, decoratorsOf: DecoratorsOf): RunningTransactions {
  const { flow } = reader;
  const starts: TransactionStart[] = [];
  const ambient: AmbientStart[] = [];
  for (const site of callSites(flow.program)) {
    const { callee } = site.call;
    if (site.call.kind !== 'call') continue;
    if (callee.kind === 'name' && callee.name === 'runInTransaction') ambient.push(...ambientCall(flow, site));
    if (callee.kind !== 'member') continue;
    if (callee.property === 'transaction' && holds(reader, site, 'DataSource', 'EntityManager')) starts.push(callbackStart(flow, site));
    if (callee.property === 'startTransaction' && holds(reader, site, 'QueryRunner')) starts.push(manualStart(reader, site));
  }
  for (const method of methodsOf(reader)) {
    const decorators = decoratorsOf(method);
    const mark = withName(decorators, 'Transactional', 'Transaction');
    if (mark !== undefined) ambient.push(...decorated(reader, method, mark.expression.span.start));
  }
  return joinMapperTransactions(flow, starts, ambient);
}

function holds({ values }: MapperReader, site: CallSite, ...types: readonly string[]): boolean {
  const { callee } = site.call;
  if (callee.kind !== 'member') return false;
  return values
    .of(valueAt(site, callee.object), ownSituation(values, site).context)
    .some((held) => held.kind === 'library' && types.includes(held.type));
}

/** `manager.transaction(callback)`, or with the isolation level first. */
function callbackStart(flow: CallFlow, site: CallSite): TransactionStart {
  for (const position of site.call.arguments.keys()) {
    const argument = argumentOf(site, position);
    const client = argument === undefined ? undefined : parameterAt(flow.program, argument, 0);
    if (client !== undefined) return { site, form: 'callback', client };
  }
  return { site, form: 'callback' };
}

/** `queryRunner.startTransaction()`: the runner carries it. */
function manualStart(reader: MapperReader, site: CallSite): TransactionStart {
  const { callee } = site.call;
  const client = callee.kind === 'member' ? declarationOfName(reader.flow.program, valueAt(site, callee.object)) : undefined;
  return { site, form: 'manual', ...(client === undefined ? {} : { client }) };
}

function ambientCall(flow: CallFlow, site: CallSite): readonly AmbientStart[] {
  const { callee } = site.call;
  const referent = flow.program.resolveExpression(site.module.id, site.call.owner, callee);
  const [first] = site.call.arguments;
  if (referent.kind !== 'external' || !isTypeormPackage(referent.package) || first?.kind !== 'function') return [];
  const symbol = callerOf(flow.program, site);
  const at = flow.program.location(site.module.id, site.call.span.start);
  const body = flow.program.symbolAt(site.module.id, first.declaration);
  return [{ fact: { kind: 'transaction', id: transactionId(flow.program, site), symbol, form: 'callback', at }, body }];
}

const methodsOf = ({ flow, values }: MapperReader): readonly Declared[] =>
  values.classes.all.flatMap(({ symbol }) =>
    flow.program.childrenOf(symbol).flatMap((child) => {
      const found = declared(flow.program, child);
      return found?.declaration.kind === 'method' && found.declaration.decorators !== undefined ? [found] : [];
    }),
  );

function decorated({ flow }: MapperReader, method: Declared, start: number): readonly AmbientStart[] {
  const at = flow.program.location(method.module.id, start);
  const id = `${method.module.id}#${nameOf(method.symbol)}@${at.line}`;
  return [{ fact: { kind: 'transaction', id, symbol: method.symbol, form: 'callback', at }, body: method.symbol }];
}
