import { expect, test } from 'vitest';
import { startMonolith } from '../../src/serve/monolith-process.ts';
import { ask, makeFolder } from './support.ts';

const SERVER = `require('node:http').createServer((q, s) => s.writeHead(404).end(process.env.SHELF + process.env.PORT)).listen(Number(PORT_HERE), HOST);
  console.log('shelves open');`;

const start = (
  script: string,
  changes: { readonly start?: string; readonly readyTimeoutSeconds?: number; readonly signal?: AbortSignal } = {},
) =>
  startMonolith({
    start: 'node server.cjs {port}',
    root: makeFolder({ 'server.cjs': script }),
    ready: '/health',
    readyTimeoutSeconds: 10,
    environment: { PATH: process.env.PATH, SHELF: 'poetry ' },
    events: () => {},
    signal: new AbortController().signal,
    ...changes,
  });

test.each([
  ['the {port} of its command', 'process.argv[2]', "'127.0.0.1'"],
  ['the PORT variable', 'process.env.PORT', 'undefined'],
  ['IPv6 only', 'process.env.PORT', "'::1'"],
])('starts a monolith that listens on %s', async (_title, port, host) => {
  const attempt = await start(SERVER.replace('PORT_HERE', port).replace('HOST', host));
  if (attempt.kind === 'failed') throw new Error(attempt.failure.what);
  const monolith = attempt.value;
  const { status, text } = await ask(`${monolith.url}/any`);
  expect([status, text]).toEqual([404, `poetry ${new URL(monolith.url).port}`]);
  await monolith.stop();
  await expect(ask(monolith.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a monolith that ends before it answers is told with its last lines', async () => {
  const attempt = await start("console.error('no DATABASE_URL'); process.exit(2);");
  expect(attempt).toMatchObject({
    kind: 'failed',
    failure: { what: expect.stringMatching(/exited with code 2 before it answered/), details: ['no DATABASE_URL'] },
  });
});

test('a monolith that never answers is told and stopped', async () => {
  const attempt = await start("console.log('thinking'); setInterval(() => {}, 1000);", { readyTimeoutSeconds: 0.5 });
  expect(attempt).toMatchObject({
    kind: 'failed',
    failure: { what: expect.stringMatching(/did not answer \/health within 0\.5 s/), details: ['thinking'] },
  });
});

test('aborting while it starts stops it', async () => {
  const controller = new AbortController();
  const starting = start('setInterval(() => {}, 1000);', { signal: controller.signal });
  setTimeout(() => controller.abort(), 100);
  await expect(starting).rejects.toMatchObject({ name: 'AbortError' });
});
