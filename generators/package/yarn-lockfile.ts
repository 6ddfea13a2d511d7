import { parse } from 'yaml';
import { z } from 'zod';
import { type LockedPackage, type LockfileQuery, onlyOne, toLockedPackage } from './locked-package.ts';

interface YarnEntry {
  /** `express@^4.17.1`; Berry writes the protocol too: `express@npm:^4.17.1`. */
  readonly patterns: readonly string[];
  readonly version: string;
  /** The package behind it, when it is not the one the pattern names. */
  readonly actualName?: string;
}

/** Reads Yarn 1 (its own format) and Berry (YAML). */
export function readYarnLockfile(text: string): LockfileQuery {
  const entries = /^__metadata:/m.test(text) ? readBerry(text) : readClassic(text);
  const byPattern = new Map(entries.flatMap((entry) => entry.patterns.map((pattern) => [pattern, entry] as const)));
  return ({ name, range }) => {
    const exact = range === undefined ? undefined : (byPattern.get(`${name}@${range}`) ?? byPattern.get(`${name}@npm:${range}`));
    if (exact !== undefined) return toLocked(name, exact);
    const named = entries.filter((entry) => nameOfPattern(entry.patterns[0] ?? '') === name);
    return onlyOne(named.flatMap((entry) => toLocked(name, entry) ?? []));
  };
}

const toLocked = (name: string, entry: YarnEntry): LockedPackage | undefined =>
  /^\d/.test(entry.version) && !entry.patterns.some((pattern) => /@(?:workspace|link|file|portal|git|github|https?|patch):/.test(pattern))
    ? toLockedPackage(name, entry.actualName ?? name, entry.version)
    : undefined;

const nameOfPattern = (pattern: string): string => pattern.slice(0, pattern.indexOf('@', 1));

/** Yarn 1: unindented `patterns:` lines, indented `key value` lines below; only `version` is needed. */
function readClassic(text: string): readonly YarnEntry[] {
  const entries: YarnEntry[] = [];
  let patterns: readonly string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (/^[^\s#].*:$/.test(line)) patterns = line.slice(0, -1).split(', ').map(unquote);
    const version = /^ {2}version (?<version>.+)$/.exec(line)?.groups?.version;
    if (version === undefined || patterns.length === 0) continue;
    const actualName = aliasedName(patterns);
    entries.push({ patterns, version: unquote(version), ...(actualName === undefined ? {} : { actualName }) });
    patterns = [];
  }
  return entries;
}

const berrySchema = z.record(z.string(), z.looseObject({ version: z.union([z.string(), z.number()]), resolution: z.string().optional() }));

function readBerry(text: string): readonly YarnEntry[] {
  const lock = berrySchema.safeParse(parseYaml(text)).data;
  return Object.entries(lock ?? {})
    .filter(([key]) => key !== '__metadata')
    .map(([key, entry]) => {
      const actualName = entry.resolution === undefined ? undefined : nameOfPattern(entry.resolution);
      return { patterns: key.split(', '), version: String(entry.version), ...(actualName === undefined ? {} : { actualName }) };
    });
}

/** `x@npm:y@^1` stands for package `y`. */
function aliasedName(patterns: readonly string[]): string | undefined {
  const [alias] = patterns.flatMap((pattern) => /^@?[^@]+@npm:(?<actual>@?[^@]+)@/.exec(pattern)?.groups?.actual ?? []);
  return alias;
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

const unquote = (text: string): string => text.replace(/^"(.*)"$/, '$1');
