import { describe, expect, test } from 'vitest';
import { addressesOf, analyzeFiles, fileRoutesOf } from '../../support/file-routes.ts';

describe('addresses', () => {
  test.each<[string, string, readonly string[]]>([
    ['a folder', 'app/api/books/route.ts', ['GET /api/books']],
    ['below src', 'src/app/api/books/route.ts', ['GET /api/books']],
    ['a parameter', 'app/api/books/[id]/route.ts', ['GET /api/books/{id}']],
    ['the rest of the path', 'app/api/shelves/[...place]/route.ts', ['GET /api/shelves/{place+}']],
    ['the rest of the path, or nothing', 'app/api/shelves/[[...place]]/route.ts', ['GET /api/shelves', 'GET /api/shelves/{place+}']],
    ['groups and slots', 'app/(shop)/@cart/api/books/route.ts', ['GET /api/books']],
    ['a name with a dot', 'app/feed.xml/route.ts', ['GET /feed.xml']],
    ['the root', 'app/route.ts', ['GET /']],
    ['a private folder', 'app/_internal/route.ts', []],
    ['another module of the folder', 'app/api/books/list.ts', []],
  ])('%s', (_title, path, expected) => expect(addressesOf('next', 'export function GET() {}', [path])).toEqual(expected));

  test.each<[string, string, readonly string[]]>([
    ['a module', 'pages/api/books.ts', ['ALL /api/books']],
    ['the index', 'src/pages/api/books/index.ts', ['ALL /api/books']],
    ['a parameter', 'pages/api/books/[id].ts', ['ALL /api/books/{id}']],
    ['the rest of the path', 'pages/api/auth/[...nextauth].ts', ['ALL /api/auth/{nextauth+}']],
    ['a page', 'pages/books.tsx', []],
  ])('%s of pages', (_title, path, expected) =>
    expect(addressesOf('next', 'export default function handler() {}', [path])).toEqual(expected),
  );
});

describe('methods of pages/api', () => {
  test.each<[string, string, readonly string[]]>([
    ['a comparison', `export default function handler(req, res) { if (req.method !== 'POST') return res.status(405).end(); }`, ['POST']],
    [
      'a switch',
      `export default function handler(req, res) { switch (req.method) { case 'GET': return list(); case 'DELETE': return remove(); } }`,
      ['DELETE', 'GET'],
    ],
    ['a name', `export default function handler(req, res) { const { method } = req; if (method === 'PUT') return; }`, ['PUT']],
    ['preflight only', `export default function handler(req, res) { if (req.method === 'OPTIONS') return res.end(); }`, ['ALL']],
    [
      'an else that answers',
      `export default async function handler(req, res) { if (req.method === 'POST') { res.json({}); } else { res.json([]); } }`,
      ['ALL'],
    ],
    [
      'an else that refuses',
      `export default async function handler(req, res) { if (req.method === 'POST') { res.json({}); } else { res.status(405).json({}); } }`,
      ['POST'],
    ],
    [
      'a default that answers',
      `export default async function handler(req, res) { switch (req.method) { case 'DELETE': return res.json({}); default: return res.json([]); } }`,
      ['ALL'],
    ],
    [
      'a default that refuses',
      `export default async function handler(req, res) { switch (req.method) { case 'GET': return res.json([]); default: res.status(405); } }`,
      ['GET'],
    ],
    [
      'a default that refuses in two steps',
      `export default async function handler(req, res) { switch (req.method) { case 'GET': return res.json([]); default: res.status(405); res.json({}); } }`,
      ['GET'],
    ],
    [
      'what follows answers',
      `export default async function handler(req, res) { if (req.method === 'POST') { return res.json({}); } res.json([]); }`,
      ['ALL'],
    ],
    [
      'what follows refuses',
      `export default async function handler(req, res) { if (req.method === 'POST') { return res.json({}); } if (req.method === 'GET') { return res.json([]); } res.status(405).json({}); }`,
      ['GET', 'POST'],
    ],
    [
      'a guard',
      `export default async function handler(req, res) { if (req.method !== 'GET' && req.method !== 'PUT') { return res.status(405).json({}); } res.json([]); }`,
      ['GET', 'PUT'],
    ],
    [
      'an else that calls what answers',
      `export default (req, res) => { if (req.method === 'POST') { return res.json({}); } else return list(res); }; const list = (res) => res.json([]);`,
      ['ALL'],
    ],
    ['an object', `export default byMethod({ GET: list, POST: create });`, ['GET', 'POST']],
    ['nothing that says so', `export default async (req, res) => res.json([]);`, ['ALL']],
    [
      'a router of next-connect',
      `import { createRouter } from 'next-connect'; const router = createRouter(); router.get(list).post(create); export default router.handler();`,
      ['GET', 'POST'],
    ],
  ])('%s', (_title, code, expected) => {
    const { routes } = analyzeFiles({ dependencies: ['next'], files: { 'pages/api/books.ts': code } });
    expect(routes.map(({ method }) => method).sort()).toEqual(expected);
  });
});

