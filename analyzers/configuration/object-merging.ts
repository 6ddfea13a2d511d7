import type { CallModel, LibraryHost, LibraryModel } from '../../src/model/boot-trace.ts';

const merge: CallModel = { returns: { merges: 'arguments' } };
const defaults: CallModel = { returns: { merges: 'arguments', first: 'wins' } };

/** `deepmerge`: `merge(defaults, options)` and `merge.all([…])`; configuration objects stay known through it. */
export const deepmergeModel: LibraryModel = {
  name: 'deepmerge',
  packages: ['deepmerge', 'ts-deepmerge', 'deepmerge-ts'],
  exports: { default: { members: { all: { returns: { merges: 'list' } } }, call: merge }, merge, deepmerge: merge },
  objects: {},
};

const iterates: CallModel = { iterates: { collection: 0, callback: 1 } };
/** Members of a list in another order, or fewer of them. */
const rearranges: CallModel = { returns: { argument: 0 } };

/** Names or values of an object's members, as far as all of them are known. */
const listing =
  (part: 'names' | 'values') =>
  <Value>(host: LibraryHost<Value>): Value => {
    const { entries, complete } = host.members(host.given[0] ?? host.unknown());
    return complete ? host.list(entries.map(([name, value]) => (part === 'names' ? host.constant(name) : value))) : host.unknown();
  };

const functions: Readonly<Record<string, CallModel>> = {
  ...{ merge, assign: merge, extend: merge, defaults, defaultsDeep: defaults },
  ...{ each: iterates, forEach: iterates, forOwn: iterates, forIn: iterates, map: iterates },
  ...{ sortBy: rearranges, orderBy: rearranges, uniq: rearranges, uniqBy: rearranges, compact: rearranges },
  ...{ keys: { performs: listing('names') }, values: { performs: listing('values') } },
};

/** The functions of `lodash` that join objects, list or visit members, or sort them; all others stay unknown. */
const lodashModel: LibraryModel = {
  name: 'lodash',
  packages: ['lodash', 'lodash-es', 'underscore', 'es-toolkit', 'es-toolkit/compat'],
  exports: functions,
  objects: {},
};

/** The same where each is imported from a file of its own: `lodash/each`. */
export const lodashModels: readonly LibraryModel[] = [
  lodashModel,
  ...Object.entries(functions).map(([name, call]) => ({
    name: `lodash/${name}`,
    packages: [`lodash/${name}`, `lodash-es/${name}`, `lodash.${name.toLowerCase()}`],
    exports: { default: call },
    objects: {},
  })),
];

/** Packages that are one such function. */
export const mergeFunctionsModel: LibraryModel = {
  name: 'merge-functions',
  packages: ['deep-extend', 'object-assign', 'extend-shallow', 'merge-options'],
  exports: { default: merge },
  objects: {},
};
