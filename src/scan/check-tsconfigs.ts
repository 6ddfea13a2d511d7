import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fieldOf } from '../lib/field-of.ts';
import { parseJsonWithComments } from '../lib/json-with-comments.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ModuleId } from '../model/ids.ts';
import type { SourceLocation } from '../model/location.ts';
import { jsonProblemAt, placeIn } from './json-problem.ts';
import { roleOf } from './role-of.ts';

/** Findings about configurations that cannot be read: their paths and output folders are not known. */
export function checkTsconfigs(root: string, paths: readonly ModuleId[]): readonly Diagnostic[] {
  const checked = paths.filter((path) => roleOf(path) !== 'test');
  const files = new Set(checked.map((path) => resolve(root, path)));
  return checked.flatMap((path) => checkTsconfig(root, path, files));
}

function checkTsconfig(root: string, path: ModuleId, checked: ReadonlySet<string>): readonly Diagnostic[] {
  const text = attempt(() => readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, ''));
  if (text === undefined) return [unreadable('it cannot be opened', { file: path, line: 1, column: 1 })];
  // The compiler takes an empty file for an empty object.
  if (isBlank(text)) return [];
  const value = parseJsonWithComments(text);
  if (value === undefined) return [unreadable('it is not valid JSON', jsonProblemAt(path, text))];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [unreadable('it must hold an object', { file: path, line: 1, column: 1 })];
  }
  const at = placeIn(path, text, text.indexOf('"extends"'));
  const file = resolve(root, path);
  const missing = namedBases(value).filter((base) => baseFile(file, base) === undefined);
  const cycle = cycleThrough(file, checked);
  return [
    ...missing.map((base) => unreadable(`"${base}", which it extends, is not there`, at)),
    ...(cycle === undefined ? [] : [unreadable(`it extends itself${shownCycle(root, cycle)}`, at)]),
  ];
}

/** Bases named by a path; those of packages may come with an installation that is not here. */
const namedBases = (value: unknown): readonly string[] =>
  [fieldOf(value, 'extends')].flat().filter((base): base is string => typeof base === 'string' && base.startsWith('.'));

const baseFile = (file: string, base: string): string | undefined => {
  const named = resolve(dirname(file), base);
  return [named, `${named}.json`].find((one) => statSync(one, { throwIfNoEntry: false })?.isFile());
};

/** The files over which a configuration extends itself, told at the first one that is checked. */
function cycleThrough(file: string, checked: ReadonlySet<string>): readonly string[] | undefined {
  const pending: (readonly string[])[] = [[file]];
  const seen = new Set<string>();
  for (let way = pending.pop(); way !== undefined; way = pending.pop()) {
    const last = way.at(-1) ?? file;
    for (const base of basesOf(last)) {
      if (base === file) return way;
      if (seen.has(base) || (base < file && checked.has(base))) continue;
      seen.add(base);
      pending.push([...way, base]);
    }
  }
  return undefined;
}

const basesOf = (file: string): readonly string[] => {
  const value = attempt(() => parseJsonWithComments(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')));
  return namedBases(value).flatMap((base) => baseFile(file, base) ?? []);
};

const shownCycle = (root: string, [, ...others]: readonly string[]): string =>
  others.length === 0 ? '' : `, over ${others.map((file) => `"${relative(root, file).replaceAll(sep, '/')}"`).join(', ')}`;

const isBlank = (text: string): boolean => text.replace(/\/\/[^\n\r]*|\/\*[\s\S]*?\*\//g, '').trim() === '';

const unreadable = (message: string, at: SourceLocation): Diagnostic => ({ code: 'unreadable-file', data: { message }, at });

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
