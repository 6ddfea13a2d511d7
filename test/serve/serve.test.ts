import { createServer } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { listenOnLoopback } from '../../src/serve/loopback.ts';
import { type ServeInput, serve } from '../../src/serve/serve.ts';
import { library, makeBookshop } from '../verify/bookshop.ts';
import { ask } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

const inputFor = async (changes: Partial<ServeInput> = {}): Promise<ServeInput> => ({
  ...(await makeBookshop()),
  slices: [library],
  port: 0,
  environment: { PATH: process.env.PATH },
  events: () => {},
  signal: new AbortController().signal,
  ...changes,
});

const refused = { code: 'ECONNREFUSED' };

test('moved routes are answered by functions, others by the monolith, until the signal ends all', async () => {
  const controller = new AbortController();
  const started = await serve(await inputFor({ signal: controller.signal }));
  if (started.kind === 'failed') throw new Error(started.failure.what);
  const { url } = started.value;
  const [cover, readers] = [await ask(`${url}/api/books/7/cover`), await ask(`${url}/api/readers`)];
  expect([cover.status, cover.headers['x-banyan-served-by'], cover.bytes]).toEqual([
    200,
    'books-api',
    Buffer.from([0x89, 0x50, 0xff, 0x00]),
  ]);
  expect([readers.status, readers.headers['x-banyan-served-by'], readers.text]).toEqual([200, 'monolith', '["Jane"]']);
  controller.abort();
  await started.value.stop();
  await expect(ask(url)).rejects.toMatchObject(refused);
});

test('what cannot be started is told: no command, a taken port', async () => {
  const input = await inputFor();
  const { start: _start, ...without } = input.configuration;
  expect(await serve({ ...input, configuration: without })).toMatchObject({
    kind: 'failed',
    failure: { what: 'no command starts the monolith' },
  });
  const server = createServer();
  const port = await listenOnLoopback(server, 0);
  onTestFinished(() => void server.close());
  expect(await serve({ ...input, port })).toMatchObject({ kind: 'failed', failure: { what: `port ${port} is in use` } });
});
