import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { rootPackage } from '../../src/lib/package-name.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { FactOf, TableOperation } from '../../src/model/fact.ts';
import { accessFacts } from './flow/access-facts.ts';
import { createCallFlow } from './flow/call-flow.ts';
import { createReceiverOrigins, type OriginOf } from './flow/client-library.ts';
import { argumentOf, bare, type CodeValue, callOf, callSites, valueAt } from './flow/code-value.ts';
import { placedPatterns } from './flow/name-patterns.ts';
import { unknownNames } from './flow/named-stores.ts';
import { usesPackage } from './flow/package-use.ts';
import { placedValues } from './flow/placed-values.ts';
import { joinTransactions } from './flow/transactions.ts';

const packages: ReadonlySet<string> = new Set(['firebase-admin', '@google-cloud/firestore']);

const operations: Readonly<Record<string, TableOperation>> = {
  get: 'read',
  onSnapshot: 'read',
  listDocuments: 'read',
  count: 'read',
  add: 'create',
  create: 'create',
  set: 'upsert',
  update: 'update',
  delete: 'delete',
};

/** Finds what code does to collections of Firestore: `firestore:books`. */
export const firestore = defineAnalyzer({
  name: 'firestore',
  produces: ['table-access'],

  *analyze({ program, trace }): Iterable<FactOf<'table-access'> | Diagnostic> {
    if (!usesPackage(program, packages)) return;
    const flow = createCallFlow(program, trace);
    const originOf = createReceiverOrigins(flow, trace);
    const transactions = joinTransactions(flow, []);
    for (const site of callSites(program)) {
      const { callee, kind } = site.call;
      const operation =
        kind === 'call' && callee.kind === 'member' && Object.hasOwn(operations, callee.property) ? operations[callee.property] : undefined;
      if (operation === undefined || callee.kind !== 'member') continue;
      const { placed } = placedValues(flow, site, valueAt(site, callee.object), (value) => collectionName(originOf, value));
      for (const { site: place, found: value } of placed) {
        const named = placedPatterns(flow, place, value);
        for (const { site: decides, found } of named.placed)
          yield* accessFacts(program, transactions, { table: `firestore:${found}`, operation, library: 'firestore', site, place: decides });
        yield* unknownNames(program, { library: 'firestore', site: place, value, named });
      }
    }
  },
});

/** The name in `db.collection('books')`, at the root of `.where(…).orderBy(…)` or `.doc(id)`. */
function collectionName(originOf: OriginOf, value: CodeValue, depth = 0): readonly CodeValue[] | undefined {
  const site = callOf(bare(value));
  const callee = site?.call.callee;
  if (site === undefined || callee?.kind !== 'member' || depth > 12) return undefined;
  const name = argumentOf(site, 0);
  const receiver = valueAt(site, callee.object);
  if ((callee.property === 'collection' || callee.property === 'collectionGroup') && name !== undefined) {
    const origin = originOf(receiver);
    const isOther = origin.kind === 'package' ? !packages.has(rootPackage(origin.package)) : origin.kind === 'program';
    return isOther ? undefined : [name];
  }
  return collectionName(originOf, receiver, depth + 1);
}
