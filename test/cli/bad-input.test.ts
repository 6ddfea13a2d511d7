import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bookshop } from '../support/bookshop.ts';
import { runBanyan } from '../support/command-line.ts';
import { readFiles, temporaryFolder } from '../support/temporary-folder.ts';

type Files = Readonly<Record<string, string>>;

/** Runs the real command line in a folder that holds `shop/`, and returns how it ended and every file afterwards. */
async function runIn(files: Files, words: readonly string[], folders: readonly string[] = []) {
  const cwd = await temporaryFolder(files);
  for (const folder of folders) await mkdir(join(cwd, folder), { recursive: true });
  const result = await runBanyan([...words, '--quiet'], { cwd });
  return { ...result, stderr: result.stderr.replaceAll(`${cwd}/`, ''), files: await readFiles(cwd) };
}

const inFolder = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

const shop = (more: Files = {}): Files => inFolder('shop', { ...bookshop, ...more });

const without = (path: string): Files => Object.fromEntries(Object.entries(shop()).filter(([name]) => name !== `shop/${path}`));

const SERVICES = 'version: 1\nservices:\n  books:\n    modules:\n      - src/books.ts\n';

/** Exit code 2, nothing on stdout, no file made or changed: title, files, words, what is told, folders to make. */
const refused: readonly (readonly [string, Files, string, string, (readonly string[])?])[] = [
  ['an empty folder', {}, 'analyze shop', 'shop holds no TypeScript or JavaScript files', ['shop']],
  ['a folder that does not exist', {}, 'analyze shop', 'shop does not exist\n  Name the folder'],
  ['a folder to extract that does not exist', {}, 'extract --root shop', 'shop does not exist\n  Name the folder'],
  ['a folder to serve that does not exist', {}, 'serve --root shop', 'shop does not exist\n  Name the folder'],
  ['a file instead of a folder', { shop: 'books\n' }, 'plan shop', 'shop is a file\n  Name the folder'],
  ['an unknown flag', shop(), 'analyze shop --jsno', `unknown option '--jsno'\n(Did you mean --json?)\n  Run "banyan analyze --help"`],
  ['an unknown command', shop(), 'anlyze shop', `unknown command 'anlyze'\n(Did you mean analyze?)\n  Run "banyan --help"`],
  ['an unknown slice', shop(), 'extract bokos --root shop', 'the plan has no service "bokos"; it has: books'],
  ['a proof before the extraction', shop(), 'verify --root shop', 'shop/banyan-out holds no extracted slice\n  Run "banyan extract" first'],
  [
    'a gateway before the extraction',
    shop(),
    'serve --root shop',
    'shop/banyan-out holds no extracted slice\n  Run "banyan extract" first',
  ],
  [
    'a plan that is no YAML',
    shop({ 'banyan.plan.yaml': 'version: 1\nservices: [\n' }),
    'plan shop',
    'banyan.plan.yaml:3:1 is no valid YAML',
  ],
  ['an alias without anchor', shop({ 'banyan.plan.yaml': '*books\n' }), 'plan shop', 'banyan.plan.yaml is no valid YAML: Unresolved alias'],
  ['an empty plan', shop({ 'banyan.plan.yaml': '' }), 'plan shop', 'banyan.plan.yaml:1:1 version: must be 1'],
  [
    'a wrong type',
    shop({ 'banyan.plan.yaml': 'version: 1\nservices:\n  books: lambda\n' }),
    'plan shop',
    'banyan.plan.yaml:3:3 services.books: expected a map, found a text',
  ],
  [
    'an unknown key',
    shop({ 'banyan.plan.yaml': SERVICES.replace('modules', 'modles') }),
    'extract --root shop',
    'banyan.plan.yaml:4:5 unknown key "services.books.modles"\n  Did you mean "modules"?',
  ],
  [
    'a module in two services',
    shop({ 'banyan.plan.yaml': `${SERVICES}  orders:\n    modules: [src/books.ts]\n` }),
    'plan shop',
    'banyan.plan.yaml:7:15 module "src/books.ts" already has a place in line 5',
  ],
  ['a folder in place of the plan', shop(), 'plan shop', 'banyan.plan.yaml cannot be read: it is a folder', ['shop/banyan.plan.yaml']],
  ['a configuration that is no YAML', shop({ 'banyan.config.yaml': '{' }), 'analyze shop', 'banyan.config.yaml:1:2 is no valid YAML'],
  [
    'a wrong value',
    shop({ 'banyan.config.yaml': 'verify: { port: many }\n' }),
    'analyze shop',
    'banyan.config.yaml:1:11 verify.port: expected a number, found a text',
  ],
  [
    'an unknown setting',
    shop({ 'banyan.config.yaml': 'verfy: {}\n' }),
    'analyze shop',
    'banyan.config.yaml:1:1 unknown key "verfy"\n  Did you mean "verify"?',
  ],
  [
    'a file in place of the output folder',
    shop({ 'banyan-out': '' }),
    'extract --root shop',
    'shop/banyan-out cannot be written: a file stands where a folder is needed',
  ],
  [
    'an output folder below a file',
    { ...shop(), out: '' },
    'extract --root shop --out out/books',
    'out/books cannot be written: a file stands where a folder is needed',
  ],
  [
    'an output folder where nothing can be made',
    shop(),
    'extract --root shop --out /proc/banyan/out',
    '/proc/banyan/out cannot be written',
  ],
  [
    'a foreign output folder',
    { ...shop(), 'out/thesis.md': 'mine' },
    'extract --root shop --out out',
    'out holds "thesis.md", which Banyan did not write',
  ],
  ['the monolith as the output folder', shop(), 'extract --root shop --out shop', 'the output folder shop is the monolith shop'],
  [
    'an output folder around the monolith',
    inFolder('all', shop()),
    'extract --root all/shop --out all',
    'the output folder all contains the monolith all/shop',
  ],
  [
    'an output folder among the sources',
    shop(),
    'extract --root shop --out shop/src/slices',
    'the output folder shop/src/slices lies among sources of the monolith, such as src/books.ts',
  ],
  ['an output folder of other tools', shop(), 'extract --root shop --out shop/.git/out', 'the output folder shop/.git/out lies in .git'],
];

