import { posix } from 'node:path';
import { withDefaults } from '../fold.ts';
import type { Machine } from '../machine.ts';
import { ROOT, relativeToRoot } from '../paths.ts';
import { arrayOf, type BuiltinCall, builtin, constant, type Value } from '../value.ts';
import { promiseOf } from './promise.ts';

/** Packages that list files by pattern, answered from the analysed tree. */
export function createGlobModules(machine: Machine): readonly (readonly [string, Value])[] {
  const sync = builtin('glob.sync', (input) => listMatching(machine, input));
  const later = builtin('glob', (input) => promiseOf(listMatching(machine, input)));
  const members = new Map<string, Value>([
    ...['sync', 'globSync', 'globbySync'].map((name): [string, Value] => [name, sync]),
    ...['glob', 'globby', 'async'].map((name): [string, Value] => [name, later]),
  ]);
  const main: Value = { ...later, members };
  const module: Value = { ...main, members: new Map<string, Value>([...members, ['default', main]]) };
  return ['glob', 'fast-glob', 'globby', 'tinyglobby', 'tiny-glob'].map((name) => [name, module] as const);
}

function listMatching(machine: Machine, { arguments: [pattern, options] }: BuiltinCall): Value {
  const patterns = pattern?.kind === 'array' ? pattern.elements : pattern === undefined ? [] : [pattern];
  const folder = text(option(options, 'cwd')) ?? ROOT;
  const isAbsolute = option(options, 'absolute') !== undefined;
  const wanted = patterns.map(text);
  if (wanted.some((one) => one === undefined)) return { ...arrayOf([]), complete: false };
  const found = new Set<string>();
  for (const one of wanted) {
    if (one === undefined || one.startsWith('!')) continue;
    const full = one.startsWith('/') ? one : posix.join(folder, one);
    const matches = toExpression(full);
    for (const file of machine.listFiles(relativeToRoot(constantPrefix(full)) ?? '.')) {
      const path = `${ROOT}/${file}`;
      if (matches.test(path)) found.add(isAbsolute || one.startsWith('/') ? path : posix.relative(folder, path));
    }
  }
  return arrayOf(
    [...found].map((path) => constant(path)),
    machine.state.guards.length,
  );
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

/** Glob to regular expression: `**`, `*`, `?`, `{a,b}` and `@(a|b)`. */
function toExpression(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*\*|\*|\?|[@+!]\(|[{},()|]|[.^$[\]\\+]/g, (token) => TRANSLATED[token] ?? `\\${token}`);
  return new RegExp(`^${source}$`);
}

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
