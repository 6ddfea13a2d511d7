import type { CallModel, LibraryModel } from '../../src/model/boot-trace.ts';

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

/** The functions of `lodash` that join objects or visit members; all others stay unknown. */
export const lodashModel: LibraryModel = {
  name: 'lodash',
  packages: ['lodash', 'lodash-es', 'underscore'],
  exports: {
    ...{ merge, assign: merge, extend: merge, defaults, defaultsDeep: defaults },
    ...{ each: iterates, forEach: iterates, forOwn: iterates, forIn: iterates, map: iterates },
  },
  objects: {},
};

/** Packages that are one such function. */
export const mergeFunctionsModel: LibraryModel = {
  name: 'merge-functions',
  packages: ['lodash.merge', 'lodash.assign', 'deep-extend', 'object-assign', 'extend-shallow', 'merge-options'],
  exports: { default: merge },
  objects: {},
};
