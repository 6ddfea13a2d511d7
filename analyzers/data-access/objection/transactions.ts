import type { BootTrace } from '../../../src/model/boot-trace.ts';
import { createReceiverOrigins } from '../flow/client-library.ts';
import { argumentOf, type CallSite, type CodeValue, callOf, callSites, valueAt } from '../flow/code-value.ts';
import { libraryTransactions, variableHolding } from '../flow/library-transactions.ts';
import { parameterAt, type TransactionStart } from '../flow/transactions.ts';
import { ownSituation } from '../mappers/lift.ts';
import type { MapperReader } from '../mappers/reading.ts';
import { joinMapperTransactions, type RunningTransactions } from '../mappers/transactions.ts';
import { isModel, isObjectionPackage } from './packages.ts';

/** Transactions that models begin, `transaction(…)` of the package, and those of the knex below. */
export function objectionTransactions(reader: MapperReader, trace: BootTrace): RunningTransactions {
  const own = callSites(reader.flow.program).flatMap((site) => (isStart(reader, site) ? startsAt(reader, site) : []));
  const below = libraryTransactions(reader.flow, createReceiverOrigins(reader.flow, trace));
  return joinMapperTransactions(reader.flow, [...own, ...below], []);
}

/** `Book.transaction(…)`, `Book.startTransaction()`, `Model.knex().transaction(…)`, `transaction(Book, …)`, `transaction.start(knex)`. */
function isStart(reader: MapperReader, site: CallSite): boolean {
  const { callee, kind } = site.call;
  if (kind !== 'call') return false;
  const referent = reader.flow.program.resolveExpression(site.module.id, site.call.owner, callee);
  if (referent.kind === 'external' && isObjectionPackage(referent.package)) {
    const path = referent.path.filter((name) => name !== 'default').join('.');
    return path === 'transaction' || path === 'transaction.start' || /^Model\.(?:transaction|startTransaction)$/.test(path);
  }
  if (callee.kind !== 'member' || (callee.property !== 'transaction' && callee.property !== 'startTransaction')) return false;
  const receiver = valueAt(site, callee.object);
  const inner = callOf(receiver);
  if (inner?.call.callee.kind === 'member' && inner.call.callee.property === 'knex')
    return isModelClass(reader, inner, valueAt(inner, inner.call.callee.object));
  return isModelClass(reader, site, receiver);
}

const isModelClass = (reader: MapperReader, site: CallSite, value: CodeValue): boolean =>
  isModel(reader.flow.program, value) ||
  reader.values
    .of(value, ownSituation(reader.values, site).context)
    .some((held) => held.kind === 'class' && reader.values.vocabulary.ofClass(held) !== undefined);

/** The callback is given the client, after the models that the call was given. */
function startsAt({ flow }: MapperReader, site: CallSite): readonly TransactionStart[] {
  const last = argumentOf(site, site.call.arguments.length - 1);
  const clients =
    last === undefined ? [] : [...Array(site.call.arguments.length).keys()].flatMap((at) => parameterAt(flow.program, last, at) ?? []);
  if (clients.length > 0) return clients.map((client) => ({ site, form: 'callback', client }));
  if (last?.expression.kind === 'function') return [{ site, form: 'callback' }];
  const client = variableHolding(flow, site);
  return [{ site, form: 'manual', ...(client === undefined ? {} : { client }) }];
}
