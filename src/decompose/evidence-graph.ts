import { uniqueSorted } from '../lib/sort.ts';
import type { Monolith } from '../model/monolith.ts';
import type { EntryPoint } from './entry-points.ts';
import type { Evidence } from './evidence.ts';
import { domainWords } from './tokens.ts';

/** Undirected weighted graph; node indexes are stable: entry points first, in their order, then features by name. */
export interface WeightedGraph {
  readonly size: number;
  readonly edges: readonly WeightedEdge[];
}

export type WeightedEdge = readonly [left: number, right: number, weight: number];

const FOREIGN_KEY_WEIGHT = 0.25;
/** Of a whole transaction, shared by the pairs of tables in it. */
const TRANSACTION_WEIGHT = 1;
const TABLE_NAME_WEIGHT = 0.25;

/** Entry points tied to what they touch and are called; tables tied by keys, transactions and their names. */
export function buildEvidenceGraph(entryPoints: readonly EntryPoint[], evidence: Evidence, monolith: Monolith): WeightedGraph {
  const features = uniqueSorted(evidence.features.flatMap((weights) => [...weights.keys()]));
  const indexes = new Map(features.map((feature, position) => [feature, entryPoints.length + position]));
  const edges: WeightedEdge[] = [];
  const join = (left: string, right: string, weight: number): void => {
    const [from, to] = [indexes.get(left), indexes.get(right)];
    if (from !== undefined && to !== undefined && from !== to && weight > 0) edges.push([from, to, weight]);
  };
  evidence.features.forEach((weights, index) => {
    for (const [feature, weight] of weights) {
      const node = indexes.get(feature);
      if (node !== undefined) edges.push([index, node, weight]);
    }
  });
  for (const { id, references } of monolith.tables) {
    for (const { table } of references) join(`table:${id}`, `table:${table}`, FOREIGN_KEY_WEIGHT / references.length);
    const words = [...domainWords(id).keys()];
    for (const word of words) join(`table:${id}`, `word:${word}`, (TABLE_NAME_WEIGHT * (evidence.wordGates.get(word) ?? 0)) / words.length);
  }
  for (const tables of tablesByTransaction(monolith).values())
    tables.forEach((left, position) => {
      for (const right of tables.slice(position + 1))
        join(`table:${left}`, `table:${right}`, (2 * TRANSACTION_WEIGHT) / (tables.length * (tables.length - 1)));
    });
  return { size: entryPoints.length + features.length, edges };
}

/** Tables written in each transaction, sorted. */
export function tablesByTransaction(monolith: Monolith): ReadonlyMap<string, readonly string[]> {
  const tables = new Map<string, Set<string>>();
  for (const { transaction, table, operation } of monolith.accesses)
    if (transaction !== undefined && operation !== 'read') tables.set(transaction, (tables.get(transaction) ?? new Set()).add(table));
  return new Map([...tables].map(([id, set]) => [id, uniqueSorted(set)]));
}
