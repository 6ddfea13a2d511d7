import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runBanyan } from '../support/command-line.ts';

/** The whole line on a real monolith without its packages, through the command line; no server, no database. */
const fixture = fileURLToPath(new URL('../../fixtures/storefront', import.meta.url));
const PLAN = 'banyan.plan.yaml';
const OUT = 'banyan-out';
const SLOW = 60_000;

const copies: string[] = [];
afterAll(() => Promise.all(copies.map((copy) => rm(copy, { recursive: true, force: true }))));

/** The sources alone, in a folder with a name of its own. */
async function copyOfStorefront(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'banyan-storefront-'));
  copies.push(folder);
  const left = new Set(['node_modules', OUT, PLAN, 'test-results']);
  await cp(fixture, folder, { recursive: true, filter: (path) => !left.has(basename(path)) });
  return folder;
}

/** Hash of every file below a folder, by path; `except` names entries of the folder that are left out. */
async function hashesOf(folder: string, except: readonly string[] = []): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const kept = paths.filter((path) => !except.includes(path.split('/')[0] ?? '')).sort();
  const hash = async (path: string) =>
    createHash('sha256')
      .update(await readFile(join(folder, path)))
      .digest('hex');
  return Object.fromEntries(await Promise.all(kept.map(async (path) => [path, await hash(path)] as const)));
}

