import { posix } from 'node:path';
import { withDefaults } from '../fold.ts';
import type { Machine } from '../machine.ts';
import { ROOT, relativeToRoot } from '../paths.ts';
import { arrayOf, type BuiltinCall, builtin, constant, objectOf, UNDEFINED, UNKNOWN, type Value } from '../value.ts';
import { createGlobModules } from './glob.ts';
import { promiseOf } from './promise.ts';

/** Parts of Node's own modules that start-up code uses to find its files. */
export function createBuiltinModules(machine: Machine): ReadonlyMap<string, Value> {
  const fileSystem = fileSystemModule(machine);
  return new Map<string, Value>([
    ['path', pathModule()],
    ['path/posix', pathModule()],
    ['fs', fileSystem],
    ['fs/promises', asynchronous(fileSystem)],
    ['url', urlModule()],
    ['util', utilModule(machine)],
    ['module', moduleModule(machine)],
    ...createGlobModules(machine),
  ]);
}

/** A module reached by name, by default and as a namespace alike. */
function moduleOf(members: Readonly<Record<string, Value>>): Value {
  const made: Value = { kind: 'builtin', name: 'module', members: new Map<string, Value>(Object.entries(members)) };
  return { kind: 'builtin', name: 'module', members: new Map<string, Value>([...Object.entries(members), ['default', made]]) };
}

const texts = (given: readonly Value[]): readonly string[] | undefined => {
  const known = given.map(withDefaults);
  return known.every((value) => value.kind === 'constant')
    ? known.map((value) => (value.kind === 'constant' ? String(value.value) : ''))
    : undefined;
};

function onTexts(name: string, compute: (parts: readonly string[]) => string): Value {
  return builtin(name, ({ arguments: given }) => {
    const parts = texts(given);
    return parts === undefined ? UNKNOWN : constant(compute(parts));
  });
}

function pathModule(): Value {
  const first = (parts: readonly string[]): string => parts[0] ?? '';
  return moduleOf({
    sep: constant('/'),
    join: onTexts('path.join', (parts) => posix.join(...parts)),
    resolve: onTexts('path.resolve', (parts) => posix.resolve(ROOT, ...parts)),
    normalize: onTexts('path.normalize', (parts) => posix.normalize(first(parts))),
    dirname: onTexts('path.dirname', (parts) => posix.dirname(first(parts))),
    extname: onTexts('path.extname', (parts) => posix.extname(first(parts))),
    basename: onTexts('path.basename', (parts) => posix.basename(first(parts), parts[1])),
    relative: onTexts('path.relative', (parts) => posix.relative(first(parts), parts[1] ?? '')),
    parse: builtin('path.parse', ({ arguments: given }) => {
      const parts = texts(given);
      return parts === undefined
        ? UNKNOWN
        : objectOf(Object.entries(posix.parse(first(parts))).map(([name, part]) => [name, constant(part)]));
    }),
  });
}

function fileSystemModule(machine: Machine): Value {
  return moduleOf({
    readdirSync: builtin('fs.readdirSync', (input) => readDirectory(machine, input)),
    readdir: builtin('fs.readdir', (input) => {
      const callback = input.arguments.at(-1);
      if (callback?.kind === 'function') machine.call(callback, UNDEFINED, [constant(null), readDirectory(machine, input)], input.site);
      return promiseOf(readDirectory(machine, input));
    }),
    existsSync: builtin('fs.existsSync', ({ arguments: [path] }) => {
      const place = placeOf(path);
      return place !== undefined && machine.listFiles(place).length > 0 ? constant(true) : UNKNOWN;
    }),
    statSync: builtin('fs.statSync', (input) => stat(machine, input)),
    lstatSync: builtin('fs.lstatSync', (input) => stat(machine, input)),
  });
}

function asynchronous(fileSystem: Value): Value {
  if (fileSystem.kind !== 'builtin') return UNKNOWN;
  const members = new Map(fileSystem.members);
  const readdir = members.get('readdirSync');
  if (readdir !== undefined) members.set('readdir', readdir);
  return { ...fileSystem, members };
}

function placeOf(path: Value | undefined): string | undefined {
  const known = path === undefined ? undefined : withDefaults(path);
  if (known?.kind !== 'constant' || typeof known.value !== 'string') return undefined;
  return relativeToRoot(known.value.startsWith('/') ? known.value : posix.join(ROOT, known.value));
}

function readDirectory(machine: Machine, { arguments: [path, options] }: BuiltinCall): Value {
  const place = placeOf(path);
  if (place === undefined) return { ...arrayOf([]), complete: false };
  const below = machine.listFiles(place).map((file) => (place === '.' ? file : file.slice(place.length + 1)));
  const names = [...new Set(below.map((file) => file.split('/')[0] ?? ''))].filter((name) => name !== '');
  const withTypes = options?.kind === 'object' && options.properties.has('withFileTypes');
  const isFile = (name: string): boolean => below.includes(name);
  return arrayOf(
    names.map((name) => (withTypes ? entry(name, isFile(name)) : constant(name))),
    machine.state.guards.length,
  );
}

const entry = (name: string, isFile: boolean): Value =>
  objectOf([
    ['name', constant(name)],
    ['isFile', builtin('isFile', () => constant(isFile))],
    ['isDirectory', builtin('isDirectory', () => constant(!isFile))],
  ]);

function stat(machine: Machine, { arguments: [path] }: BuiltinCall): Value {
  const place = placeOf(path);
  const files = place === undefined ? [] : machine.listFiles(place);
  if (files.length === 0) return UNKNOWN;
  return entry(place ?? '', files.length === 1 && files[0] === place);
}

function urlModule(): Value {
  const pathOf = (value: Value | undefined, site: BuiltinCall): Value => {
    if (value?.kind === 'constant') return constant(String(value.value).replace(/^file:\/\//, ''));
    return value?.kind === 'object' ? (value.properties.get('pathname') ?? UNKNOWN) : { kind: 'unknown', origin: site.site };
  };
  return moduleOf({ fileURLToPath: builtin('url.fileURLToPath', (input) => pathOf(input.arguments[0], input)) });
}

function utilModule(machine: Machine): Value {
  return moduleOf({
    promisify: builtin('util.promisify', ({ arguments: [callee = UNKNOWN] }) => callee),
    inherits: builtin('util.inherits', ({ arguments: [derived = UNKNOWN, base = UNKNOWN], site }) => {
      const prototype = machine.getMember(derived, 'prototype', site);
      if (prototype.kind === 'object') prototype.prototype = machine.getMember(base, 'prototype', site);
      return UNDEFINED;
    }),
  });
}

/** `createRequire(import.meta.url)` gives the `require` of the calling module. */
function moduleModule(machine: Machine): Value {
  return moduleOf({
    createRequire: builtin('module.createRequire', ({ site }) => {
      const module = machine.loadModule(site.module);
      return module === undefined ? UNKNOWN : (module.scope.bindings.get('require')?.value ?? UNKNOWN);
    }),
  });
}
