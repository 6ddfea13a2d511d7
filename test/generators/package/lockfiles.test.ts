import { describe, expect, test } from 'vitest';
import { readNpmLockfile } from '../../../generators/package/npm-lockfile.ts';
import { readPnpmLockfile } from '../../../generators/package/pnpm-lockfile.ts';
import { readYarnLockfile } from '../../../generators/package/yarn-lockfile.ts';

const npm3 = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': {},
    'node_modules/express': { version: '4.18.2', integrity: 'sha512-x' },
    'shop/node_modules/express': { version: '5.1.0', integrity: 'sha512-y' },
    'node_modules/books': { resolved: 'shop', link: true },
    'node_modules/shelf': { version: '1.0.0', resolved: 'git+ssh://git@example.com/shelf.git#abc' },
    'node_modules/paper': { name: 'real-paper', version: '2.0.0', integrity: 'sha512-z' },
  },
});
const npm1 = JSON.stringify({
  lockfileVersion: 1,
  dependencies: {
    express: { version: '4.16.0' },
    paper: { version: 'npm:real-paper@2.0.0' },
    shelf: { version: 'git+ssh://git@example.com/shelf.git#abc' },
  },
});
const yarn1 = `# yarn lockfile v1

"@acme/books@^1.0.0", "@acme/books@^1.2.0":
  version "1.3.0"
  dependencies:
    version "9.9.9"

express@^4.0.0:
  version "4.18.2"

express@^5.0.0:
  version "5.1.0"

"paper@npm:real-paper@^2":
  version "2.0.1"
`;
const berry = `__metadata:
  version: 8

"express@npm:^4.0.0, express@npm:^4.18.0":
  version: 4.18.2
  resolution: "express@npm:4.18.2"

"paper@npm:real-paper@^2":
  version: 2.0.1
  resolution: "real-paper@npm:2.0.1"

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
`;
const pnpm9 = `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      express: { specifier: ^4.0.0, version: 4.18.2(supports-color@9.0.0) }
      paper: { specifier: npm:real-paper@^2, version: real-paper@2.0.1 }
      shelf: { specifier: 'workspace:*', version: 'link:shelf' }
  apps/shop:
    dependencies:
      express: { specifier: ^5.0.0, version: 5.1.0 }
packages:
  ms@2.1.3: {}
  debug@2.6.9: {}
  debug@4.3.4: {}
  '@acme/books@1.3.0(express@4.18.2)': {}
`;
const pnpm5 = `lockfileVersion: 5.4
dependencies:
  express: 4.18.2_supports-color@9
  paper: /real-paper/2.0.1
packages:
  /ms/2.1.3: {}
  /@acme/books/1.3.0: {}
`;

describe('asked for a package, a lock file answers what a manifest writes', () => {
  test.each([
    ['npm 3', readNpmLockfile(npm3), 'express', '^4.0.0', '.', '4.18.2'],
    ['npm 3, nearest folder', readNpmLockfile(npm3), 'express', '^5.0.0', 'shop', '5.1.0'],
    ['npm 3, folder without its own', readNpmLockfile(npm3), 'express', '^4.0.0', 'apps/till', '4.18.2'],
    ['npm 3, workspace', readNpmLockfile(npm3), 'books', '*', '.', undefined],
    ['npm 3, Git', readNpmLockfile(npm3), 'shelf', 'git+ssh://x', '.', undefined],
    ['npm 3, alias', readNpmLockfile(npm3), 'paper', 'npm:real-paper@^2', '.', 'npm:real-paper@2.0.0'],
    ['npm 1', readNpmLockfile(npm1), 'express', '^4.0.0', '.', '4.16.0'],
    ['npm 1, alias', readNpmLockfile(npm1), 'paper', 'npm:real-paper@^2', '.', 'npm:real-paper@2.0.0'],
    ['npm 1, Git', readNpmLockfile(npm1), 'shelf', 'git+ssh://x', '.', undefined],
    ['npm, broken', readNpmLockfile('{'), 'express', '^4.0.0', '.', undefined],
    ['Yarn 1', readYarnLockfile(yarn1), 'express', '^5.0.0', '.', '5.1.0'],
    ['Yarn 1, scoped', readYarnLockfile(yarn1), '@acme/books', '^1.2.0', '.', '1.3.0'],
    ['Yarn 1, alias', readYarnLockfile(yarn1), 'paper', 'npm:real-paper@^2', '.', 'npm:real-paper@2.0.1'],
    ['Yarn 1, in no manifest', readYarnLockfile(yarn1), '@acme/books', undefined, '.', '1.3.0'],
    ['Yarn 1, in no manifest and ambiguous', readYarnLockfile(yarn1), 'express', undefined, '.', undefined],
    ['Yarn Berry', readYarnLockfile(berry), 'express', '^4.18.0', '.', '4.18.2'],
    ['Yarn Berry, alias', readYarnLockfile(berry), 'paper', 'npm:real-paper@^2', '.', 'npm:real-paper@2.0.1'],
    ['Yarn Berry, workspace', readYarnLockfile(berry), 'shop', 'workspace:.', '.', undefined],
    ['pnpm 9', readPnpmLockfile(pnpm9), 'express', '^4.0.0', '.', '4.18.2'],
    ['pnpm 9, other importer', readPnpmLockfile(pnpm9), 'express', '^5.0.0', 'apps/shop', '5.1.0'],
    ['pnpm 9, alias', readPnpmLockfile(pnpm9), 'paper', 'npm:real-paper@^2', '.', 'npm:real-paper@2.0.1'],
    ['pnpm 9, workspace', readPnpmLockfile(pnpm9), 'shelf', 'workspace:*', '.', undefined],
    ['pnpm 9, in no manifest', readPnpmLockfile(pnpm9), 'ms', undefined, '.', '2.1.3'],
    ['pnpm 9, in no manifest and ambiguous', readPnpmLockfile(pnpm9), 'debug', undefined, '.', undefined],
    ['pnpm 9, scoped with peers', readPnpmLockfile(pnpm9), '@acme/books', undefined, '.', '1.3.0'],
    ['pnpm 5', readPnpmLockfile(pnpm5), 'express', '^4.0.0', '.', '4.18.2'],
    ['pnpm 5, alias', readPnpmLockfile(pnpm5), 'paper', 'npm:real-paper@^2', '.', 'npm:real-paper@2.0.1'],
    ['pnpm 5, scoped in no manifest', readPnpmLockfile(pnpm5), '@acme/books', undefined, '.', '1.3.0'],
  ])('%s', (_title, lockfile, name, range, directory, expected) => {
    expect(lockfile({ name, range, directory })?.specifier).toBe(expected);
  });
});
