import { addTo } from '../lib/add-to.ts';
import type { EntryPoint } from './entry-points.ts';

/** Weights of an entry point by feature (`table:orders`, `module:src/…`, `word:order`); what is rare weighs more. */
export type FeatureWeights = ReadonlyMap<string, number>;

export interface Evidence {
  /** In the order of the entry points. Tables, modules and words together sum to at most 1. */
  readonly features: readonly FeatureWeights[];
  /** How far each word marks a domain: 1 when entry points that share it also share data, 0 when they do not. */
  readonly wordGates: ReadonlyMap<string, number>;
  /** Audit logs, outboxes, histories: who writes them says nothing about who belongs together. */
  readonly logTables: ReadonlySet<string>;
}

/** Shares of the three kinds of evidence. A kind that says nothing about an entry point leaves its share unused. */
const SHARES = { table: 0.5, module: 0.2, word: 0.3 } as const;
const WRITE_WEIGHT = 3;
/** Of adding a row to a log, an outbox or a history beside the real work. */
const LOG_WEIGHT = 0.3;
/** Of a word about whose entry points no data is known. */
const UNKNOWN_GATE = 0.5;

/** Weighs what each entry point touches and is called; names count as far as the data agree with them. */
export function weighEvidence(entryPoints: readonly EntryPoint[]): Evidence {
  const logTables = findLogTables(entryPoints);
  const tables = weighTables(entryPoints, logTables);
  const modules = weighSets(entryPoints.map(({ own }) => own.modules));
  const wordGates = gateWords(
    entryPoints,
    tables.map((weights, index) => mergeScaled(weights, modules[index] ?? new Map(), 0.5)),
  );
  const words = weighWords(entryPoints, wordGates);
  const features = entryPoints.map((_, index) => {
    const weights = new Map<string, number>();
    addShare(weights, 'table', tables[index] ?? new Map());
    addShare(weights, 'module', modules[index] ?? new Map());
    addShare(weights, 'word', words[index] ?? new Map());
    return weights;
  });
  return { features, wordGates, logTables };
}

/** Cosine of two weight maps; 0 when either is empty. */
export function cosine(left: FeatureWeights, right: FeatureWeights): number {
  const [small, large] = left.size <= right.size ? [left, right] : [right, left];
  let product = 0;
  for (const [feature, weight] of small) product += weight * (large.get(feature) ?? 0);
  return product === 0 ? 0 : product / (norm(left) * norm(right));
}

const norm = (weights: FeatureWeights): number => {
  let sum = 0;
  for (const weight of weights.values()) sum += weight * weight;
  return Math.sqrt(sum);
};

/** Inverse document frequency: what everything has says next to nothing. */
const rarity = (total: number, frequency: number): number => Math.log((total + 1) / frequency);

function frequencies(sets: readonly Iterable<string>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const set of sets) for (const item of new Set(set)) addTo(counts, item, 1);
  return counts;
}

/** Writing and reading are counted apart: a table that all read is still owned by the few that write it. */
function weighTables(entryPoints: readonly EntryPoint[], logs: ReadonlySet<string>): readonly FeatureWeights[] {
  const total = entryPoints.length;
  const writers = frequencies(entryPoints.map(({ own }) => own.writes));
  const users = frequencies(entryPoints.map(({ own }) => [...own.writes, ...own.reads]));
  return entryPoints.map(({ own }) => {
    const weights = new Map<string, number>();
    for (const table of own.writes)
      addTo(weights, table, (logs.has(table) ? LOG_WEIGHT : WRITE_WEIGHT) * rarity(total, writers.get(table) ?? 1));
    for (const table of own.reads) addTo(weights, table, rarity(total, users.get(table) ?? 1));
    return weights;
  });
}

/**
 * Tables that most of their writers only add rows to while they change something else: audit logs, outboxes, histories.
 * Sharing one says little about two entry points.
 */
function findLogTables(entryPoints: readonly EntryPoint[]): ReadonlySet<string> {
  const writers = new Map<string, number>();
  const loggers = new Map<string, number>();
  for (const { own } of entryPoints)
    for (const table of own.writes) {
      addTo(writers, table, 1);
      if (own.writes.length > 1 && own.appends.includes(table)) addTo(loggers, table, 1);
    }
  return new Set([...writers].filter(([table, count]) => count >= 3 && (loggers.get(table) ?? 0) >= count * 0.6).map(([table]) => table));
}

/** What only one entry point has cannot tie it to another and is left out. */
function weighSets(sets: readonly (readonly string[])[]): readonly FeatureWeights[] {
  const counts = frequencies(sets);
  return sets.map(
    (set) =>
      new Map(set.filter((item) => (counts.get(item) ?? 0) > 1).map((item) => [item, rarity(sets.length, counts.get(item) ?? 1)] as const)),
  );
}

function weighWords(entryPoints: readonly EntryPoint[], gates: ReadonlyMap<string, number>): readonly FeatureWeights[] {
  const counts = frequencies(entryPoints.map(({ tokens }) => tokens.keys()));
  return entryPoints.map(
    ({ tokens }) =>
      new Map(
        [...tokens]
          .filter(([word]) => (counts.get(word) ?? 0) > 1)
          .map(([word, weight]) => [word, weight * rarity(entryPoints.length, counts.get(word) ?? 1) * (gates.get(word) ?? 0)] as const),
      ),
  );
}

/**
 * For each word: how much more alike the data of its entry points are among themselves than with others, from 0 (no
 * more) towards 1. `admin` on the routes of every domain scores low, `product` high, whatever the code base calls them.
 */
function gateWords(entryPoints: readonly EntryPoint[], data: readonly FeatureWeights[]): ReadonlyMap<string, number> {
  const members = new Map<string, number[]>();
  entryPoints.forEach(({ tokens }, index) => {
    for (const word of tokens.keys()) members.set(word, [...(members.get(word) ?? []), index]);
  });
  const similarity = data.map((left, row) => data.map((right, column) => (row === column ? 0 : cosine(left, right))));
  const totals = similarity.map((row) => row.reduce((sum, value) => sum + value, 0));
  return new Map([...members].map(([word, indexes]) => [word, gateOf(indexes, similarity, totals)] as const));
}

function gateOf(indexes: readonly number[], similarity: readonly (readonly number[])[], totals: readonly number[]): number {
  let inside = 0;
  let all = 0;
  for (const row of indexes) {
    all += totals[row] ?? 0;
    for (const column of indexes) inside += similarity[row]?.[column] ?? 0;
  }
  const [members, others] = [indexes.length, totals.length - indexes.length];
  if (inside === 0) return all === 0 ? UNKNOWN_GATE : 0;
  if (others === 0) return 0;
  const meanInside = inside / (members * (members - 1));
  const meanOutside = (all - inside) / (members * others);
  return Math.max(0, 1 - meanOutside / meanInside);
}

function mergeScaled(left: FeatureWeights, right: FeatureWeights, scale: number): FeatureWeights {
  const merged = new Map([...left].map(([key, weight]) => [`table:${key}`, weight]));
  for (const [key, weight] of right) merged.set(`module:${key}`, weight * scale);
  return merged;
}

function addShare(target: Map<string, number>, kind: keyof typeof SHARES, weights: FeatureWeights): void {
  let sum = 0;
  for (const weight of weights.values()) sum += weight;
  const divisor = Math.max(1, sum);
  for (const [key, weight] of weights) if (weight > 0) target.set(`${kind}:${key}`, (SHARES[kind] * weight) / divisor);
}