describe('handlers', () => {
  test('are the functions that are exported, wrappers taken off', () => {
    const files = {
      'app/api/books/route.ts': `
        import { withAuthor } from '../../../author';
        import { remove } from './remove';
        import { handlers } from 'books-auth';
        export const GET = withAuthor(async function list(request) {});
        export { remove as DELETE };
        export async function POST(request) {}
        export const { PUT } = handlers;
        export const dynamic = 'force-dynamic';`,
      'app/api/books/remove.ts': 'export const remove = () => {};',
      'author.ts': 'export const withAuthor = (handler) => (request) => handler(request);',
    };
    expect(fileRoutesOf({ dependencies: ['next'], files })).toEqual([
      'DELETE /api/books → app/api/books/remove.ts#remove',
      'GET /api/books → app/api/books/route.ts#GET.<function 5:39>',
      'POST /api/books → app/api/books/route.ts#POST',
      'PUT /api/books → app/api/books/route.ts#PUT',
    ]);
  });
});

test('an adapter that hands over something of its own leads to what it adapts', () => {
  const files = {
    'app/api/books/route.ts': `import { withShop } from '../../../shop'; export const GET = withShop(async ({ shop }) => {});`,
    'shop.ts': `import { getServerSession } from 'next-auth'; export const withShop = (handler) => async (request) => { const session = await getServerSession(); if (!session) throw unauthorized(); return handler({ request, shop: 1 }); };`,
  };
  const [route] = analyzeFiles({ dependencies: ['next'], files }).routes;
  expect(route?.handler.symbol).toBe('app/api/books/route.ts#GET.<function 1:71>');
  expect(route?.authentication).toMatchObject({ scheme: 'session', by: 'withShop()' });
});

describe('what handlers ask for', () => {
  const route = (code: string) =>
    analyzeFiles({ dependencies: ['next'], files: { 'app/api/books/route.ts': code } }).routes.map(({ authentication, shapes }) => [
      authentication?.scheme,
      authentication?.by,
      Object.keys(shapes ?? {}),
    ]);

  test.each<[string, string, readonly unknown[]]>([
    [
      'a session, and refuse without',
      `import { getServerSession } from 'next-auth'; export async function GET() { const session = await getServerSession(); if (!session) return new Response('', unauthorized()); }`,
      ['session', 'GET', []],
    ],
    [
      'a session, for who has one',
      `import { getServerSession } from 'next-auth'; export async function GET() { await getServerSession(); }`,
      [undefined, undefined, []],
    ],
    [
      'a token, by a wrapper',
      `import { verify } from 'jsonwebtoken'; const withReader = (handler) => async (request) => { verify(request.headers.get('authorization'), 's'); return handler(request); }; export const GET = withReader(async (request) => {});`,
      ['bearer', 'withReader()', []],
    ],
    [
      'a body of a schema',
      `import { z } from 'zod'; const newBook = z.object({}); export async function POST(request) { const body = await request.json(); newBook.parse(body); }`,
      [undefined, undefined, ['body']],
    ],
  ])('%s', (_title, code, expected) => expect(route(code)).toEqual([expected]));
});

describe('projects', () => {
  const code = 'export function GET() {}';

  test('without the framework in their manifest have no routes', () => {
    expect(fileRoutesOf({ dependencies: ['express'], files: { 'app/api/books/route.ts': code } })).toEqual([]);
  });

  test('are found by their configuration, which may set a base path', () => {
    const files = {
      'apps/shop/next.config.js': `const { withBooks } = require('books-next'); module.exports = withBooks({ basePath: '/shop' });`,
      'apps/shop/app/api/books/route.ts': code,
    };
    expect(fileRoutesOf({ dependencies: ['next'], files })).toEqual(['GET /shop/api/books → apps/shop/app/api/books/route.ts#GET']);
  });

  test('take the default of a base path from the environment, and say so', () => {
    const files = {
      'next.config.js': `const basePath = process.env.BASE_PATH || ''; export default { basePath };`,
      'app/api/books/route.ts': code,
    };
    const { routes, diagnostics } = analyzeFiles({ dependencies: ['next'], files });
    expect(routes.map(({ id }) => id)).toEqual(['GET /api/books']);
    expect(diagnostics.map(({ code: found, data }) => [found, data])).toEqual([
      ['path-from-default', { variable: 'BASE_PATH', default: '' }],
    ]);
  });

  test('that answer the same address are told apart', () => {
    const files = {
      'apps/shop/next.config.mjs': 'export default {};',
      'apps/shop/app/api/books/route.ts': code,
      'apps/stock/next.config.mjs': 'export default {};',
      'apps/stock/app/api/books/route.ts': code,
    };
    const { routes, diagnostics } = analyzeFiles({ dependencies: ['next'], files });
    expect(routes.map(({ id, application }) => [id, application])).toEqual([
      ['GET /api/books [apps/shop]', 'apps/shop'],
      ['GET /api/books [apps/stock]', 'apps/stock'],
    ]);
    expect(diagnostics.map((one) => one.code)).toEqual(['duplicate-route']);
  });
});
