import { relative } from 'node:path';
import { expect, test } from 'vitest';
import { findLeftOut } from '../../../src/lib/left-out/find-left-out.mjs';
import { makeFolder } from '../../serve/support.ts';

type Files = Readonly<Record<string, string>>;

/** A package with its files, as it is installed; `name@2` is another version inside the package that follows it. */
const installed = (name: string, files: Files, manifest: object = {}): Files => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name: name.split('node_modules/').at(-1), version: '1.0.0', ...manifest }),
  ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`node_modules/${name}/${path}`, text])),
});

async function find(entry: string, files: Files, manifest: object = {}) {
  const directory = makeFolder({ 'src/api.ts': entry, 'package.json': JSON.stringify(manifest), ...files });
  const { external, packages, copied } = await findLeftOut({ directory, entry: 'src/api.ts' });
  return {
    external,
    reasons: packages.map(({ name, reason }) => `${name}: ${reason}`),
    copied: copied.map(({ path, folder }) => `${path} <- ${relative(directory, folder)}`),
  };
}

const IMPORT = "import 'shelf';";

test.each<[string, Files, string | undefined, object?]>([
  ['reads data beside its code', { 'index.js': "require('fs').readFileSync(__dirname + '/a.dat')" }, 'reads its own place'],
  ['does so in a file that is loaded', { 'index.js': "require('./a')", 'a.js': 'exports.place = __filename' }, 'reads its own place'],
  ['does so in a file that is not', { 'index.js': 'exports.a = 1', 'a.js': 'exports.place = __filename' }, undefined],
  ['speaks of its folder in a comment', { 'index.js': '// not __dirname\nexports.a = 1' }, undefined],
  ['asks whether there is such a thing', { 'index.js': "exports.node = typeof __dirname === 'string'" }, undefined],
  ['calls a variable of its own so', { 'index.js': 'exports.list = (__dirname) => __dirname' }, undefined],
  [
    'is an ES module and asks for its address',
    { 'index.js': "export const a = new URL('./a.dat', import.meta.url)" },
    'reads its own place',
  ],
  ['is an ES module and reads the mode', { 'index.js': 'export const mode = import.meta.env?.MODE' }, undefined],
  ['asks its module for the file name', { 'index.js': 'exports.a = module.filename' }, 'reads its own place'],
  ['asks who loaded it', { 'index.js': 'if (!module.parent) process.exit(1)' }, 'reads its own place'],
  ['exports as everybody', { 'index.js': "if (typeof module === 'object' && module.exports) module.exports = 1" }, undefined],
  ['resolves a script', { 'index.js': "exports.worker = require.resolve('./worker')" }, 'reads its own place'],
  ['hands its module on', { 'index.js': "require('./info')(module)", 'info.js': 'module.exports = () => 0' }, 'hands its module on'],
  [
    'is wrapped for every module system',
    { 'index.js': "(function (f) { f(require, exports) })((r, e) => { e.a = r('./a') })", 'a.js': '' },
    'hands its module on',
  ],
  [
    'loads its own files by computed names',
    { 'index.js': "const load = (name) => require(name); load('./a')", 'a.js': '' },
    'loads modules by computed names',
  ],
  [
    'loads what it needs by computed names',
    { 'index.js': "for (const name of ['board']) require(name)" },
    'loads modules by computed names',
    { dependencies: { board: '1' } },
  ],
  ['loads what its caller names', { 'index.js': 'exports.engine = (name) => require(name).render' }, undefined],
  ['names a folder that the bundler sees', { 'index.js': 'exports.load = (x) => require(`./kinds/${x}.js`)', 'kinds/a.js': '' }, undefined],
  ['has an addon', { 'index.js': 'exports.a = 1', 'build/Release/a.node': '' }, 'compiled code'],
  ['has WebAssembly', { 'index.js': 'exports.a = 1', 'a.wasm': '' }, 'compiled code'],
  ['is compiled when it is installed', { 'index.js': 'exports.a = 1' }, 'compiled code', { gypfile: true }],
  ['cannot be bundled', { 'index.js': "require('./page.html')", 'page.html': '<p>' }, 'cannot be bundled'],
])('a package that %s', async (_title, files, reason, manifest) => {
  const { external, reasons } = await find(IMPORT, installed('shelf', files, manifest));
  expect(reasons).toEqual(reason === undefined ? [] : [`shelf: ${reason}`]);
  expect(external).toEqual(reason === undefined ? [] : ['shelf']);
});