async function json(cwd: string, ...words: readonly string[]) {
  const { code, stdout, stderr } = await runBanyan([...words, '--json', '--quiet'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return { text: stdout, value: JSON.parse(stdout) };
}

const read = (root: string, path: string): Promise<string> => readFile(join(root, path), 'utf8');

interface Service {
  readonly id: string;
  readonly modules: readonly string[];
}

const modulesOf = (services: readonly Service[], id: string): readonly string[] =>
  services.find((service) => service.id === id)?.modules ?? [];

/** The line of a module under one service taken to the front of another's, as a person would move it. */
function moveModule(text: string, module: string, service: string): string {
  const lines = text.split('\n');
  const from = lines.indexOf(`      - ${module}`);
  const [line = ''] = lines.splice(from, 1);
  const head = lines.indexOf(`  ${service}:`);
  const list = lines.indexOf('    modules:', head);
  lines.splice(list + 1, 0, line);
  return lines.join('\n');
}

describe('analyze', () => {
  let root: string;
  let text: string;
  let model: Readonly<Record<string, readonly { readonly id?: string; readonly at?: { readonly file: string; readonly line: number } }[]>>;

  beforeAll(async () => {
    root = await copyOfStorefront();
    ({ text, value: model } = await json(root, 'analyze'));
  }, SLOW);

  test('finds exactly the routes of the running table', async () => {
    const expected = (await read(fixture, 'routes.txt')).trim().split('\n');
    expect(model.routes?.map(({ id }) => id).sort()).toEqual(expected.sort());
  });

  test('gives every fact a line of a file that is there', async () => {
    const facts = ['routes', 'triggers', 'tables', 'accesses', 'transactions', 'state', 'environment'].flatMap((kind) => model[kind] ?? []);
    expect(facts.length).toBeGreaterThan(300);
    const lines = new Map<string, number>();
    for (const { at } of facts) {
      const file = at?.file ?? 'no file';
      const known = lines.get(file) ?? (await read(root, file)).split('\n').length;
      lines.set(file, known);
      expect(at?.line).toBeGreaterThan(0);
      expect(at?.line).toBeLessThanOrEqual(known);
    }
  });

  test(
    'gives the same bytes again, here and in another folder',
    async () => {
      const other = await copyOfStorefront();
      const [here, there] = await Promise.all([json(root, 'analyze'), json(other, 'analyze', other)]);
      expect(here.text === text).toBe(true);
      expect(there.text === text).toBe(true);
    },
    SLOW,
  );
});

describe('plan', () => {
  test(
    'writes the plan once, keeps what a person writes into it and obeys it',
    async () => {
      const root = await copyOfStorefront();
      const before = await hashesOf(root);
      const first = (await json(root, 'plan')).value;
      expect(first.planFile).toEqual({ path: PLAN, action: 'created', written: true });
      const written = await read(root, PLAN);
      expect((await json(root, 'plan')).value.planFile.action).toBe('unchanged');
      expect(await read(root, PLAN)).toBe(written);

      const [renamed, other] = first.plan.services as readonly Service[];
      const moved = other?.modules[0];
      if (renamed === undefined || other === undefined || moved === undefined) throw new Error('two services with modules are expected');
      const edited = moveModule(written, moved, renamed.id).replace(
        `\n  ${renamed.id}:\n`,
        `\n  # the team of Ada\n  shopfront: # was ${renamed.id}\n`,
      );
      await writeFile(join(root, PLAN), edited);
      const { plan } = (await json(root, 'plan')).value;
      const after = await read(root, PLAN);
      expect(after).toContain(`\n  # the team of Ada\n  shopfront: # was ${renamed.id}\n`);
      expect(Object.keys(parse(after).services)).not.toContain(renamed.id);
      expect(parse(after).services.shopfront.modules).toContain(moved);
      expect(modulesOf(plan.services, 'shopfront')).toEqual(expect.arrayContaining([...renamed.modules, moved]));
      expect(modulesOf(plan.services, other.id)).not.toContain(moved);
      expect((await json(root, 'plan')).value.planFile.action).toBe('unchanged');
      expect(await hashesOf(root, [PLAN])).toEqual(before);
    },
    SLOW,
  );
});

describe('extract', () => {
  let root: string;
  let sources: Readonly<Record<string, string>>;

  beforeAll(async () => {
    root = await copyOfStorefront();
    sources = await hashesOf(root);
  });

  test(
    'shows a diff and writes nothing when asked to',
    async () => {
      const { code, stdout, stderr } = await runBanyan(['extract', '--dry-run'], { cwd: root });
      expect(stdout).toMatch(/^--- \/dev\/null\n\+\+\+ b\/gateway\//);
      expect(stdout).toContain('\n+++ b/services/');
      expect(stderr).toMatch(/\nNothing was written: this was a dry run\.\n$/);
      expect(code).toBe(0);
      expect(await hashesOf(root)).toEqual(sources);
    },
    SLOW,
  );

  test(
    'writes slices and plan, nothing else, and nothing a second time',
    async () => {
      const first = (await json(root, 'extract')).value;
      const written = await hashesOf(root);
      expect(first.slices.length).toBeGreaterThan(1);
      expect(first.files.length).toBeGreaterThan(100);
      expect(await hashesOf(root, [OUT, PLAN])).toEqual(sources);
      const again = (await json(root, 'extract')).value;
      expect(again.slices).toEqual(first.slices);
      expect(new Set(again.files.map(({ action }: { action: string }) => action))).toEqual(new Set(['unchanged']));
      expect(await hashesOf(root)).toEqual(written);
    },
    SLOW,
  );

  test('names no folder of this machine in any file', async () => {
    const places = [
      root,
      basename(root),
      tmpdir() === '/tmp' ? '/tmp/banyan-' : tmpdir(),
      fileURLToPath(new URL('../..', import.meta.url)),
    ];
    const paths = [PLAN, ...Object.keys(await hashesOf(join(root, OUT))).map((path) => `${OUT}/${path}`)];
    const telling: string[] = [];
    for (const path of paths) {
      const text = await read(root, path);
      if (places.some((place) => text.includes(place))) telling.push(path);
    }
    expect(telling).toEqual([]);
  });

  test(
    'keeps a file that a person edited, and writes no other',
    async () => {
      const path = Object.keys(await hashesOf(join(root, OUT, 'services'))).find((name) => /\/src\/.+\.ts$/.test(name)) ?? '';
      const edited = `services/${path}`;
      await writeFile(join(root, OUT, edited), `${await read(join(root, OUT), edited)}\n// looked at by Ada\n`);
      const before = await hashesOf(root);
      const { files } = (await json(root, 'extract')).value;
      const touched = files.filter(({ action }: { action: string }) => action !== 'unchanged');
      expect(touched).toEqual([{ path: edited, action: 'kept-edited' }]);
      expect(await hashesOf(root)).toEqual(before);
    },
    SLOW,
  );
});
