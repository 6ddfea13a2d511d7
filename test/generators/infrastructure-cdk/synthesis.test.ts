import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { infrastructureCdk } from '../../../generators/infrastructure-cdk/infrastructure-cdk.ts';
import { createRender } from '../../../src/generate/templating/create-render.ts';
import { handMadeInput } from '../hand-made-input.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'banyan-synthesis-'));
const infrastructure = join(folder, 'infrastructure');

const HANDLER = `import { byte } from 'shelf';
import { groupOf } from 'isbn-ranges';
import { version } from 'isbn-text';
class Shelf extends Error { readonly name = Shelf.name; }
export const handler = async () => undefined;
export const found = [byte, new Shelf().name, groupOf('978-3'), version];
`;

/** Packages that a bundler cannot take in: one reads WebAssembly, one data, with a version of another that the slice does not use. */
const PACKAGES: Readonly<Record<string, string>> = {
  'shelf/package.json': '{ "name": "shelf", "version": "1.0.0", "main": "index.js" }',
  'shelf/index.js': "exports.byte = require('node:fs').readFileSync(require('node:path').join(__dirname, 'shelf.wasm'))[0];",
  'shelf/shelf.wasm': 'A',
  'isbn-ranges/package.json': '{ "name": "isbn-ranges", "version": "1.0.0", "dependencies": { "isbn-text": "2.0.0" } }',
  'isbn-ranges/index.js': `const lines = require('isbn-text').read(__dirname + '/data/ranges.dat');
    exports.groupOf = (prefix) => lines.find((line) => line.startsWith(prefix)).split(' ')[1];`,
  'isbn-ranges/data/ranges.dat': '978-2 French\n978-3 German\n',
  'isbn-ranges/node_modules/isbn-text/package.json': '{ "name": "isbn-text", "version": "2.0.0" }',
  'isbn-ranges/node_modules/isbn-text/index.js': "exports.read = (file) => require('node:fs').readFileSync(file, 'utf8').split('\\n');",
  'isbn-text/package.json': '{ "name": "isbn-text", "version": "1.0.0" }',
  'isbn-text/index.js': "exports.version = 'one';",
};

beforeAll(() => {
  cpSync(fileURLToPath(new URL('./bookshop/expected/', import.meta.url)), folder, { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const slice = join(folder, 'services/catalogue');
  mkdirSync(join(slice, 'src/functions'), { recursive: true });
  writeFileSync(join(slice, 'src/functions/catalogue-api.ts'), HANDLER);
  writeFileSync(join(slice, 'package.json'), '{}');
  writeFileSync(join(slice, 'tsconfig.json'), '{}');
  for (const [path, text] of Object.entries(PACKAGES)) {
    mkdirSync(dirname(join(slice, 'node_modules', path)), { recursive: true });
    writeFileSync(join(slice, 'node_modules', path), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the application type-checks', { timeout: 120_000 }, () => {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'], {
    cwd: infrastructure,
  });
});

test.each([
  ['the existing database, outside any network', {}, { network: false, database: false }],
  ['Aurora, in the network of its stack', { database: 'aurora' }, { network: true, database: true }],
])('it synthesises without network: %s', { timeout: 120_000 }, (_title, context, expected) => {
  const out = mkdtempSync(join(folder, 'out-'));
  const env = { ...process.env, CDK_OUTDIR: out, CDK_CONTEXT_JSON: JSON.stringify(context) };
  execFileSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], { cwd: infrastructure, env, stdio: 'pipe' });
  const [handler] = resources(out, 'acme-bookshop-slice-catalogue', 'AWS::Lambda::Function');
  expect(handler).toMatchObject({ Runtime: 'nodejs22.x', Architectures: ['arm64'], FunctionName: 'acme-bookshop-catalogue-api' });
  expect(handler?.VpcConfig !== undefined).toBe(expected.network);
  expect(JSON.stringify(handler?.Environment).includes('postgresql://{username}:{password}@')).toBe(expected.database);
  expect(resources(out, 'acme-bookshop-slice-catalogue', 'AWS::Lambda::Alias')).toMatchObject([{ Name: 'live' }]);
  expect(resources(out, 'acme-bookshop-slice-catalogue', 'AWS::IAM::Role')).toHaveLength(1);
  expect(resources(out, 'acme-bookshop-database', 'AWS::RDS::DBCluster')).toMatchObject([
    { Engine: 'aurora-postgresql', DeletionProtection: true, ServerlessV2ScalingConfiguration: { MinCapacity: 0 } },
  ]);
  expect(routeTargets(out)).toEqual({
    $default: 'Monolith',
    'GET /books': 'TargetsIntegrationcatalogueapi',
    'GET /books/export': 'Monolith',
    'GET /books/{id}': 'TargetsIntegrationcatalogueapi',
    // Ten per cent cannot be split off: the monolith keeps all.
    'POST /orders': 'Monolith',
  });
});

