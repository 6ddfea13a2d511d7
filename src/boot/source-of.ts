import { posix } from 'node:path';

const EXTENSIONS = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.tsx', '.jsx'];
const OUTPUT_FOLDERS = new Set(['dist', 'build', 'out', 'lib', 'output', 'compiled', 'target']);

/** Hidden folders are written by tools: `.build`, `.server`. */
const isOutput = (part: string): boolean => OUTPUT_FOLDERS.has(part) || /^\.\w/.test(part);
const OTHER_FOLDERS =
  /(^|\/)(\.[^/]+|scripts?|seeds?|seeders?|migrations?|tests?|__tests__|__mocks__|e2e|cypress|fixtures|tools|frontend|client|examples?|docs|config|node_modules)(\/|$)/;

/** The source file that a path in a manifest stands for, compiled paths mapped back; empty when there is none. */
export function resolveEntry(sources: ReadonlySet<string>, directory: string, path: string): readonly string[] {
  for (const candidate of spellings(posix.join(directory, path))) {
    for (const file of withExtensions(candidate)) if (sources.has(file)) return [file];
  }
  return compiledFrom(sources, directory, path);
}

/** `dist/src/server.js` comes from `src/server.ts`: folders are taken off the front and a source root is put before. */
function spellings(path: string): readonly string[] {
  const parts = path.split('/');
  const output = parts.findIndex(isOutput);
  if (output === -1) return [path];
  const [before, after] = [parts.slice(0, output), parts.slice(output + 1)];
  const inside = ['src', 'source', 'app', 'server', ''].map((root) => [...before, ...(root === '' ? [] : [root]), ...after].join('/'));
  return [path, ...inside];
}

/** A compiled file whose folder says nothing: the only source below the package that ends in the same path. */
function compiledFrom(sources: ReadonlySet<string>, directory: string, path: string): readonly string[] {
  const parts = posix.normalize(path).split('/');
  if (!isOutput(parts[0] ?? '')) return [];
  const tail = `/${withoutExtension(parts.slice(1).join('/'))}`;
  const below = directory === '.' ? '' : `${directory}/`;
  const found = [...sources].filter((file) => file.startsWith(below) && withoutExtension(file).endsWith(tail));
  return found.length === 1 ? found : [];
}

const withoutExtension = (path: string): string => path.replace(/\.[cm]?[jt]sx?$/, '');

function withExtensions(path: string): readonly string[] {
  const bare = withoutExtension(path);
  return [
    path,
    ...EXTENSIONS.map((extension) => bare + extension),
    ...EXTENSIONS.map((extension) => path + extension),
    ...EXTENSIONS.map((extension) => `${path}/index${extension}`),
  ];
}

/** Leaves out what runs beside the application: scripts, seeds, migrations, tests, front ends and configuration. */
export const isStartable = (path: string): boolean =>
  !OTHER_FOLDERS.test(posix.dirname(path)) &&
  !/\.(config|conf|spec|test|d)\.[cm]?[jt]sx?$/.test(path) &&
  !/(^|\/)(seed|migrate|migration)s?\.[cm]?[jt]s$/.test(path);
