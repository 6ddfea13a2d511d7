import type { FactOf, TableOperation } from '../../../src/model/fact.ts';
import { toTableId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { type CallSite, type CodeValue, callerOf, siteLocation } from './code-value.ts';
import type { Transactions } from './transactions.ts';

export interface AccessAt {
  readonly table: string;
  readonly operation: TableOperation;
  readonly library: string;
  /** The call that performs it, which tells the transaction, and the one whose code it is: callers may say which table it is. */
  readonly site: CallSite;
  readonly place: CallSite;
  readonly client?: CodeValue | undefined;
}

/** The facts of an access: one for each transaction it may run in. */
export function* accessFacts(program: ProgramQueries, transactions: Transactions, access: AccessAt): Iterable<FactOf<'table-access'>> {
  const { table, operation, library, site, place, client } = access;
  for (const transaction of transactions.runningIn(client, site))
    yield {
      kind: 'table-access',
      table: toTableId(table),
      symbol: callerOf(program, place),
      operation,
      library,
      ...(transaction === undefined ? {} : { transaction }),
      at: siteLocation(program, place),
    };
}
