import { argumentOf, type CallSite, type CodeValue, callSites, valueAt } from '../flow/code-value.ts';
import { variableHolding } from '../flow/library-transactions.ts';
import { parameterAt, type TransactionStart } from '../flow/transactions.ts';
import { ownSituation } from '../mappers/lift.ts';
import type { MapperReader } from '../mappers/reading.ts';
import { joinMapperTransactions, type RunningTransactions } from '../mappers/transactions.ts';
import { isSequelizePackage } from './packages.ts';

/** `sequelize.transaction(async (transaction) => …)`, and `const transaction = await sequelize.transaction()`. */
export function sequelizeTransactions(reader: MapperReader): RunningTransactions {
  const starts = callSites(reader.flow.program).flatMap((site) => (isStart(reader, site) ? [startAt(reader, site)] : []));
  return joinMapperTransactions(reader.flow, starts, []);
}

function isStart(reader: MapperReader, site: CallSite): boolean {
  const { callee } = site.call;
  if (callee.kind !== 'member' || callee.property !== 'transaction') return false;
  const receiver = valueAt(site, callee.object);
  if (
    reader.values
      .of(receiver, ownSituation(reader.values, site).context)
      .some((held) => held.kind === 'library' && held.type === 'Sequelize')
  )
    return true;
  const type = reader.flow.program.typeOfExpression(site.module.id, site.call.owner, callee.object);
  return ((type.kind === 'external' || type.kind === 'external-instance') && isSequelizePackage(type.package)) || isNamedSo(receiver);
}

/** Loaders keep the connection beside the models: `db.sequelize`. */
function isNamedSo({ expression }: CodeValue): boolean {
  const name = expression.kind === 'member' ? expression.property : expression.kind === 'name' ? expression.name : '';
  return /sequelize/i.test(name);
}

function startAt({ flow }: MapperReader, site: CallSite): TransactionStart {
  for (const position of site.call.arguments.keys()) {
    const argument = argumentOf(site, position);
    const client = argument === undefined ? undefined : parameterAt(flow.program, argument, 0);
    if (client !== undefined) return { site, form: 'callback', client };
    if (argument?.expression.kind === 'function') return { site, form: 'callback' };
  }
  const client = variableHolding(flow, site);
  return { site, form: 'manual', ...(client === undefined ? {} : { client }) };
}
