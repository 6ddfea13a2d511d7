import { expect, test } from 'vitest';
import { boot } from '../../src/boot/boot.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';
import { manifestOf } from '../support/findings.ts';
import { programOf, sourceTreeOf, treesOf } from '../support/program.ts';

const model: LibraryModel = {
  name: 'bookshop',
  packages: [],
  exports: {},
  objects: {},
  conventions: [
    {
      packages: ['bookshop'],
      configuredBy: ['bookshop.config'],
      loads: (path) => path.startsWith('shelves/'),
      exporting: ['sell'],
      records: 'shelf',
    },
  ],
};

const traced = (files: Readonly<Record<string, string>>, dependencies: readonly string[]) => {
  const { value, diagnostics } = boot({
    program: programOf(files),
    tree: sourceTreeOf(files, [manifestOf('.', dependencies)]),
    models: [model],
    syntaxTrees: treesOf(files),
    configuredEntries: [],
    listFiles: () => [],
  });
  const exported = value.effects.map(({ method, arguments: [path, , folder] }) =>
    [method, path, folder].map((one) => (typeof one === 'object' && one.kind === 'constant' ? one.value : one)),
  );
  return { exported, codes: diagnostics.map(({ code }) => code) };
};

test('modules are found below the folder of the manifest or of a configuration', () => {
  const files = {
    'shelves/a.ts': 'export const sell = () => {}; export const price = 1;',
    'shelves/b.ts': 'export const buy = () => {};',
    'other/a.ts': 'export const sell = () => {};',
    'shops/one/bookshop.config.ts': '',
    'shops/one/shelves/c.js': 'module.exports = { sell() {} };',
  };
  expect(traced(files, ['bookshop'])).toEqual({
    exported: [
      ['sell', 'shelves/a.ts', '.'],
      ['price', 'shelves/a.ts', '.'],
      ['sell', 'shelves/c.js', 'shops/one'],
      ['default', 'shelves/c.js', 'shops/one'],
    ],
    codes: [],
  });
});

test('no manifest, no framework', () => {
  expect(traced({ 'shelves/a.ts': 'export const sell = () => {};' }, ['express'])).toEqual({ exported: [], codes: ['no-entry-module'] });
});
