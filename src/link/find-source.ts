import { type ModuleId, toModuleId } from '../model/ids.ts';

const endings = [
  '',
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.d.ts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '/index.ts',
  '/index.tsx',
  '/index.js',
  '/index.d.ts',
];

/** Finds the source file that a path without (or with a compiled) extension stands for. */
export function findSource(known: ReadonlySet<string>, path: string): ModuleId | undefined {
  const clean = path.replace(/\/$/, '');
  const plain = endings.map((ending) => clean + ending).find((candidate) => known.has(candidate));
  if (plain !== undefined) return toModuleId(plain);
  const compiled = /^(.*)\.([cm]?)jsx?$/.exec(clean);
  if (compiled === null) return undefined;
  const source = [`${compiled[1]}.${compiled[2]}ts`, `${compiled[1]}.tsx`].find((candidate) => known.has(candidate));
  return source === undefined ? undefined : toModuleId(source);
}

/**
 * The file that TypeScript looks for first under a path, when the tree has it: most imports need no look at the disk.
 */
export function likeliestSource(known: ReadonlySet<string>, path: string): ModuleId | undefined {
  if (path.endsWith('/')) return undefined;
  const first = /\.tsx?$/.test(path) ? path : /\.jsx?$/.test(path) ? path.replace(/js(x?)$/, 'ts$1') : `${path}.ts`;
  return known.has(first) ? toModuleId(first) : undefined;
}
