import { posix } from 'node:path';
import { mayTakeLong } from '../../lib/slow-pattern.ts';
import { noteLoad } from '../computed-loads.ts';
import type { Machine } from '../machine.ts';
import { absoluteDirectory, ROOT, relativeToRoot } from '../paths.ts';
import { arrayOf, type BuiltinCall, builtin, type CallSite, constant, type ModuleState, objectOf, UNKNOWN, type Value } from '../value.ts';
import { filesBelow } from './file-system.ts';
import { matchFiles } from './glob.ts';
import { promiseOf } from './promise.ts';

const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;

/** Packages that load all modules of a folder at once: `require-all`, `require-dir`, `require-directory` and their like. */
export function createModuleLoaders(machine: Machine): readonly (readonly [string, Value])[] {
  const loader = (name: string, folderAt: number): readonly [string, Value] => {
    const main = builtin(name, (input) => loadFolder(machine, input, folderAt));
    return [name, { ...main, members: new Map<string, Value>([['default', main]]) }];
  };
  return [
    ...['require-all', 'require-dir', 'require-dir-all', 'include-all', 'requiredir'].map((name) => loader(name, 0)),
    loader('require-directory', 1),
  ];
}

/** An object of the modules of a folder by their names, folders below it as objects inside. */
function loadFolder(machine: Machine, { arguments: given, site }: BuiltinCall, folderAt: number): Value {
  const named = given[folderAt];
  const options = given.find((value) => value.kind === 'object');
  const path = named?.kind === 'object' ? named.properties.get('dirname') : (named ?? constant('.'));
  const from = machine.loadModule(site.module);
  const found = filesBelow(machine, fromModule(path, site));
  if (found === undefined || from === undefined) return { kind: 'unknown', origin: site };
  const filter = options?.properties.get('filter');
  const made = objectOf([], machine.state.guards.length);
  for (const file of found.files) {
    const name = file.slice(found.place.length + 1);
    if (!CODE.test(name) || file === site.module || (filter?.kind === 'pattern' && !matchesName(filter.source, name))) continue;
    const value = loadFile(machine, file, from, 'require', site);
    if (value !== undefined) place(made, name.replace(CODE, '').split('/'), value);
  }
  return made;
}

const fromModule = (path: Value | undefined, site: CallSite): Value | undefined =>
  path?.kind === 'constant' && typeof path.value === 'string' && !path.value.startsWith('/')
    ? constant(posix.join(absoluteDirectory(site.module), path.value))
    : path;

/** A filter is most often `/(.+)\.js$/`, written for compiled files: a name passes by either of its extensions. */
function matchesName(source: string, name: string): boolean {
  if (mayTakeLong(source)) return true;
  try {
    const pattern = new RegExp(source);
    const base = posix.basename(name);
    return pattern.test(base) || pattern.test(base.replace(CODE, '.js'));
  } catch {
    return true;
  }
}

function place(target: ReturnType<typeof objectOf>, [first = '', ...rest]: readonly string[], value: Value): void {
  if (rest.length === 0) {
    target.properties.set(first, value);
    return;
  }
  const known = target.properties.get(first);
  const inner = known?.kind === 'object' ? known : objectOf();
  target.properties.set(first, inner);
  place(inner, rest, value);
}

function loadFile(machine: Machine, file: string, from: ModuleState, form: 'import' | 'require', site: CallSite): Value | undefined {
  const loaded = machine.requireComputed(`${ROOT}/${file}`, from, form);
  if (loaded?.module !== undefined) noteLoad(machine, site, [loaded.module]);
  return loaded?.value;
}

/** `import.meta.glob('./routes/*.ts')`: modules by path, or functions that import them. */
export const globImports = (machine: Machine, from: ModuleState): Value =>
  builtin('import.meta.glob', ({ arguments: [pattern, options], site }) => {
    const files = matchFiles(machine, pattern, absoluteDirectory(from.id));
    if (files === undefined) return { kind: 'unknown', origin: site };
    const eager = options?.kind === 'object' ? options.properties.get('eager') : undefined;
    const isEager = eager?.kind === 'constant' && eager.value === true;
    const load = (path: string): Value => loadFile(machine, relativeToRoot(path) ?? '', from, 'import', site) ?? UNKNOWN;
    const key = (path: string): string => {
      const relative = posix.relative(absoluteDirectory(from.id), path);
      return relative.startsWith('.') ? relative : `./${relative}`;
    };
    const value = (path: string): Value => (isEager ? load(path) : builtin('import', () => promiseOf(load(path))));
    return objectOf(
      files.map((path) => [key(path), value(path)] as const),
      machine.state.guards.length,
    );
  });

/** `require.context('./routes', true, /\.ts$/)` of bundlers: a function over the names that its `keys()` gives. */
export const requireContext = (machine: Machine, from: ModuleState): Value =>
  builtin('require.context', ({ arguments: [folder, deep, pattern], site }) => {
    const found = filesBelow(machine, fromModule(folder, site));
    if (found === undefined) return { kind: 'unknown', origin: site };
    const isDeep = !(deep?.kind === 'constant' && deep.value === false);
    const names = found.files
      .map((file) => file.slice(found.place.length + 1))
      .filter(
        (name) => CODE.test(name) && (isDeep || !name.includes('/')) && (pattern?.kind !== 'pattern' || matchesName(pattern.source, name)),
      );
    const keys = builtin('require.context.keys', () => arrayOf(names.map((name) => constant(`./${name}`))));
    const load = builtin('require.context', ({ arguments: [key] }) =>
      key?.kind === 'constant' ? (loadFile(machine, posix.join(found.place, String(key.value)), from, 'import', site) ?? UNKNOWN) : UNKNOWN,
    );
    return { ...load, members: new Map<string, Value>([['keys', keys]]) };
  });
