import type { SymbolId } from '../../../src/model/ids.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import { argumentOf, type CallSite, callerOf, callOf } from '../flow/code-value.ts';
import { elementsOf, literalsOf } from '../flow/literals.ts';
import { transactionId } from '../flow/transactions.ts';

/** Transactions of calls that are elements of a batch, by module and index; `undefined` among them: also outside any. */
export type BatchedCalls = ReadonlyMap<string, readonly (string | undefined)[]>;

export const batchKey = ({ module, index }: CallSite): string => `${module.id} ${index}`;

/** Calls in the list that `$transaction` is given, also those of functions that return them to it. */
export function batchedCalls(flow: CallFlow, batches: readonly CallSite[]): BatchedCalls {
  const calls = new Map<string, readonly (string | undefined)[]>();
  for (const site of batches) {
    const list = argumentOf(site, 0);
    const elements = list === undefined ? [] : elementsOf(flow, list);
    for (const call of elements.flatMap((element) => literalsOf(flow, element)).flatMap((value) => callOf(value) ?? [])) {
      const key = batchKey(call);
      calls.set(key, [...new Set([...(calls.get(key) ?? []), ...runningIn(flow, site, call)])]);
    }
  }
  return calls;
}

/** A function that returns what it began may be called elsewhere, too. */
function runningIn({ program, callsOf }: CallFlow, batch: CallSite, call: CallSite): readonly (string | undefined)[] {
  const id = transactionId(program, batch);
  const [around, own] = [callerOf(program, batch), callerOf(program, call)];
  const isElsewhere = !isWithin(own, around) && callsOf(own).some((site) => !isWithin(callerOf(program, site), around));
  return isElsewhere ? [id, undefined] : [id];
}

const isWithin = (symbol: SymbolId, around: SymbolId): boolean => symbol === around || symbol.startsWith(`${around}.`);
