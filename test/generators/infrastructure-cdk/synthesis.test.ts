import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'banyan-synthesis-'));
const infrastructure = join(folder, 'infrastructure');

const HANDLER = "import serverless from 'serverless-http';\nexport const handler = serverless(() => undefined);\n";

beforeAll(() => {
  cpSync(fileURLToPath(new URL('./bookshop/expected/', import.meta.url)), folder, { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const slice = join(folder, 'services/catalogue');
  mkdirSync(join(slice, 'src/functions'), { recursive: true });
  writeFileSync(join(slice, 'src/functions/catalogue-api.ts'), HANDLER);
  writeFileSync(join(slice, 'package.json'), '{ "dependencies": { "serverless-http": "4.0.0" } }');
  writeFileSync(join(slice, 'tsconfig.json'), '{}');
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