describe('is refused without a trace', () => {
  test.for(refused)('%s', async ([_title, files, words, message, folders]) => {
    const result = await runIn(files, words.split(' '), folders);
    expect(result.stderr).toContain(`banyan: ${message}`);
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect(result).toMatchObject({ code: 2, stdout: '', files });
  });
});

/** Found, told with its place, and the rest is analyzed: title, files, exit code, finding, routes. */
const survived: readonly (readonly [string, Files, number, string | undefined, number])[] = [
  ['a folder without tsconfig', without('tsconfig.json'), 0, undefined, 2],
  ['a folder without package.json', without('package.json'), 0, undefined, 2],
  ['a syntax error in one file', shop({ 'src/loans.ts': 'export const = 3;\n' }), 1, 'syntax-error src/loans.ts:1', 2],
  ['a missing dependency', shop({ 'src/loans.ts': "import './gone.ts';\n" }), 0, 'unresolved-import src/loans.ts:1', 2],
  ['a broken package.json', shop({ 'package.json': '{\n  "name" "bookshop"\n}\n' }), 1, 'unreadable-file package.json:2', 2],
  ['a broken tsconfig', shop({ 'tsconfig.json': '{\n  "compilerOptions": {\n' }), 1, 'unreadable-file tsconfig.json:2', 2],
  ['an entry that is not there', shop({ 'banyan.config.yaml': 'entries: [src/sever.ts]\n' }), 1, 'configured-entry-missing', 2],
];

test.for(survived)('%s is survived', async ([_title, files, code, finding, routes]) => {
  const result = await runIn(files, ['analyze', 'shop', '--json']);
  const model = JSON.parse(result.stdout);
  const found = model.diagnostics.map(({ code, at }: { code: string; at?: { file: string; line: number } }) =>
    [code, ...(at === undefined ? [] : [`${at.file}:${at.line}`])].join(' '),
  );
  expect(found).toEqual(finding === undefined ? [] : [finding]);
  expect(model.routes).toHaveLength(routes);
  expect(result).toMatchObject({ code, stderr: '', files });
});

test('a plan is not made without a file that cannot be read', async () => {
  const files = shop({ 'src/loans.ts': 'export const = 3;\n' });
  const result = await runIn(files, ['plan', 'shop']);
  expect(result.stdout).toContain('banyan.plan.yaml: not created, because src/loans.ts cannot be read; correct it, or exclude it');
  expect(result).toMatchObject({ code: 1, files });
});
