import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';

type Handler = (event: object, context: object) => Promise<Record<string, unknown>>;
type CreateHandler = (load: () => Promise<unknown>, beginRequest?: () => void) => Handler;

interface Lambda {
  readonly createHandler: CreateHandler;
  readonly requestScoped: <Cache extends object>(cache: Cache) => Cache;
  readonly beginRequest: () => void;
}

const generators = join(import.meta.dirname, '../../../generators');
const templates = join(generators, 'functions/templates');

const loadLambda = async (): Promise<CreateHandler> => (await loadModules()).createHandler;

/** The generated modules, as a bundle of a slice would contain them. */
async function loadModules(): Promise<Lambda> {
  const folder = await temporaryFolder();
  const outfile = join(folder, 'lambda.cjs');
  await build({
    stdin: {
      contents: "export { createHandler } from './lambda.ts.hbs'; export * from '../../extracted-source/templates/request-scope.ts.hbs';",
      resolveDir: templates,
    },
    plugins: [
      {
        name: 'templates',
        setup(pluginBuild) {
          pluginBuild.onResolve({ filter: /^\.\/(proof|connection)$/ }, ({ path }) => ({ path: join(templates, `${path}.ts.hbs`) }));
        },
      },
    ],
    loader: { '.hbs': 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
  });
  return (await import(pathToFileURL(outfile).href)) as Lambda;
}

const event = (more: object = {}) => ({
  version: '2.0',
  rawPath: '/books',
  rawQueryString: 'page=2',
  headers: {},
  requestContext: { http: { method: 'GET', path: '/books', protocol: 'HTTP/1.1', sourceIp: '203.0.113.9', userAgent: 'test' } },
  isBase64Encoded: false,
  ...more,
});

const answer =
  (headers: Record<string, string | string[]>, body: string | Buffer): RequestListener =>
  (_request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.end(body);
  };

afterEach(() => vi.unstubAllEnvs());

test.each([
  ['text as text', { 'content-type': 'application/json; charset=utf-8' }, '{"a":"ü"}', { body: '{"a":"ü"}', isBase64Encoded: false }],
  ['pictures as base64', { 'content-type': 'image/png' }, Buffer.from([137, 80, 0, 255]), { body: 'iVAA/w==', isBase64Encoded: true }],
  ['compressed text as base64', { 'content-type': 'text/plain', 'content-encoding': 'gzip' }, 'x', { body: 'eA==', isBase64Encoded: true }],
  [
    'other character sets as base64',
    { 'content-type': 'text/plain; charset=latin1' },
    Buffer.from([252]),
    { body: '/A==', isBase64Encoded: true },
  ],
  ['one cookie in the list', { 'set-cookie': 'a=1' }, '', { cookies: ['a=1'] }],
  ['several cookies in the list', { 'set-cookie': ['a=1', 'b=2'] }, '', { cookies: ['a=1', 'b=2'] }],
])('returns %s', async (_title, headers, body, expected) => {
  const createHandler = await loadLambda();
  expect(await createHandler(async () => answer(headers, body))(event(), {})).toMatchObject({ statusCode: 200, ...expected });
});

test.each([
  ['no body', {}, { url: '/books?page=2', body: 'undefined', length: undefined, text: '' }],
  ['a text body', { body: 'title', headers: { 'content-length': '5' } }, { text: 'title', length: '5' }],
  ['a binary body', { body: Buffer.from('title').toString('base64'), isBase64Encoded: true }, { text: 'title' }],
  ['cookies', { cookies: ['a=1', 'b=2'] }, { cookie: 'a=1; b=2' }],
  ['a plain connection', { headers: { 'x-forwarded-proto': 'http' } }, { secure: false }],
])('hands over a request with %s as a server would', async (_title, more, expected) => {
  const createHandler = await loadLambda();
  const echo: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { url, headers, socket } = request;
      const seen = {
        url,
        body: typeof (request as { body?: unknown }).body,
        length: headers['content-length'],
        cookie: headers.cookie,
        secure: (socket as { encrypted?: boolean }).encrypted,
      };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ...seen, text: Buffer.concat(chunks).toString() }));
    });
  };
  const result = await createHandler(async () => echo)(event(more), {});
  expect(JSON.parse(String(result.body))).toMatchObject(JSON.parse(JSON.stringify(expected)));
});

