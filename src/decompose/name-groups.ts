import { addTo } from '../lib/add-to.ts';
import { compareText, uniqueSorted } from '../lib/sort.ts';
import { type ServiceId, type TableId, toServiceId } from '../model/ids.ts';
import type { EntryPoint } from './entry-points.ts';
import type { Grouping, TableOwner } from './own-tables.ts';
import { codeWords, domainWords } from './tokens.ts';

export interface ServiceName {
  readonly id: ServiceId;
  readonly title: string;
  /** Words that name the group, strongest first, with the share of its entry points and tables that carry them. */
  readonly words: readonly { readonly word: string; readonly share: number }[];
}

interface NamingInput {
  readonly entryPoints: readonly EntryPoint[];
  readonly grouping: Grouping;
  readonly owners: ReadonlyMap<TableId, TableOwner>;
  /** Groups whose name a person gave. */
  readonly fixed: ReadonlySet<string>;
  /** Used when nothing names a group. */
  readonly fallback: string;
}

const TABLE_SHARE = 0.35;
/** A service is known by what it answers more than by what it hears. */
const TRIGGER_SHARE = 0.5;
/** A word must carry this much of a service that is the whole application to name it. */
const WHOLE_SHARE = 0.6;

/** Names each group by the word that most of its routes and tables carry and that others do not; the largest group chooses first. */
export function nameGroups(input: NamingInput): ReadonlyMap<string, ServiceName> {
  const words = scoreWords(input);
  const surfaces = collectSurfaces(input);
  const sizes = new Map<string, number>();
  for (const group of input.grouping) if (group !== undefined) addTo(sizes, group, 1);
  for (const group of input.fixed) addTo(sizes, group, 0);
  const order = [...sizes].sort(([left, size], [right, other]) => other - size || compareText(left, right)).map(([group]) => group);
  const taken = new Set<string>(input.fixed);
  const names = new Map<string, ServiceName>();
  for (const group of order) {
    const ranked = words.get(group) ?? [];
    const isNameless = order.length === 1 && (ranked[0]?.share ?? 0) < WHOLE_SHARE;
    const name = input.fixed.has(group) ? group : chooseName(isNameless ? [] : ranked, surfaces, taken, input.fallback);
    taken.add(name);
    names.set(group, { id: toServiceId(name), title: toTitle(name), words: ranked.slice(0, 4) });
  }
  return names;
}

type RankedWords = readonly { readonly word: string; readonly share: number; readonly score: number }[];

function scoreWords({ entryPoints, grouping, owners }: NamingInput): ReadonlyMap<string, RankedWords> {
  const byGroup = new Map<string, Map<string, number>>();
  const everywhere = new Map<string, number>();
  const members = new Map<string, number>();
  const add = (group: string, word: string, weight: number): void => {
    const totals = byGroup.get(group) ?? new Map<string, number>();
    addTo(totals, word, weight);
    byGroup.set(group, totals);
    addTo(everywhere, word, weight);
  };
  const tableCounts = new Map<string, number>();
  for (const { group } of owners.values()) addTo(tableCounts, group, 1);
  for (const group of grouping) if (group !== undefined) addTo(members, group, 1);
  entryPoints.forEach(({ tokens, kind }, index) => {
    const group = grouping[index];
    if (group !== undefined) for (const [word, weight] of tokens) add(group, word, weight * (kind === 'route' ? 1 : TRIGGER_SHARE));
  });
  for (const [table, { group }] of owners) {
    const tableWords = [...domainWords(table).keys()];
    const weight = (TABLE_SHARE * (members.get(group) ?? 1)) / (tableCounts.get(group) ?? 1);
    for (const word of tableWords) add(group, word, weight / Math.sqrt(tableWords.length));
  }
  return new Map(
    [...byGroup].map(([group, totals]) => [group, rank(totals, everywhere, (members.get(group) ?? 1) * (1 + TABLE_SHARE))] as const),
  );
}

function rank(totals: ReadonlyMap<string, number>, everywhere: ReadonlyMap<string, number>, size: number): RankedWords {
  return [...totals]
    .map(([word, weight]) => ({
      word,
      share: weight / size,
      score: (weight / size) * Math.sqrt(weight / (everywhere.get(word) ?? weight)),
    }))
    .sort((left, right) => right.score - left.score || compareText(left.word, right.word));
}

/** How each word is written: as the routes have it, else tables, else files; the longer of two forms that are about as frequent. */
function collectSurfaces({ entryPoints, owners }: NamingInput): ReadonlyMap<string, string> {
  const counts = new Map<string, Map<string, number>>();
  const add = (words: ReadonlyMap<string, string>, weight: number): void => {
    for (const [stem, surface] of words) {
      const known = counts.get(stem) ?? new Map<string, number>();
      addTo(known, surface, weight);
      counts.set(stem, known);
    }
  };
  const [route, table, file] = [1_000_000, 1_000, 1];
  for (const { id, kind, home } of entryPoints) {
    if (kind === 'route') add(domainWords(id.slice(id.indexOf(' ')).replace(/\{[^}]*\}/g, '')), route);
    add(codeWords(home), file);
  }
  for (const owned of owners.keys()) add(domainWords(owned), table);
  return new Map(
    [...counts].map(([stem, surfaces]) => {
      const most = Math.max(...surfaces.values());
      const [first] = [...surfaces]
        .filter(([, count]) => count * 2 >= most)
        .sort(([left], [right]) => right.length - left.length || compareText(left, right));
      return [stem, first?.[0] ?? stem] as const;
    }),
  );
}

function chooseName(ranked: RankedWords, surfaces: ReadonlyMap<string, string>, taken: ReadonlySet<string>, fallback: string): string {
  for (const { word } of ranked.slice(0, 4)) {
    const name = surfaces.get(word) ?? word;
    if (!taken.has(name)) return name;
  }
  const pair = uniqueSorted(ranked.slice(0, 2).map(({ word }) => surfaces.get(word) ?? word)).join('-');
  const base = pair === '' ? fallback : pair;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(name)) return name;
  }
}

const toTitle = (name: string): string => {
  const text = name.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};
