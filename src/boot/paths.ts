import { posix } from 'node:path';
import type { ModuleId } from '../model/ids.ts';

/** Stands for the analysed root in `__dirname`, `process.cwd()` and paths made from them. Never leaves `boot`. */
export const ROOT = '/@root';

export const absoluteFile = (module: ModuleId): string => `${ROOT}/${module}`;
export const absoluteDirectory = (module: ModuleId): string => posix.dirname(absoluteFile(module));

/** The path relative to the root of a path below it, `.` for the root itself; `undefined` for any other path. */
export function relativeToRoot(path: string): string | undefined {
  const normal = posix.normalize(path).replace(/\/$/, '');
  if (normal === ROOT) return '.';
  return normal.startsWith(`${ROOT}/`) ? normal.slice(ROOT.length + 1) : undefined;
}

const OUTPUT_FOLDERS: ReadonlySet<string> = new Set(['dist', 'build', 'out', 'output', 'lib', 'compiled']);

/** Where the source of a compiled file or folder may lie, the likeliest first: `src/routes` and `routes` for `dist/routes`. */
export function compiledSources(place: string): readonly string[] {
  const parts = place.split('/');
  const output = parts.findIndex((part) => OUTPUT_FOLDERS.has(part));
  if (output === -1) return [];
  const below = parts[output + 1] === 'src' ? parts.slice(output + 2) : parts.slice(output + 1);
  const before = parts.slice(0, output);
  return [[...before, 'src', ...below].join('/'), [...before, ...below].join('/')];
}

/** What the compiler calls a source file: `books.js` for `books.ts`. */
export const compiledName = (name: string): string =>
  name.replace(/(?<!\.d)\.([cm]?)tsx?$/, (_extension, module: string) => `.${module}js`);
