import { expect, test } from 'vitest';
import type { MonolithPackages } from '../../../generators/package/monolith-packages.ts';
import { runTimeCompanions } from '../../../generators/package/run-time-companions.ts';
import type { ReachedPackage } from '../../../src/generate/slice-closure.ts';
import { toModuleId } from '../../../src/model/ids.ts';
import type { PackageManifest } from '../../../src/model/source-tree.ts';

const reach = (name: string, typeOnly = false): ReachedPackage => ({
  name,
  subpaths: ['.'],
  importedBy: [toModuleId('src/db.ts')],
  typeOnly,
});

const manifest: PackageManifest = {
  path: toModuleId('package.json'),
  directory: '.',
  type: 'commonjs',
  scripts: {},
  dependencies: { knex: '^3.0.0', pg: '^8.0.0', hbs: '^4.0.0' },
  devDependencies: { sqlite3: '^5.0.0' },
  workspaces: [],
  private: true,
};
const packages: MonolithPackages = { specifierOf: () => '1.0.0', manifestOf: () => manifest };

test.each<[string, readonly ReachedPackage[], readonly string[]]>([
  ['a query builder brings the driver the manifest lists', [reach('knex')], ['pg']],
  ['an imported driver is not repeated', [reach('knex'), reach('pg')], []],
  ['a driver of which only types are imported is brought', [reach('knex'), reach('pg', true)], ['pg']],
  ['types of a query builder load nothing', [reach('knex', true)], []],
  ['a web framework brings the view engine', [reach('express')], ['hbs']],
  ['other packages bring nothing', [reach('axios')], []],
])('%s', (_title, reached, expected) => {
  expect(runTimeCompanions(reached, packages).map(({ name }) => name)).toEqual(expected);
});
