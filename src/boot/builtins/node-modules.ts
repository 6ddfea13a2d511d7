import { posix } from 'node:path';
import { withDefaults } from '../fold.ts';
import { join, MAXIMUM_OPTIONS, optionsOf } from '../join.ts';
import type { Machine } from '../machine.ts';
import { ROOT } from '../paths.ts';
import { type BuiltinCall, builtin, constant, objectOf, UNDEFINED, UNKNOWN, type Value } from '../value.ts';
import { fileSystemMembers } from './file-system.ts';
import { createGlobModules } from './glob.ts';
import { createModuleLoaders } from './module-loaders.ts';

/** Parts of Node's own modules that start-up code uses to find its files. */
export function createBuiltinModules(machine: Machine): ReadonlyMap<string, Value> {
  const { callbacks, promises } = fileSystemMembers(machine);
  return new Map<string, Value>([
    ['path', pathModule()],
    ['path/posix', pathModule()],
    ...['fs', 'fs-extra', 'graceful-fs'].map((name) => [name, moduleOf(callbacks)] as const),
    ['fs/promises', moduleOf(promises)],
    ...createModuleLoaders(machine),
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

/** Where a part is one of several texts, so is the result. */
function onTexts(name: string, compute: (parts: readonly string[]) => string): Value {
  return builtin(name, ({ arguments: given }) => {
    const all = combinations(given.map((one) => optionsOf(withDefaults(one)))).map(texts);
    const known = all.filter((parts) => parts !== undefined);
    return known.length === 0 || known.length < all.length ? UNKNOWN : join(known.map((parts) => constant(compute(parts))));
  });
}

/** One list for each choice of an option in every place; nothing where there are too many. */
function combinations(places: readonly (readonly Value[])[]): readonly (readonly Value[])[] {
  let found: readonly (readonly Value[])[] = [[]];
  for (const options of places) found = found.flatMap((before) => options.map((option) => [...before, option]));
  return found.length > MAXIMUM_OPTIONS ? [] : found;
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

function urlModule(): Value {
  const pathOf = (value: Value | undefined, site: BuiltinCall): Value => {
    if (value?.kind === 'constant') return constant(String(value.value).replace(/^file:\/\//, ''));
    return value?.kind === 'object' ? (value.properties.get('pathname') ?? UNKNOWN) : { kind: 'unknown', origin: site.site };
  };
  return moduleOf({
    fileURLToPath: builtin('url.fileURLToPath', (input) => pathOf(input.arguments[0], input)),
    pathToFileURL: builtin('url.pathToFileURL', (input) => {
      const path = texts(input.arguments.slice(0, 1))?.[0];
      if (path === undefined) return { kind: 'unknown', origin: input.site };
      const absolute = posix.resolve(ROOT, path);
      const address = {
        ...objectOf([
          ['pathname', constant(absolute)],
          ['href', constant(`file://${absolute}`)],
        ]),
        complete: false,
      };
      address.properties.set(
        'toString',
        builtin('URL.toString', () => constant(`file://${absolute}`)),
      );
      return address;
    }),
  });
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