test('it type-checks and synthesises whatever its slices are called', { timeout: 240_000 }, () => {
  const place = mkdtempSync(join(tmpdir(), 'banyan-hard-names-'));
  try {
    const input = handMadeInput(fileURLToPath(new URL('./hard-names/input', import.meta.url)), createRender());
    for (const one of infrastructureCdk.generate(input)) {
      if (!('path' in one)) continue;
      mkdirSync(dirname(join(place, one.path)), { recursive: true });
      writeFileSync(join(place, one.path), one.content);
    }
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
    for (const { id, functions } of input.plan.services) {
      const slice = join(place, 'services', id);
      mkdirSync(join(slice, 'src/functions'), { recursive: true });
      for (const { name } of functions) writeFileSync(join(slice, `src/functions/${name}.ts`), 'export const handler = async () => 1;');
      writeFileSync(join(slice, 'package.json'), '{}');
      writeFileSync(join(slice, 'tsconfig.json'), '{}');
    }
    const cwd = join(place, 'infrastructure');
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'], { cwd });
    const out = join(place, 'out');
    execFileSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], { cwd, env: { ...process.env, CDK_OUTDIR: out }, stdio: 'pipe' });
    const stacks = readdirSync(out).filter((name) => name.endsWith('.template.json'));
    expect(stacks).toHaveLength(input.plan.services.length + 3);
    expect(stacks.filter((name) => !/^[A-Za-z][A-Za-z\d-]{0,127}\.template\.json$/.test(name))).toEqual([]);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});

test('what is deployed starts on its own, with what was left out of the bundle beside it', () => {
  const [out = ''] = readdirSync(folder).filter((name) => name.startsWith('out-'));
  const [asset] = readdirSync(join(folder, out)).filter((name) => name.startsWith('asset.'));
  const elsewhere = mkdtempSync(join(tmpdir(), 'banyan-task-'));
  try {
    cpSync(join(folder, out, asset ?? ''), elsewhere, { recursive: true });
    const script = "console.log(JSON.stringify(require('./index.js').found))";
    expect(execFileSync(process.execPath, ['-e', script], { cwd: elsewhere, encoding: 'utf8' }).trim()).toBe('[65,"Shelf","German","one"]');
    expect(existsSync(join(elsewhere, 'node_modules/isbn-ranges/data/ranges.dat'))).toBe(true);
    expect(existsSync(join(elsewhere, 'node_modules/isbn-ranges/node_modules'))).toBe(false);
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});

test('a function that Lambda would refuse is told when it is synthesised, with what takes the room', () => {
  const slice = join(folder, 'services/catalogue');
  const data = join(slice, 'node_modules/isbn-ranges/data/all.dat');
  writeFileSync(data, '');
  // A file of zeros that takes no room on most disks.
  truncateSync(data, 260 * 1024 * 1024);
  const to = mkdtempSync(join(folder, 'full-'));
  const packages = [{ path: 'node_modules/isbn-ranges', folder: join(slice, 'node_modules/isbn-ranges') }];
  const input = Buffer.from(JSON.stringify({ from: slice, to, assets: [], packages })).toString('base64url');
  try {
    const run = () => execFileSync(process.execPath, ['runtime/copy-files.mjs', input], { cwd: infrastructure, stdio: 'pipe' });
    expect(run).toThrow(/has 260\.0 MB and Lambda takes 250 MB unzipped; its largest packages: node_modules\/isbn-ranges 260\.0 MB/);
  } finally {
    rmSync(data);
    rmSync(to, { recursive: true });
  }
});

const routeTargets = (out: string): object =>
  Object.fromEntries(
    resources(out, 'acme-bookshop-front-door', 'AWS::ApiGatewayV2::Route').map(({ RouteKey, Target }) => [
      RouteKey,
      /"Ref":"(?<id>\w+?)[0-9A-F]{8}"/.exec(JSON.stringify(Target))?.groups?.id,
    ]),
  );

function resources(out: string, stack: string, type: string): readonly Readonly<Record<string, unknown>>[] {
  const template = JSON.parse(readFileSync(join(out, `${stack}.template.json`), 'utf8')) as {
    readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>>;
  };
  return Object.values(template.Resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => Properties);
}
