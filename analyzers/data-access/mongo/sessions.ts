import type { Chain } from '../flow/call-chains.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import { argumentOf, type CallSite, type CodeValue, callSites, declarationOfName, valueAt } from '../flow/code-value.ts';
import { followValue, propertyOf } from '../flow/follow-value.ts';
import { parameterAt, type TransactionStart } from '../flow/transactions.ts';

/** Transactions of MongoDB: `session.withTransaction(…)`, `session.startTransaction()`, `connection.transaction(…)`. */
export function mongoTransactions(flow: CallFlow): readonly TransactionStart[] {
  const starts: TransactionStart[] = [];
  for (const site of callSites(flow.program)) {
    const { callee } = site.call;
    if (callee.kind !== 'member') continue;
    const callback = argumentOf(site, 0);
    const session = declarationOfName(flow.program, valueAt(site, callee.object));
    const held = session === undefined ? {} : { client: session };
    if (callee.property === 'startTransaction') starts.push({ site, form: 'manual', ...held });
    if (callee.property !== 'withTransaction' || callback?.expression.kind !== 'function') continue;
    const given = parameterAt(flow.program, callback, 0);
    starts.push({ site, form: 'callback', ...held });
    if (given !== undefined) starts.push({ site, form: 'callback', client: given });
  }
  return starts;
}

/** The session a query runs with: in its options, or `.session(session)` on the chain. */
export function sessionOf(flow: CallFlow, site: CallSite, chain: Chain): CodeValue | undefined {
  const linked = chain.find(({ method }) => method === 'session');
  if (linked !== undefined) return argumentOf(linked.site, 0);
  for (const position of [...site.call.arguments.keys()].reverse()) {
    const argument = argumentOf(site, position);
    if (argument?.expression.kind !== 'object' && argument?.expression.kind !== 'name') continue;
    const literals = followValue(flow.program, argument);
    const session = literals.map((literal) => propertyOf(flow.program, literal, 'session')).find((one) => one !== undefined);
    if (session !== undefined) return session;
  }
  return undefined;
}