test('a request that no route takes is answered, even when that is clear only later', async () => {
  const createHandler = await loadLambda();
  // As Express's last handler does.
  const refuse: RequestListener = (request, response) => {
    const answerAtEnd = () => {
      request.once('end', () => {
        response.statusCode = 404;
        response.end();
      });
      request.resume();
    };
    setTimeout(answerAtEnd, 20);
  };
  expect(await createHandler(async () => refuse)(event(), {})).toMatchObject({ statusCode: 404 });
});

test('starts the application once and serves servers, too', async () => {
  const createHandler = await loadLambda();
  const load = vi.fn(async () => createServer(answer({}, 'here')));
  const handler = createHandler(load);
  expect([(await handler(event(), {})).body, (await handler(event(), {})).body]).toEqual(['here', 'here']);
  expect(load).toHaveBeenCalledTimes(1);
});

class LeastRecentlyUsed {
  private kept: string | undefined;
  get = (_key: string) => this.kept;
  set(_key: string, value: string) {
    this.kept = value;
  }
  reset() {
    this.kept = undefined;
  }
}

test.each([
  ['a map', () => new Map<string, string>()],
  ['a cache of a package', () => new LeastRecentlyUsed()],
  ['an object', () => asCache({})],
])('empties %s before each request, so that it answers with what is stored now', async (_title, make) => {
  const { createHandler, requestScoped, beginRequest } = await loadModules();
  const cache = requestScoped(make());
  let stored = 'first';
  const find = () => {
    if (cache.get('book') === undefined) cache.set('book', stored);
    return cache.get('book');
  };
  const application: RequestListener = (_request, response) => {
    find();
    response.end(find());
  };
  const ask = async (handler: Handler) => (await handler(event(), {})).body;
  const handler = createHandler(async () => application, beginRequest);
  expect(await ask(handler)).toBe('first');
  stored = 'second';
  expect(await ask(handler)).toBe('second');
  stored = 'third';
  expect(await ask(createHandler(async () => application))).toBe('second');
});

/** Plain objects have no methods of their own: these are kept out of sight. */
function asCache(entries: Record<string, string>) {
  return Object.defineProperties(entries, {
    get: { value: (key: string) => entries[key] },
    set: { value: (key: string, value: string) => Object.assign(entries, { [key]: value }) },
  }) as unknown as Pick<Map<string, string>, 'get' | 'set'>;
}

test('rejects every request with the error of the start', async () => {
  const createHandler = await loadLambda();
  const handler = createHandler(() => Promise.reject(new Error('no database')));
  await expect(handler(event(), {})).rejects.toThrow('no database');
  await expect(handler(event(), {})).rejects.toThrow('no database');
});

test('rejects before its time is over when no application is handed over', async () => {
  const createHandler = await loadLambda();
  const handler = createHandler(() => new Promise(() => undefined));
  await expect(handler(event(), { getRemainingTimeInMillis: () => 260 })).rejects.toThrow('did not hand over an application');
});

/** As Express runs it: layers of a route, each through a method of their prototype. */
function routed(stop: 'at-middleware' | 'at-handler'): RequestListener {
  class Layer {
    readonly method = 'get';
    readonly handle: (request: object, response: { end(text: string): void }) => void;
    constructor(handle: Layer['handle']) {
      this.handle = handle;
    }
    handle_request(request: object, response: { end(text: string): void }, _next: unknown) {
      this.handle(request, response);
    }
  }
  const guard = new Layer((_request, response) => (stop === 'at-middleware' ? response.end('stopped') : undefined));
  const own = new Layer((_request, response) => response.end('answered'));
  const listener: RequestListener = (request, response) => {
    Object.assign(request, { route: { path: '/:id', stack: [guard, own] } });
    guard.handle_request(request, response, undefined);
    if (stop === 'at-handler') own.handle_request(request, response, undefined);
  };
  return Object.assign(listener, { _router: { stack: [guard] } });
}

test.each([
  ['the handler when it was reached', '1', 'at-handler', 'GET /:id'],
  ['nothing when only middleware answered', '1', 'at-middleware', undefined],
  ['nothing outside a proof', '', 'at-handler', undefined],
] as const)('names %s', async (_title, proof, stop, expected) => {
  vi.stubEnv('BANYAN_PROOF', proof);
  const createHandler = await loadLambda();
  const result = await createHandler(async () => routed(stop))(event(), {});
  expect((result.headers as Record<string, string>)['x-banyan-handler']).toBe(expected);
});
