import { posix } from 'node:path';
import { withDefaults } from '../fold.ts';
import type { Machine } from '../machine.ts';
import { compiledName, compiledSources, ROOT, relativeToRoot } from '../paths.ts';
import { arrayOf, type BuiltinCall, builtin, type CallSite, constant, objectOf, UNDEFINED, UNKNOWN, type Value } from '../value.ts';
import { promiseOf } from './promise.ts';

type Members = Readonly<Record<string, Value>>;

/** What code asks of the disk to find its own files, answered from the analysed tree; `promises` are those of `fs/promises`. */
export function fileSystemMembers(machine: Machine): { readonly callbacks: Members; readonly promises: Members } {
  const later = (name: string, answer: (input: BuiltinCall) => Value): Value =>
    builtin(`fs.${name}`, (input) => {
      const callback = input.arguments.at(-1);
      if (callback?.kind === 'function') machine.call(callback, UNDEFINED, [constant(null), answer(input)], input.site);
      return promiseOf(answer(input));
    });
  const list = (input: BuiltinCall): Value => readDirectory(machine, input);
  const status = (input: BuiltinCall): Value => stat(machine, input);
  const promises = { readdir: later('readdir', list), stat: later('stat', status), lstat: later('lstat', status) };
  const callbacks = {
    ...promises,
    readdirSync: builtin('fs.readdirSync', list),
    existsSync: builtin('fs.existsSync', (input) => exists(machine, input)),
    statSync: builtin('fs.statSync', status),
    lstatSync: builtin('fs.lstatSync', status),
    promises: { kind: 'builtin', name: 'fs.promises', members: new Map<string, Value>(Object.entries(promises)) } as const,
  };
  return { callbacks, promises };
}

/** Files at or below the path that code gave, told relative to the root; of a folder of compiled files, their sources. */
export function filesBelow(
  machine: Machine,
  path: Value | undefined,
): { readonly place: string; readonly files: readonly string[] } | undefined {
  const known = path === undefined ? undefined : withDefaults(path);
  const text = known?.kind === 'object' ? known.properties.get('pathname') : known;
  if (text?.kind !== 'constant' || typeof text.value !== 'string') return undefined;
  const place = relativeToRoot(text.value.startsWith('/') ? text.value : posix.join(ROOT, text.value));
  if (place === undefined) return undefined;
  const files = machine.listFiles(place);
  const source = files.length === 0 ? compiledSources(place).find((one) => machine.listFiles(one).length > 0) : undefined;
  return source === undefined ? { place, files } : { place: source, files: machine.listFiles(source) };
}

/** A name as the code at a place expects to find it. */
export const namedFor = (machine: Machine, site: CallSite): ((name: string) => string) =>
  machine.loadModule(site.module)?.expectsCompiled() === true ? compiledName : (name) => name;

function readDirectory(machine: Machine, { arguments: [path, options], site }: BuiltinCall): Value {
  const found = filesBelow(machine, path);
  if (found === undefined) return { ...arrayOf([]), complete: false };
  for (const running of machine.state.stack) machine.state.walkers.add(running);
  const { place } = found;
  const below = found.files.map((file) => (place === '.' ? file : file.slice(place.length + 1)));
  const names = isSet(options, 'recursive')
    ? [...new Set(below.flatMap(withFolders))]
    : [...new Set(below.map((file) => file.split('/')[0] ?? ''))];
  const shown = namedFor(machine, site);
  const files = new Set(below);
  const folder = `${ROOT}${place === '.' ? '' : `/${place}`}`;
  return arrayOf(
    names
      .filter((name) => name !== '')
      .map((name) => {
        const written = files.has(name) ? shown(name) : name;
        return isSet(options, 'withFileTypes')
          ? entry(posix.basename(written), files.has(name), posix.join(folder, posix.dirname(name)))
          : constant(written);
      }),
    machine.state.guards.length,
  );
}

const isSet = (options: Value | undefined, name: string): boolean => {
  const value = options?.kind === 'object' ? options.properties.get(name) : undefined;
  return value !== undefined && !(value.kind === 'constant' && value.value !== true);
};

/** A file and the folders that it lies in. */
const withFolders = (file: string): readonly string[] => file.split('/').map((_part, index, parts) => parts.slice(0, index + 1).join('/'));

const entry = (name: string, isFile: boolean, folder?: string): Value =>
  objectOf([
    ['name', constant(name)],
    ...(folder === undefined ? [] : (['parentPath', 'path'] as const).map((key) => [key, constant(folder)] as const)),
    ['isFile', builtin('isFile', () => constant(isFile))],
    ['isDirectory', builtin('isDirectory', () => constant(!isFile))],
    ['isSymbolicLink', builtin('isSymbolicLink', () => constant(false))],
  ]);

function stat(machine: Machine, { arguments: [path] }: BuiltinCall): Value {
  const found = filesBelow(machine, path);
  if (found === undefined) return UNKNOWN;
  if (found.files.length > 0) return entry(found.place, found.files.length === 1 && found.files[0] === found.place);
  return isCompiledFile(machine, found.place) ? entry(found.place, true) : UNKNOWN;
}

function exists(machine: Machine, { arguments: [path] }: BuiltinCall): Value {
  const found = filesBelow(machine, path);
  return found !== undefined && (found.files.length > 0 || isCompiledFile(machine, found.place)) ? constant(true) : UNKNOWN;
}

/** A file that only the compiler makes, from a source that stands there. */
function isCompiledFile(machine: Machine, place: string): boolean {
  return machine.listFiles(posix.dirname(place)).some((file) => file !== place && compiledName(file) === place);
}
