import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { failureOf } from '../../../src/serve/function-runtime/invocation-result.ts';
import { startFunctions } from '../../../src/serve/function-runtime/start-functions.ts';
import { eventually, isRunning, libraryFunction, makeFolder, startTestFunctions } from '../support.ts';

const limits = { limitMs: 30_000, traceId: 'Root=1-00000000-000000000000000000000000' };
const payloadOf = (result: { kind: string; payload?: string }) => JSON.parse(result.payload ?? 'null');

test('a function has the Lambda environment and of the caller only what it declares', async () => {
  const { pool } = await startTestFunctions(
    {
      probe: `export const handler = async (event, context) => ({
        variables: process.env, cwd: process.cwd(), event, name: context.functionName, left: context.getRemainingTimeInMillis(),
        offset: new Date(0).getTimezoneOffset(), id: context.awsRequestId, heap: process.execArgv,
      });`,
    },
    { environment: ['DATABASE_URL', 'ABSENT'], memoryMb: 256 },
    { DATABASE_URL: 'postgres://localhost/books', SECRET_OF_THE_CALLER: 'x', HOME: '/home/reader', NODE_ENV: 'test' },
  );
  const { variables, ...rest } = payloadOf(await pool.invoke('probe', { title: 'Emma' }, limits));
  expect(Object.keys(variables).sort()).toEqual(
    [
      ...['AWS_DEFAULT_REGION', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_NAME'],
      ...['AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME'],
      ...['AWS_LAMBDA_RUNTIME_API', 'AWS_REGION', 'BANYAN_PROOF', 'DATABASE_URL', 'HOME', 'LAMBDA_TASK_ROOT', 'LANG', 'NODE_ENV'],
      ...['PATH', 'TZ', '_HANDLER', '_X_AMZN_TRACE_ID'],
    ].sort(),
  );
  expect(variables).toMatchObject({ AWS_LAMBDA_FUNCTION_NAME: 'probe', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256', TZ: ':UTC' });
  expect(variables._X_AMZN_TRACE_ID).toBe(limits.traceId);
  expect(rest).toMatchObject({ cwd: variables.LAMBDA_TASK_ROOT, event: { title: 'Emma' }, name: 'probe', offset: 0 });
  expect(rest.heap).toEqual(['--max-old-space-size=256']);
  expect(rest.left).toBeGreaterThan(5_000);
});

test('an instance serves one invocation after another, keeps its memory, and stands still between them', async () => {
  const { pool, lines } = await startTestFunctions({
    counter: `let calls = 0; let ticks = 0;
      setInterval(() => { ticks += 1; }, 10);
      export const handler = async () => { console.log('call ' + ++calls); return { calls, ticks, pid: process.pid }; };`,
  });
  const first = payloadOf(await pool.invoke('counter', {}, limits));
  await new Promise((resolve) => setTimeout(resolve, 400));
  const second = payloadOf(await pool.invoke('counter', {}, limits));
  expect([first.calls, second.calls, second.pid]).toEqual([1, 2, first.pid]);
  expect(second.ticks - first.ticks).toBeLessThan(20);
  expect(lines()).toContain('counter | call 2');
});

test('concurrent invocations get instances of their own, up to the limit; then they wait', async () => {
  const { pool } = await startTestFunctions({
    slow: `let busy = 0; export const handler = async () => {
      busy += 1; await new Promise((resolve) => setTimeout(resolve, 150)); const seen = busy; busy -= 1; return { pid: process.pid, seen };
    };`,
  });
  const results = (await Promise.all(Array.from({ length: 6 }, () => pool.invoke('slow', {}, limits)))).map(payloadOf);
  expect(new Set(results.map((result) => result.pid)).size).toBe(4);
  expect(results.map((result) => result.seen)).toEqual([1, 1, 1, 1, 1, 1]);
});

test('rotating instances take turns, so that memory of the last request is not there for the next', async () => {
  const entry = 'let calls = 0; export const handler = async () => [process.pid, ++calls];';
  const { pool } = await startTestFunctions({ counter: entry }, {}, {}, {}, 'rotate');
  const results: [number, number][] = [];
  for (let index = 0; index < 5; index += 1) results.push(payloadOf(await pool.invoke('counter', {}, limits)));
  expect(results.map(([, calls]) => calls)).toEqual([1, 1, 2, 2, 3]);
  expect(new Set(results.map(([pid]) => pid)).size).toBe(2);
});

test('a crash ends one invocation; the next gets a new instance', async () => {
  const { pool } = await startTestFunctions({
    fragile: `export const handler = async (event) => { if (event.crash) process.exit(7); return process.pid; };`,
  });
  const before = payloadOf(await pool.invoke('fragile', {}, limits));
  expect(await pool.invoke('fragile', { crash: true }, limits)).toEqual({ kind: 'crashed', message: 'exited with code 7', output: [] });
  const after = payloadOf(await pool.invoke('fragile', {}, limits));
  expect(after).not.toBe(before);
});

test.each([
  [
    'throws while it loads',
    "throw new Error('no such table: shelves');",
    'could not start: Error: no such table: shelves',
    ['Error: no such table: shelves', '    at Object.<anonymous> (index.cjs'],
  ],
  [
    'gives up while it loads',
    "console.error('Error: no shelf at 10.0.0.1 for secret-password'); process.exit(3);",
    'could not start: the process exited with code 3 while loading: Error: no shelf at 10.0.0.1 for ***',
    ['the process exited with code 3 while loading', 'Error: no shelf at 10.0.0.1 for ***'],
  ],
  [
    'is killed by what nobody caught',
    "export const handler = () => new Promise(() => setTimeout(() => { throw new TypeError('the shelf fell over'); }, 10));",
    'ended while it answered: exited with code 1: TypeError: the shelf fell over',
    ['exited with code 1'],
  ],
  [
    'has lost its folder',
    "import { rmSync } from 'node:fs'; rmSync(process.cwd(), { recursive: true }); process.exit(3);",
    'could not start: the folder of its bundle is gone',
    ['the folder of its bundle is gone'],
  ],
])('a function that %s says why, in its log and in the result', async (_title, source, reason, details) => {
  const secret = { DATABASE_PASSWORD: 'secret-password' };
  const { pool, lines } = await startTestFunctions({ ill: source }, { environment: ['DATABASE_PASSWORD'] }, secret);
  await pool.invoke('ill', {}, limits);
  const failure = failureOf(await pool.invoke('ill', {}, limits));
  expect(failure?.reason).toBe(reason);
  expect(failure?.details.slice(0, details.length).map((line) => line.replace(/:\d+:\d+\)$/, ''))).toEqual(details);
  expect(lines()).toContain(`ill | ${reason}`);
});

test('what a function started stands still and ends with it; what escaped holds nothing up', async () => {
  const { pool } = await startTestFunctions({
    parent: `import { spawn } from 'node:child_process';
      export const handler = async () => [false, true].map((detached) => spawn('sleep', ['20'], { detached, stdio: 'inherit' }).pid);`,
  });
  const [child, escaped] = payloadOf(await pool.invoke('parent', {}, limits));
  const before = performance.now();
  await pool.stop();
  expect(performance.now() - before).toBeLessThan(5_000);
  expect(await eventually(() => !isRunning(child))).toBe(true);
  process.kill(escaped);
});

test('a deadline kills the instance, even in a busy loop', async () => {
  const { pool } = await startTestFunctions({
    endless: `export const handler = async (event) => { while (event.loop) {} return process.pid; };`,
  });
  const pid = payloadOf(await pool.invoke('endless', {}, limits));
  expect(await pool.invoke('endless', { loop: true }, { ...limits, limitMs: 200 })).toEqual({ kind: 'timeout', afterMs: 200 });
  expect(await eventually(() => !isRunning(pid))).toBe(true);
});

test.each([
  ['throws', `export const handler = async () => { throw new TypeError('no such book'); };`, 'handler-error', /TypeError: no such book/],
  ['calls back an error', `export const handler = (event, context, back) => back(new Error('torn'));`, 'handler-error', /torn/],
  ['fails while loading', `throw new Error('no shelf'); export const handler = () => 1;`, 'init-error', /no shelf/],
  ['exports no handler', `export const handle = () => 1;`, 'init-error', /index\.handler is not a function/],
  ['dies while loading', `process.exit(3); export const handler = () => 1;`, 'init-error', /exited with code 3 while loading/],
])('a function that %s is an error with its reason', async (_title, entry, kind, message) => {
  const { pool } = await startTestFunctions({ broken: entry });
  const result = await pool.invoke('broken', {}, limits);
  expect(result.kind).toBe(kind);
  expect('message' in result ? result.message : '').toMatch(message);
});

test('payloads over 6 MB are refused both ways', async () => {
  const { pool } = await startTestFunctions({ echo: `export const handler = (e, c, back) => back(null, 'x'.repeat(e.size ?? 1));` });
  expect(await pool.invoke('echo', { size: 1 }, limits)).toEqual({ kind: 'success', payload: '"x"' });
  expect((await pool.invoke('echo', { size: 6_300_000 }, limits)).kind).toBe('response-too-large');
  expect((await pool.invoke('echo', { text: 'x'.repeat(6_300_000) }, limits)).kind).toBe('request-too-large');
});

test('a bundle has the module format of its package, and the files its code reads beside it', async () => {
  const entry = `import { readFileSync } from 'node:fs'; import { extname } from 'node:path';
    import { folder } from '../folder.cjs';
    const text = readFileSync(folder + '/views/title.txt', 'utf8');
    export const handler = async () => extname(import.meta.url) + ' ' + text;`;
  for (const [type, expected] of [
    ['module', '.mjs Emma'],
    ['commonjs', '.cjs Emma'],
  ]) {
    const { pool } = await startTestFunctions(
      { place: entry },
      {},
      {},
      {
        'services/library/package.json': JSON.stringify({ type }),
        'services/library/src/folder.cjs': 'exports.folder = __dirname;',
        'services/library/views/title.txt': 'Emma',
      },
    );
    expect(payloadOf(await pool.invoke('place', {}, limits))).toBe(expected);
  }
});

test('native packages and absent optional ones stay outside a bundle', async () => {
  const { pool } = await startTestFunctions(
    { crypt: `import { hash, fast } from 'hashing'; export const handler = async () => hash('Emma') + ' ' + fast;` },
    {},
    {},
    {
      'node_modules/hashing/package.json': '{"name":"hashing","main":"index.js"}',
      'node_modules/hashing/index.js': `exports.hash = require('hashing-native').hash; exports.fast = false; exports.load = () => require('not-installed');`,
      'node_modules/hashing-native/package.json': '{"name":"hashing-native","gypfile":true}',
      'node_modules/hashing-native/index.js': `exports.hash = (text) => text.length + __dirname.split('/').slice(-2).join('/');`,
    },
  );
  expect(payloadOf(await pool.invoke('crypt', {}, limits))).toBe('4node_modules/hashing-native false');
});

test('a bundle that cannot be made is told with file and line, and nothing stays behind', async () => {
  const out = makeFolder({ 'services/library/src/functions/lost.ts': "\nimport './nowhere.ts';" });
  const attempt = await startFunctions({
    functions: [libraryFunction('lost')],
    out,
    root: out,
    values: {},
    proof: 'off',
    instances: 'reuse',
    events: () => {},
  });
  expect(attempt).toMatchObject({ kind: 'failed' });
  expect(attempt.kind === 'failed' && attempt.failure.what).toMatch(/^lost: .*lost\.ts:2 Could not resolve "\.\/nowhere\.ts"/);
});

test('stopping ends idle, frozen instances', async () => {
  const { pool } = await startTestFunctions({ still: 'export const handler = async () => process.pid;' });
  const pid = payloadOf(await pool.invoke('still', {}, limits));
  await pool.stop();
  expect(isRunning(pid)).toBe(false);
  expect(await pool.invoke('still', {}, limits)).toEqual({ kind: 'stopped' });
});

test.skipIf(process.platform === 'win32')('a frozen function does not outlive a killed Banyan', async () => {
  const folder = makeFolder({
    'main.mts': `
      import { createFunctionPool } from ${JSON.stringify(fileURLToPath(new URL('../../../src/serve/function-runtime/function-pool.ts', import.meta.url)))};
      const pool = await createFunctionPool({
        functions: [{ name: 'still', service: 'library', entry: '', memoryMb: 128, timeoutSeconds: 5, environment: [] }],
        taskRoots: new Map([['still', ${JSON.stringify('FOLDER')}.replace('FOLDER', import.meta.dirname)]]),
        folder: import.meta.dirname, values: { PATH: process.env.PATH }, proof: 'off', instances: 'reuse', onLine: () => {},
      });
      console.log((await pool.invoke('still', {}, { limitMs: 5000, traceId: '' })).payload);
      setInterval(() => {}, 1000);
    `,
    'index.cjs': 'exports.handler = async () => process.pid;',
  });
  const banyan = spawn(process.execPath, ['--import', 'tsx', `${folder}/main.mts`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
  });
  const [line] = (await once(banyan.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  expect(isRunning(pid)).toBe(true);
  banyan.kill('SIGKILL');
  expect(await eventually(() => !isRunning(pid))).toBe(true);
});

test('a package that reads data beside its own code finds it, and what it needs', async () => {
  const { pool } = await startTestFunctions(
    { ranges: "import { groupOf } from 'isbn-ranges'; export const handler = async () => groupOf('978-3');" },
    {},
    {},
    {
      'services/library/package.json': '{ "dependencies": { "isbn-ranges": "1.0.0" } }',
      'services/library/node_modules/isbn-ranges/package.json': '{ "name": "isbn-ranges", "dependencies": { "isbn-text": "1.0.0" } }',
      'services/library/node_modules/isbn-ranges/index.js': `const { join } = require('node:path');
        const lines = require('isbn-text')(join(__dirname, 'data', 'ranges.dat'));
        exports.groupOf = (prefix) => lines.find((line) => line.startsWith(prefix)).split(' ')[1];`,
      'services/library/node_modules/isbn-ranges/data/ranges.dat': '978-2 French\n978-3 German\n',
      'services/library/node_modules/isbn-text/package.json': '{ "name": "isbn-text" }',
      'services/library/node_modules/isbn-text/index.js':
        "module.exports = (file) => require('node:fs').readFileSync(file, 'utf8').split('\\n');",
    },
  );
  expect(payloadOf(await pool.invoke('ranges', {}, limits))).toBe('German');
});
