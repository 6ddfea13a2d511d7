import { expect, test } from 'vitest';
import { toModuleId } from '../../src/model/ids.ts';
import type { PackageManifest } from '../../src/model/source-tree.ts';
import { traceOf } from '../support/trace.ts';

const manifest = (scripts: Readonly<Record<string, string>>, more: Partial<PackageManifest> = {}): PackageManifest => ({
  path: toModuleId('package.json'),
  directory: '.',
  type: 'commonjs',
  scripts,
  dependencies: {},
  devDependencies: {},
  workspaces: [],
  private: true,
  ...more,
});

const server = `import express from 'express'; express().listen(1);`;
const other = `export {};`;

test.each<[string, readonly string[], Readonly<Record<string, string>>, Partial<PackageManifest>, readonly string[]]>([
  ['a source that a script runs', ['src/start.ts', 'src/app.ts'], { start: 'ts-node src/start.ts' }, {}, ['src/start.ts package-script']],
  [
    'a compiled file',
    ['src/server.ts', 'src/app.ts'],
    { start: 'NODE_ENV=production node ./dist/server.js' },
    {},
    ['src/server.ts package-script'],
  ],
  [
    'a compiled file with its source folder',
    ['src/server.ts'],
    { start: 'node -r dotenv/config dist/src/server' },
    {},
    ['src/server.ts package-script'],
  ],
  [
    'a script for development where nothing else starts',
    ['src/server.ts', 'src/server-dev.ts'],
    { build: 'tsc', dev: 'nodemon --watch src --exec "tsx src/server-dev.ts"' },
    {},
    ['src/server-dev.ts package-script'],
  ],
  [
    'no script for development beside another',
    ['src/server.ts', 'src/server-dev.ts'],
    { start: 'node dist/server.js', dev: 'tsx watch src/server-dev.ts' },
    {},
    ['src/server.ts package-script'],
  ],
  [
    'no seeds and migrations',
    ['src/server.ts', 'scripts/seed.ts'],
    { start: 'node dist/server.js', 'db:seed': 'tsx scripts/seed.ts', import: 'tsx scripts/seed.ts' },
    {},
    ['src/server.ts package-script'],
  ],
  ['the main of the manifest', ['source/boot.ts'], {}, { main: 'source/boot.ts' }, ['source/boot.ts package-main']],
  ['conventional names', ['src/main.ts', 'src/other.ts'], { start: 'nx serve' }, {}, ['src/main.ts convention']],
  ['a folder of the back end', ['backend/app.ts'], {}, {}, ['backend/app.ts convention']],
  ['an application below apps', ['apps/api/src/main.ts'], {}, {}, ['apps/api/src/main.ts convention']],
  ['a module that listens and that nobody imports', ['code/boot-shop.ts'], {}, {}, ['code/boot-shop.ts unimported-with-listener']],
])('finds %s', (_title, paths, scripts, more, expected) => {
  const files = Object.fromEntries(paths.map((path) => [path, server]));
  const { trace } = traceOf({ files }, { packages: [manifest(scripts, more)] });
  expect(trace.entries.map(({ module, reason }) => `${module} ${reason}`)).toEqual(expected);
});

test('finds applications that have no manifest beside one that has', () => {
  const files = {
    'src/main.ts': server,
    'team/shops/orders/src/main.ts': server,
    'team/shops/orders/tsconfig.app.json': '{}',
    'team/shops/returns/src/start-returns.ts': server,
    'team/shops/returns/tsconfig.app.json': '{}',
  };
  const { trace } = traceOf({ files }, { packages: [manifest({ start: 'node dist/main.js' })] });
  expect(trace.entries.map(({ module, reason }) => `${module} ${reason}`)).toEqual([
    'src/main.ts package-script',
    'team/shops/orders/src/main.ts convention',
    'team/shops/returns/src/start-returns.ts unimported-with-listener',
  ]);
});

test('calls exported functions where a tool starts the application', () => {
  const files = {
    'src/index.ts': `import express from 'express'; export async function start() { const app = express(); app.get('/books', (req, res) => res.end()); app.listen(1); }`,
    'src/commands/start.ts': `import * as server from '../index'; export default class Start { async run() { await server.start(); } }`,
  };
  const { trace } = traceOf({ files }, { packages: [manifest({ start: 'run-script-os' }, { main: 'dist/index' })] });
  expect(trace.entries).toEqual([{ module: 'src/index.ts', reason: 'unimported-with-listener' }]);
  expect(trace.effects.map(({ verb }) => verb)).toEqual(['route', 'listen']);
});

test('starts the web server that no script names, where only a worker has a script', () => {
  const files = {
    'src/worker.js': `require('./create-shop').work();`,
    'src/server.js': `require('./create-shop').createShop('/books');`,
    'src/create-shop.js': `const express = require('express'); exports.work = () => {}; exports.createShop = (path) => { const app = express(); app.get(path, (req, res) => res.end()); app.listen(1); };`,
  };
  const { trace } = traceOf({ files }, { packages: [manifest({ worker: 'node src/worker.js' }, { main: 'src/http/server.js' })] });
  expect(trace.entries.map(({ module, reason }) => `${module} ${reason}`)).toEqual([
    'src/worker.js package-script',
    'src/server.js unimported-with-listener',
  ]);
  expect(trace.effects.map(({ verb }) => verb)).toEqual(['route', 'listen']);
  expect(trace.effects[0]?.arguments[0]).toMatchObject({ value: '/books' });
});

test('prefers what is configured', () => {
  const { trace } = traceOf({ files: { 'src/main.ts': server, 'src/other.ts': server } }, { entries: ['src/other.ts'] });
  expect(trace.entries).toEqual([{ module: 'src/other.ts', reason: 'configuration' }]);
});

test('says when what is configured is not there', () => {
  const { trace, diagnostics } = traceOf({ files: { 'src/main.ts': server } }, { entries: ['src/mian.ts', 'src/main.ts'] });
  expect(trace.entries).toEqual([{ module: 'src/main.ts', reason: 'configuration' }]);
  expect(diagnostics).toEqual([{ code: 'configured-entry-missing', data: { entry: 'src/mian.ts' } }]);
});

test('says when there is none', () => {
  const { trace, diagnostics } = traceOf({ files: { 'code/orders.ts': other } });
  expect(trace.entries).toEqual([]);
  expect(diagnostics).toEqual([{ code: 'no-entry-module', data: { searched: 1 } }]);
});
