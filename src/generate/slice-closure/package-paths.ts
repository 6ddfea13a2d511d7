import type { ModuleId } from '../../model/ids.ts';

const GENERATED_FOLDERS = ['src/functions/', 'src/banyan/', 'src/ports/'];

/** Files of a slice's package that are its own, whatever the monolith has there. */
const OWN_FILES: ReadonlySet<string> = new Set([
  'README.md',
  'closure.json',
  'openapi.json',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
]);

/** Whether a path of the package is taken by a file that Banyan writes. */
export const isGeneratedPath = (path: string): boolean =>
  OWN_FILES.has(path) || GENERATED_FOLDERS.some((folder) => path.startsWith(folder));

/** The folder that stands for the monolith's root: the first under which all modules are below `src/` and no file is among generated ones. */
export function chooseBase(modules: Iterable<ModuleId>, assets: Iterable<ModuleId> = []): string {
  const code = [...modules];
  const files = [...code, ...assets];
  const fits = (base: string): boolean =>
    code.every((module) => (base + module).startsWith('src/')) && !files.some((file) => isGeneratedPath(base + file));
  return ['', 'src/'].find(fits) ?? 'src/moved/';
}

/** How a module names another by relative path. `extension` as the importing code writes it. */
export function relativeSpecifier(from: string, to: string, extension: '' | '.js' | '.ts'): string {
  const target = withExtension(to, extension);
  const source = from.split('/').slice(0, -1);
  const parts = target.split('/');
  let common = 0;
  while (common < source.length && common < parts.length - 1 && source[common] === parts[common]) common += 1;
  const up = source.length - common;
  return `${up === 0 ? './' : '../'.repeat(up)}${parts.slice(common).join('/')}`;
}

function withExtension(path: string, extension: '' | '.js' | '.ts'): string {
  const match = /^(.*?)(\.d)?\.([cm]?)(?:tsx?|jsx?)$/.exec(path);
  if (match === null || extension === '.ts') return path;
  const bare = match[1] ?? path;
  return extension === '.js' ? `${bare}.${match[3]}js` : bare.replace(/\/index$/, '');
}

/** The style of relative imports in a module: it shows whether extensions are written. */
export function extensionStyle(specifiers: readonly string[]): '' | '.js' | '.ts' {
  const relative = specifiers.filter((each) => each.startsWith('.'));
  if (relative.some((each) => /\.[cm]?jsx?$/.test(each))) return '.js';
  return relative.some((each) => /\.[cm]?tsx?$/.test(each)) ? '.ts' : '';
}