const READER = { 'index.js': "require('board'); exports.place = __dirname" };

test('what such a package needs stands beside it, and is not in the bundle as well', async () => {
  const { reasons, copied } = await find("import 'shelf'; import 'board'; import 'plank';", {
    ...installed('shelf', READER, { dependencies: { board: '1', absent: '1', '@types/board': '1' } }),
    ...installed('board', { 'index.js': '' }, { dependencies: { nail: '1' } }),
    ...installed('@types/board', { 'index.d.ts': '' }),
    ...installed('nail', { 'index.js': '' }),
    ...installed('plank', { 'index.js': '' }),
  });
  expect(reasons).toEqual(['board: needed by shelf', 'shelf: reads its own place']);
  expect(copied).toEqual(['board', 'shelf', 'nail'].map((name) => `node_modules/${name} <- node_modules/${name}`));
});

test('each package finds the version it needs', async () => {
  const { external, reasons, copied } = await find("import 'shelf'; import 'board'; import 'plank';", {
    ...installed('shelf', READER, { dependencies: { board: '2' } }),
    ...installed('shelf/node_modules/board', { 'index.js': 'exports.version = 2' }),
    ...installed('board', { 'index.js': 'exports.version = 1' }),
    ...installed('plank', { 'index.js': "require('board')" }),
  });
  // Nothing in the bundle asks for the second version: the first is bundled.
  expect([external, reasons]).toEqual([['shelf'], ['shelf: reads its own place']]);
  expect(copied).toEqual(['node_modules/shelf <- node_modules/shelf', 'node_modules/board <- node_modules/shelf/node_modules/board']);
});

test('where two versions of one name are asked for, whoever asks for the other is left out, too', async () => {
  const place = { 'index.js': 'exports.place = __dirname' };
  const { external, reasons, copied } = await find("import 'board'; import 'plank';", {
    ...installed('board', place),
    ...installed('plank', { 'index.js': "require('board')" }),
    ...installed('plank/node_modules/board', place),
  });
  expect(external).toEqual(['board', 'plank']);
  expect(reasons).toEqual(['board: reads its own place', 'plank: needs another version of board']);
  expect(copied).toEqual([
    'node_modules/board <- node_modules/board',
    'node_modules/plank <- node_modules/plank',
    'node_modules/plank/node_modules/board <- node_modules/plank/node_modules/board',
  ]);
});

test('a dependency that nothing imports is loaded by name; a tool is not', async () => {
  const { reasons } = await find(
    'export {}',
    { ...installed('shelf', { 'index.js': '' }), ...installed('saw', {}, { bin: 'saw.js' }) },
    {
      dependencies: { shelf: '1', saw: '1', absent: '1' },
    },
  );
  expect(reasons).toEqual(['shelf: loaded by name']);
});

test('what a package asks for in vain stays out; what the own code lacks does not', async () => {
  const { external } = await find(
    "import 'shelf'; import 'own-lack';",
    installed('shelf', { 'index.js': "try { require('nail') } catch {}" }),
  );
  expect(external).toEqual([]);
  const optional = await find(IMPORT, installed('shelf', { 'index.js': "try { require('nail') } catch {}" }));
  expect(optional).toEqual({ external: ['nail'], reasons: [], copied: [] });
});

test('optional companions come along as far as the function has them', async () => {
  const optional = {
    peerDependencies: { nail: '1', saw: '1' },
    peerDependenciesMeta: { nail: { optional: true }, saw: { optional: true } },
  };
  const { copied } = await find("import 'shelf'; import 'nail';", {
    ...installed('shelf', { 'index.js': 'exports.place = __dirname' }, optional),
    ...installed('nail', { 'index.js': '' }),
    ...installed('saw', { 'index.js': '' }),
  });
  expect(copied).toEqual(['node_modules/nail <- node_modules/nail', 'node_modules/shelf <- node_modules/shelf']);
});
