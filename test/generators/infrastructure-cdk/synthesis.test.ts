import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
class Shelf extends Error { readonly name = Shelf.name; }
export const handler = async () => undefined;
export const found = [byte, new Shelf().name];
`;

/** A package that reads WebAssembly from its own folder: a bundler cannot take it in. */
const SHELF = {
  'package.json': '{ "name": "shelf", "version": "1.0.0", "main": "index.js" }',
  'index.js': "exports.byte = require('node:fs').readFileSync(require('node:path').join(__dirname, 'shelf.wasm'))[0];",
  'shelf.wasm': 'A',
};

beforeAll(() => {
  cpSync(fileURLToPath(new URL('./bookshop/expected/', import.meta.url)), folder, { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const slice = join(folder, 'services/catalogue');
  mkdirSync(join(slice, 'src/functions'), { recursive: true });
  writeFileSync(join(slice, 'src/functions/catalogue-api.ts'), HANDLER);
  writeFileSync(join(slice, 'package.json'), '{}');
  writeFileSync(join(slice, 'tsconfig.json'), '{}');
  mkdirSync(join(slice, 'node_modules/shelf'), { recursive: true });
  for (const [name, text] of Object.entries(SHELF)) writeFileSync(join(slice, 'node_modules/shelf', name), text);
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
    expect(execFileSync(process.execPath, ['-e', script], { cwd: elsewhere, encoding: 'utf8' }).trim()).toBe('[65,"Shelf"]');
  } finally {
    rmSync(elsewhere, { recursive: true });
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
