import { posix } from 'node:path';
import { withDefaults } from '../fold.ts';
import { optionsOf } from '../join.ts';
import type { Machine } from '../machine.ts';
import { compiledName, compiledSources, ROOT, relativeToRoot } from '../paths.ts';
import { arrayOf, type BuiltinCall, builtin, constant, type Value } from '../value.ts';
import { promiseOf } from './promise.ts';

/** Packages that list files by pattern, answered from the analysed tree. */
export function createGlobModules(machine: Machine): readonly (readonly [string, Value])[] {
  const sync = builtin('glob.sync', (input) => listMatching(machine, input));
  const later = builtin('glob', (input) => promiseOf(listMatching(machine, input)));
  const synchronous = ['sync', 'globSync', 'globbySync'].map((name): [string, Value] => [name, sync]);
  const main: Value = { ...later, members: new Map<string, Value>([...synchronous, ['async', later]]) };
  const exported = ['default', 'glob', 'globby'].map((name): [string, Value] => [name, main]);
  const module: Value = { ...main, members: new Map<string, Value>([...(main.members ?? []), ...exported]) };
  return ['glob', 'fast-glob', 'globby', 'tinyglobby', 'tiny-glob'].map((name) => [name, module] as const);
}

function listMatching(machine: Machine, { arguments: [pattern, options] }: BuiltinCall): Value {
  const cwd = text(option(options, 'cwd')) ?? ROOT;
  const folder = cwd.startsWith('/') ? cwd : posix.join(ROOT, cwd);
  const absolute = option(options, 'absolute');
  const isAbsolute = absolute !== undefined && !(absolute.kind === 'constant' && absolute.value === false);
  const found = matchFiles(machine, pattern, folder);
  if (found === undefined) return { ...arrayOf([]), complete: false };
  const patterns = (pattern?.kind === 'array' ? pattern.elements : [pattern]).map(text);
  const shown = (path: string): string =>
    isAbsolute || patterns.some((one) => one?.startsWith('/')) ? path : posix.relative(folder, path);
  return arrayOf(
    found.map((path) => constant(shown(path))),
    machine.state.guards.length,
  );
}

/**
 * Absolute paths of files that patterns match, sorted as they are listed. A pattern of compiled files matches sources, under
 * the names that the compiler gives them. `undefined` where a pattern is not known.
 */
export function matchFiles(machine: Machine, pattern: Value | undefined, folder: string): readonly string[] | undefined {
  const wanted = (pattern?.kind === 'array' ? pattern.elements : pattern === undefined ? [] : [pattern]).flatMap(optionsOf).map(text);
  const known = wanted.filter((one) => one !== undefined);
  if (known.length < wanted.length) return undefined;
  const full = (one: string): string => (one.startsWith('/') ? posix.normalize(one) : posix.join(folder, one));
  const excluded = known.filter((one) => one.startsWith('!')).map((one) => toExpression(full(one.slice(1))));
  const found = new Set<string>();
  for (const one of known) {
    if (!one.startsWith('!')) for (const path of matchesOf(machine, full(one))) found.add(path);
  }
  return [...found].filter((path) => !excluded.some((pattern) => pattern.test(path)));
}

function matchesOf(machine: Machine, pattern: string): readonly string[] {
  const place = relativeToRoot(constantPrefix(pattern)) ?? '.';
  const listed = machine.listFiles(place);
  const source = listed.length === 0 ? compiledSources(place).find((one) => machine.listFiles(one).length > 0) : undefined;
  const matches = toExpression(source === undefined ? pattern : pattern.replace(`${ROOT}/${place}`, `${ROOT}/${source}`));
  const paths = (source === undefined ? listed : machine.listFiles(source)).map((file) => `${ROOT}/${file}`);
  return paths.flatMap((path) => [path, compiledName(path)].filter((spelling) => matches.test(spelling)).slice(0, 1));
}

const option = (options: Value | undefined, name: string): Value | undefined =>
  options?.kind === 'object' ? options.properties.get(name) : undefined;

function text(value: Value | undefined): string | undefined {
  const known = value === undefined ? undefined : withDefaults(value);
  return known?.kind === 'constant' && typeof known.value === 'string' ? known.value : undefined;
}

/** The folders before the first wildcard. */
const constantPrefix = (pattern: string): string => {
  const parts = pattern.split('/');
  const wild = parts.findIndex((part) => /[*?{[(]/.test(part));
  return (wild === -1 ? parts : parts.slice(0, wild)).join('/') || '/';
};

/** Glob to regular expression: `**`, `*`, `?`, `{a,b}`, `@(a|b)`, `!(a|b)` and `[jt]`. */
function toExpression(pattern: string): RegExp {
  try {
    return new RegExp(`^${translate(pattern)}$`);
  } catch {
    // Half a bracket, or letters from `z` to `a`: no file has such a name.
    return /(?!)/;
  }
}

const translate = (pattern: string): string =>
  pattern.replace(
    /!\(([^()]*)\)|\[!?[^\]/]+\]|\*\*\/|\*\*|\*|\?|[@+]\(|[{},()|]|[.^$[\]\\+]/g,
    (token: string, excluded: string | undefined) => {
      if (excluded !== undefined) return `(?!(?:${translate(excluded)})(?:[./]|$))[^/]*`;
      return TRANSLATED[token] ?? (token.length > 2 ? letters(token) : `\\${token}`);
    },
  );

/** `[jt]`, `[!a-z]`. */
const letters = (set: string): string => set.replace('[!', '[^').replaceAll('\\', '\\\\');

const TRANSLATED: Readonly<Record<string, string>> = {
  '**/': '(?:[^/]+/)*',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
  '@(': '(?:',
  '+(': '(?:',
  '(': '(?:',
  ')': ')',
  '|': '|',
  '{': '(?:',
  '}': ')',
  ',': '|',
};
