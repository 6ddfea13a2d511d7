import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { findFreePort } from '../../src/serve/loopback.ts';
import { ask, makeFolder } from '../serve/support.ts';

// The real command line, with a monolith, functions and a suite below it, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const repository = fileURLToPath(new URL('../../', import.meta.url));
const banyan = join(repository, 'bin/banyan.js');

const SHOP = {
  'package.json': '{"name":"bookshop","scripts":{"start":"tsx src/server.ts"},"dependencies":{"express":"4"}}',
  'banyan.plan.yaml': 'version: 1\nservices:\n  bookshop:\n    modules: [src/books.ts]\n    routes: [GET /books]\n',
  'tsconfig.json': '{"compilerOptions":{"esModuleInterop":true,"module":"commonjs","target":"es2022"}}',
  'src/books.ts': `import { Router } from 'express';
    export const books = Router();
    books.get('/', (_request, response) => { response.json({ items: ['Emma'] }); });`,
  'src/server.ts': `import express from 'express';
    import { books } from './books';
    const app = express();
    app.use('/books', books);
    app.listen(Number(process.env.PORT));`,
  'suite.mjs': `import { writeFileSync } from 'node:fs';
    const { status } = await fetch(process.argv[2] + '/books');
    const result = { fullName: 'lists books', status: status === 200 ? 'passed' : 'failed' };
    writeFileSync('report.json', JSON.stringify({ testResults: [{ name: process.cwd() + '/suite.mjs', assertionResults: [result] }] }));`,
};

let extracted: string;

beforeAll(async () => {
  expect(existsSync(join(banyan, '../../dist/src/main.js')), 'built: npm run build').toBe(true);
  extracted = mkdtempSync(join(tmpdir(), 'banyan-shop-'));
  for (const [path, text] of Object.entries(SHOP)) {
    mkdirSync(dirname(join(extracted, path)), { recursive: true });
    writeFileSync(join(extracted, path), text);
  }
  expect((await run(extracted, 'extract')).code).toBe(0);
  // The checks that start compilers have tests of their own.
  rmSync(join(extracted, 'banyan-out/infrastructure'), { recursive: true });
  rmSync(join(extracted, 'banyan-out/services/bookshop/tsconfig.json'));
});
afterAll(() => rmSync(extracted, { recursive: true, force: true }));

/** A copy of a bookshop with a slice, as the command line extracts it. */
async function makeShop(command = 'node suite.mjs {url}') {
  const port = await findFreePort();
  const verify = {
    start: 'node --import tsx src/server.ts',
    ready: '/books',
    port,
    test: { command, results: 'report.json', format: 'jest-json' },
  };
  const root = makeFolder({ 'banyan.config.json': JSON.stringify({ verify }) });
  cpSync(extracted, root, { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'), 'junction');
  return { root, port };
}

/** Runs Banyan until it ends by itself; `onOutput` sees what it has said so far. */
function run(root: string, command: string, onOutput: (said: string, process: ReturnType<typeof spawn>) => void = () => {}) {
  return new Promise<{ readonly code: number | null; readonly said: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [banyan, ...command.split(' ')], { cwd: root });
    let said = '';
    const hear = (bytes: Buffer): void => {
      said += bytes.toString();
      onOutput(said, child);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    const limit = setTimeout(() => child.kill('SIGKILL'), 60_000);
    child.once('exit', (code) => {
      clearTimeout(limit);
      resolve({ code, said });
    });
  });
}

const rewrite = (root: string, change: (text: string) => string): void => {
  const entry = join(root, 'banyan-out/services/bookshop/src/functions/bookshop-api.ts');
  writeFileSync(entry, change(readFileSync(entry, 'utf8')));
};

test.each<[string, (text: string) => string, RegExp]>([
  [
    'cannot be started at all',
    (text) => `import { rmSync } from 'node:fs'; rmSync(process.cwd(), { recursive: true }); process.exit(3);\n${text}`,
    /bookshop-api could not start: the process exited with code 3 while loading/,
  ],
  [
    'ends at its first request, and leaves a process behind that holds its output',
    (text) =>
      `import { spawn } from 'node:child_process';\n${text.replace(
        'async () => {',
        `async () => {
          spawn('sleep', ['90'], { detached: true, stdio: 'inherit' });
          console.error('Error: the shelf fell over');
          process.exit(4);`,
      )}`,
    /bookshop-api ended while it answered: exited with code 4: Error: the shelf fell over/,
  ],
])('verify ends by itself and says why when a function %s', async (_title, change, why) => {
  const { root } = await makeShop();
  rewrite(root, change);
  const { code, said } = await run(root, 'verify --quiet --no-stateless');
  expect(said).toMatch(why);
  expect(said).toMatch(/^functions +bookshop +failed/m);
  expect(code).toBe(1);
});

test('an interrupt in the middle of the suite ends verify with 130 and everything it started', async () => {
  const { root, port } = await makeShop('node -e "setInterval(()=>{},1000)"');
  let interrupted = false;
  const { code, said } = await run(root, 'verify', (heard, child) => {
    // A second one would end the process at once, as people expect.
    if (!interrupted && heard.includes('test (monolith)')) interrupted = child.kill('SIGINT');
  });
  expect(said).toContain('everything that was started is stopped');
  expect(code).toBe(130);
  await expect(ask(`http://127.0.0.1:${port}/books`)).rejects.toThrow();
});

test('serve answers until it is told to end, and then ends, with connections open', async () => {
  const { root, port } = await makeShop();
  const answers: Promise<number>[] = [];
  const { said } = await run(root, 'serve', (heard, child) => {
    if (answers.length > 0 || !heard.includes('Gateway at')) return;
    // `fetch` keeps its connection.
    const answer = fetch(`http://127.0.0.1:${port}/books`).then(({ status }) => status);
    answers.push(answer);
    void answer.finally(() => child.kill('SIGTERM'));
  });
  expect(said).toContain(`Gateway at http://127.0.0.1:${port}`);
  expect(await answers[0]).toBe(200);
  await expect(ask(`http://127.0.0.1:${port}/books`)).rejects.toThrow();
});
