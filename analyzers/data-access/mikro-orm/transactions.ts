import {
  argumentOf,
  type CallSite,
  type CodeValue,
  callerOf,
  callSites,
  declarationOfName,
  declared,
  siteLocation,
  valueAt,
} from '../flow/code-value.ts';
import { type TransactionStart, transactionId } from '../flow/transactions.ts';
import { functionNamed } from '../mappers/data-hooks.ts';
import { type DecoratorsOf, withName } from '../mappers/decorators.ts';
import { ownSituation } from '../mappers/lift.ts';
import type { MapperReader } from '../mappers/reading.ts';
import { type AmbientStart, joinMapperTransactions, type RunningTransactions } from '../mappers/transactions.ts';

/**
 * `em.transactional(async (em) => …)` holds for everything inside, `em.begin()` for the manager, `@Transactional()` for a method,
 * Medusa's `@InjectTransactionManager()` likewise.
 */
export function mikroOrmTransactions(reader: MapperReader, decoratorsOf: DecoratorsOf): RunningTransactions {
  const { flow, values } = reader;
  const starts: TransactionStart[] = [];
  const ambient: AmbientStart[] = [];
  for (const site of callSites(flow.program)) {
    const { callee } = site.call;
    if (callee.kind !== 'member' || (callee.property !== 'transactional' && callee.property !== 'begin')) continue;
    if (!isManager(reader, site)) continue;
    if (callee.property === 'begin') starts.push(manual(reader, site, valueAt(site, callee.object)));
    else ambient.push(...around(reader, site));
  }
  for (const { symbol } of values.classes.all)
    for (const child of flow.program.childrenOf(symbol)) {
      const method = declared(flow.program, child);
      const mark =
        method?.declaration.kind === 'method' ? withName(decoratorsOf(method), 'Transactional', 'InjectTransactionManager') : undefined;
      if (method === undefined || mark === undefined) continue;
      const at = flow.program.location(method.module.id, mark.expression.span.start);
      ambient.push({
        fact: { kind: 'transaction', id: `${method.symbol}@${at.line}`, symbol: method.symbol, form: 'callback', at },
        body: method.symbol,
      });
    }
  return joinMapperTransactions(flow, starts, ambient);
}

function isManager({ values }: MapperReader, site: CallSite): boolean {
  const { callee } = site.call;
  if (callee.kind !== 'member') return false;
  return values
    .of(valueAt(site, callee.object), ownSituation(values, site).context)
    .some((held) => held.kind === 'library' && held.type === 'EntityManager');
}

function manual({ flow }: MapperReader, site: CallSite, manager: CodeValue): TransactionStart {
  const client = declarationOfName(flow.program, manager);
  const isLocal = client !== undefined && client.declaration.parent > 0;
  return { site, form: 'manual', ...(isLocal ? { client } : {}) };
}

function around({ flow }: MapperReader, site: CallSite): readonly AmbientStart[] {
  const callback = argumentOf(site, 0);
  const body = callback === undefined ? undefined : functionNamed(flow.program, callback);
  if (body === undefined) return [];
  const fact = {
    kind: 'transaction',
    id: transactionId(flow.program, site),
    symbol: callerOf(flow.program, site),
    form: 'callback',
    at: siteLocation(flow.program, site),
  } as const;
  return [{ fact, body }];
}
