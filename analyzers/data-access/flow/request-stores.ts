import type { BootTrace } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { FactOf, TableOperation } from '../../../src/model/fact.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { accessFacts } from './access-facts.ts';
import { type CallFlow, createCallFlow } from './call-flow.ts';
import { createReceiverOrigins } from './client-library.ts';
import { argumentOf, type CallSite, type CodeValue, callSites, siteLocation, valueAt } from './code-value.ts';
import { rootPackage } from './database-packages.ts';
import { literalParts } from './literals.ts';
import { placedPatterns } from './name-patterns.ts';
import { exportCalled, usesPackage } from './package-use.ts';
import { joinTransactions } from './transactions.ts';

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
  /** Properties that hold requests for several tables: `RequestItems: { books: … }`, `TransactItems: [{ Put: { TableName } }]`. */
  readonly batches?: Readonly<Record<string, 'keys' | 'requests'>>;
}

/** Accesses by requests of one library, each with the name that its object says. */
export function* requestAccesses(
  { program, trace }: { readonly program: ProgramQueries; readonly trace: BootTrace },
  store: RequestStore,
): Iterable<FactOf<'table-access'> | Diagnostic> {
  if (!usesPackage(program, store.packages)) return;
  const flow = createCallFlow(program, trace);
  const originOf = createReceiverOrigins(flow, trace);
  const transactions = joinTransactions(flow, []);
  for (const site of callSites(program)) {
    const operation = operationOf(store, flow, site, originOf);
    const request = operation === undefined ? undefined : argumentOf(site, 0);
    if (operation === undefined || request === undefined) continue;
    const named = namesIn(flow, store, site, { request, operation });
    for (const { site: place, pattern, operation: done } of named)
      yield* accessFacts(program, transactions, {
        table: `${store.library}:${pattern}`,
        operation: done,
        library: store.library,
        site,
        place,
      });
    if (named.length === 0)
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

interface Named {
  readonly site: CallSite;
  readonly pattern: string;
  readonly operation: TableOperation;
}

function namesIn(
  flow: CallFlow,
  store: RequestStore,
  site: CallSite,
  { request, operation }: { readonly request: CodeValue; readonly operation: TableOperation },
): readonly Named[] {
  return literalParts(flow, request).parts.flatMap(({ key, value }): readonly Named[] => {
    if (key === store.property) return placedPatterns(flow, site, value).map((one) => ({ ...one, operation }));
    const batch = store.batches?.[key];
    if (batch === undefined) return [];
    const parts = literalParts(flow, value).parts;
    if (batch === 'keys') return parts.map((part) => ({ site, pattern: part.key, operation }));
    return parts.flatMap((part) => {
      const done = store.methods[part.key.toLowerCase()] ?? operation;
      return namesIn(flow, store, site, { request: part.value, operation: done });
    });
  });
}
