import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { analyzers } from '../../analyzers/analyzers.ts';
import { libraryModels } from '../../analyzers/library-models.ts';
import type { CachePlace } from '../../src/cache/open-cache.ts';
import { defaultConfiguration } from '../../src/config/default-configuration.ts';
import { analyzeMonolith } from '../../src/pipeline/analyze-monolith.ts';

let folder: string;
let root: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'banyan-warm-'));
  root = join(folder, 'shop');
  cpSync(new URL('../../fixtures/storefront', import.meta.url), root, {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const cachePath = (): string => join(folder, 'cache/syntax.bin');

async function facts(cache?: Partial<CachePlace>): Promise<string> {
  const place: CachePlace = { folder: join(folder, 'cache'), version: '1', trusts: 'stamps', ...cache };
  const { monolith, diagnostics } = await analyzeMonolith({
    root,
    configuration: { ...defaultConfiguration, types: 'never' },
    analyzers,
    models: libraryModels,
    cache: cache === undefined ? undefined : place,
    events: () => {},
    signal: new AbortController().signal,
  });
  return JSON.stringify({ monolith, diagnostics });
}

const edit = (path: string, change: (text: string) => string): void =>
  writeFileSync(join(root, path), change(readFileSync(join(root, path), 'utf8')));

const service = 'src/services/OrderService.ts';

/** One after the other, on what the edits before left: what is warm must be what is cold. */
test.each<[string, () => void]>([
  ['nothing at all', () => {}],
  ['lines that move all others', () => edit(service, (text) => `// moved\n\n${text}`)],
  [
    'a function and its call',
    () => edit(service, (text) => `${text}\nexport function countOrders() { return process.env.ORDERS; }\ncountOrders();\n`),
  ],
  ['a syntax error', () => edit(service, (text) => `${text}\nexport const = ;\n`)],
  ['no error any more', () => edit(service, (text) => text.replace('\nexport const = ;\n', ''))],
  [
    'a new file and its import',
    () => {
      writeFileSync(join(root, 'src/services/coupons.ts'), 'export const coupons = new Map<string, number>();\ncoupons.set("a", 1);\n');
      edit(service, (text) => `import { coupons } from './coupons';\n${text}\nexport const used = coupons;\n`);
    },
  ],
  ['a file less', () => rmSync(join(root, 'src/services/coupons.ts'))],
])(
  'facts are those of a cold run after %s',
  async (_title, change) => {
    await facts({});
    change();
    const cold = await facts();
    expect(await facts({})).toBe(cold);
  },
  60_000,
);

test('a change that leaves size and time alone is seen where stamps are not trusted', async () => {
  await facts({});
  const path = join(root, service);
  const { atime, mtime } = statSync(path);
  edit(service, (text) => text.replace('process.env.ORDERS', 'process.env.ORDER2'));
  utimesSync(path, atime, mtime);
  expect(await facts({ trusts: 'content' })).toBe(await facts());
}, 120_000);

test('a broken cache and one of another build are passed over, and written anew', async () => {
  const cold = await facts();
  await facts({});
  writeFileSync(cachePath(), readFileSync(cachePath()).subarray(0, 1000));
  expect(await facts({})).toBe(cold);
  expect(statSync(cachePath()).size).toBeGreaterThan(1000);
  expect(await facts({ version: '2' })).toBe(cold);
  expect(await facts({ version: '2' })).toBe(cold);
}, 120_000);

test('a run without changes leaves the cache as it is', async () => {
  await facts({});
  const before = statSync(cachePath()).ino;
  await facts({});
  expect(statSync(cachePath()).ino).toBe(before);
}, 120_000);
