import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { PipelineEvent } from '../../src/model/events.ts';
import type { GatewayFunction, GatewayRoute } from '../../src/model/gateway-table.ts';
import { toRouteId, toServiceId } from '../../src/model/ids.ts';
import { startFunctions } from '../../src/serve/function-runtime/start-functions.ts';

/** A temporary folder with these files, removed when the test has finished. */
export function makeFolder(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'banyan-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

export const libraryFunction = (name: string, changes: Partial<GatewayFunction> = {}): GatewayFunction => ({
  name,
  service: toServiceId('library'),
  entry: `services/library/src/functions/${name}.ts`,
  memoryMb: 128,
  timeoutSeconds: 10,
  environment: [],
  ...changes,
});

/** `GET /books/{id}` as a route; with a function, it has moved. */
export function route(order: number, text: string, functionName?: string, localPath?: string): GatewayRoute {
  const [method = '', path = ''] = text.split(' ');
  const target = {
    service: toServiceId('library'),
    function: functionName ?? '',
    weight: 100,
    localPath: localPath ?? path.replace(/\{([^}+]+)\+?\}/g, ':$1'),
  };
  return { id: toRouteId(method, path), method, path, order, ...(functionName === undefined ? {} : { target }) };
}

/** Starts functions from the text of their entry files; stopped when the test has finished. */
export async function startTestFunctions(
  entries: Readonly<Record<string, string>>,
  changes: Partial<GatewayFunction> = {},
  values: NodeJS.ProcessEnv = {},
  files: Readonly<Record<string, string>> = {},
  instances: 'reuse' | 'rotate' = 'reuse',
) {
  const sources = Object.entries(entries).map(([name, text]) => [`services/library/src/functions/${name}.ts`, text]);
  const out = makeFolder({ ...files, ...Object.fromEntries(sources) });
  const events: PipelineEvent[] = [];
  const attempt = await startFunctions({
    functions: Object.keys(entries).map((name) => libraryFunction(name, changes)),
    out,
    root: out,
    values: { PATH: process.env.PATH, ...values },
    proof: 'on',
    instances,
    events: (event) => events.push(event),
  });
  if (attempt.kind === 'failed') throw new Error(attempt.failure.details.join('\n'));
  const pool = attempt.value;
  onTestFinished(() => pool.stop());
  const lines = (): string[] => events.flatMap((event) => (event.type === 'log' ? [event.text] : []));
  return { pool, lines };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly bytes: Buffer;
  readonly text: string;
}

/** One request over a connection of its own. */
export function ask(
  url: string,
  options: { readonly method?: string; readonly headers?: Record<string, string | string[]>; readonly body?: string | Buffer } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method: options.method ?? 'GET', headers: options.headers ?? {}, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(parts);
        const { statusCode = 0, headers, rawHeaders } = response;
        resolve({ status: statusCode, headers, rawHeaders, bytes, text: bytes.toString() });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

/** Whether a process exists (a zombie does not count). */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export async function eventually(condition: () => boolean, limitMs = 5_000): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline) {
    if (condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return condition();
}
