import { ownEntry } from '../../../src/lib/own-entry.ts';
import { rootPackage } from '../../../src/lib/package-name.ts';
import type { BootTrace } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { FactOf, TableOperation } from '../../../src/model/fact.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { accessFacts } from './access-facts.ts';
import { type CallFlow, createCallFlow } from './call-flow.ts';
import { createReceiverOrigins } from './client-library.ts';
import { argumentOf, type CallSite, type CodeValue, callSites, siteLocation, valueAt } from './code-value.ts';
import { literalParts } from './literals.ts';
import { placedPatterns } from './name-patterns.ts';
import { type SoughtName, unknownNames } from './named-stores.ts';
import { exportCalled, usesPackage } from './package-use.ts';
import { joinTransactions, type Transactions, transactionFact, transactionId } from './transactions.ts';

/** A store whose clients take requests as objects that name what they are about: `{ TableName: 'books' }`. */
export interface RequestStore {
  readonly library: string;
  readonly packages: ReadonlySet<string>;
  /** The property that names the table, bucket or index. */
  readonly property: string;
  /** Requests made with `new`: `new GetItemCommand({ … })`. */
  readonly commands: Readonly<Record<string, TableOperation>>;
  /** Methods of clients: `client.get({ … })`. */
  readonly methods: Readonly<Record<string, TableOperation>>;
  /**
   * Properties that hold requests for several tables: `RequestItems: { books: … }`, and `TransactItems: [{ Put: { TableName } }]`,
   * which are one transaction.
   */
  readonly batches?: Readonly<Record<string, 'keys' | 'requests'>>;
  /** What requests among several do, by the names under which they stand. */
  readonly requests?: Readonly<Record<string, TableOperation>>;
}

/** Accesses by requests of one library, each with the name that its object says. */
export function* requestAccesses(
  { program, trace }: { readonly program: ProgramQueries; readonly trace: BootTrace },
  store: RequestStore,
): Iterable<FactOf<'table-access' | 'transaction'> | Diagnostic> {
  if (!usesPackage(program, store.packages)) return;
  const flow = createCallFlow(program, trace);
  const originOf = createReceiverOrigins(flow, trace);
  const outside = joinTransactions(flow, []);
  for (const site of callSites(program)) {
    const operation = operationOf(store, flow, site, originOf);
    const request = operation === undefined ? undefined : argumentOf(site, 0);
    if (operation === undefined || request === undefined) continue;
    const named = namesIn(flow, store, site, { request, operation });
    const { library } = store;
    const isBatch = named.placed.length > 0 && isTransaction(flow, store, request);
    if (isBatch) yield transactionFact(program, { site, form: 'batch' });
    const transactions: Transactions = isBatch ? { facts: [], runningIn: () => [transactionId(program, site)] } : outside;
    for (const { site: place, pattern, operation: done } of named.placed)
      yield* accessFacts(program, transactions, { table: `${library}:${pattern}`, operation: done, library, site, place });
    for (const one of named.placed.length > 0 ? named.sought : []) yield* unknownNames(program, one);
    if (named.placed.length === 0)
      yield {
        code: 'unknown-table',
        data: { library: store.library, text: `${store.property} of a request` },
        at: siteLocation(program, site),
      };
  }
}

function operationOf(
  store: RequestStore,
  flow: CallFlow,
  site: CallSite,
  originOf: ReturnType<typeof createReceiverOrigins>,
): TableOperation | undefined {
  const { callee, kind } = site.call;
  if (kind === 'new') {
    const name = exportCalled(flow.program, site, store.packages);
    return name !== undefined && Object.hasOwn(store.commands, name) ? store.commands[name] : undefined;
  }
  if (kind !== 'call' || callee.kind !== 'member' || !Object.hasOwn(store.methods, callee.property)) return undefined;
  const origin = originOf(valueAt(site, callee.object));
  return origin.kind === 'package' && store.packages.has(rootPackage(origin.package)) ? store.methods[callee.property] : undefined;
}

const isTransaction = (flow: CallFlow, { batches }: RequestStore, request: CodeValue): boolean =>
  literalParts(flow, request).parts.some(({ key }) => batches?.[key] === 'requests');

interface Named {
  readonly site: CallSite;
  readonly pattern: string;
  readonly operation: TableOperation;
}

interface NamesInRequest {
  readonly placed: readonly Named[];
  readonly sought: readonly SoughtName[];
}

function namesIn(
  flow: CallFlow,
  store: RequestStore,
  site: CallSite,
  { request, operation }: { readonly request: CodeValue; readonly operation: TableOperation },
): NamesInRequest {
  return join(
    literalParts(flow, request).parts.map(({ key, value }): NamesInRequest => {
      if (key === store.property) {
        const named = placedPatterns(flow, site, value);
        const placed = named.placed.map((one) => ({ site: one.site, pattern: one.found, operation }));
        return { placed, sought: [{ library: store.library, site, value, named }] };
      }
      const batch = store.batches?.[key];
      if (batch === undefined) return join([]);
      const parts = literalParts(flow, value).parts;
      if (batch === 'keys')
        return {
          placed: parts.flatMap((part) =>
            operationsIn(flow, store, part.value, operation).map((done) => ({ site, pattern: part.key, operation: done })),
          ),
          sought: [],
        };
      return join(
        parts.map((part) =>
          namesIn(flow, store, site, { request: part.value, operation: ownEntry(store.requests ?? {}, part.key) ?? operation }),
        ),
      );
    }),
  );
}

/** What the requests in a list do, by their kinds: `[{ DeleteRequest: { Key } }]`. */
function operationsIn(
  flow: CallFlow,
  { requests = {} }: RequestStore,
  list: CodeValue,
  otherwise: TableOperation,
): readonly TableOperation[] {
  const found = literalParts(flow, list).parts.flatMap(({ key }) => ownEntry(requests, key) ?? []);
  return found.length === 0 ? [otherwise] : [...new Set(found)];
}

const join = (all: readonly NamesInRequest[]): NamesInRequest => ({
  placed: all.flatMap(({ placed }) => placed),
  sought: all.flatMap(({ sought }) => sought),
});
