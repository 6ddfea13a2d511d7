import { expect, test } from 'vitest';
import { analyzeFiles } from '../../support/file-routes.ts';

const files = {
  'src/api/middlewares.ts': `
    import { defineMiddlewares, validateAndTransformBody } from '@medusajs/framework/http';
    import { note, check, fail } from './checks';
    export default defineMiddlewares({ routes: [
      { matcher: '/store/books/:id', method: ['GET'], middlewares: [note] },
      { matcher: '/admin*', middlewares: [check] },
      { matcher: '/hooks/lent', method: ['POST'], bodyParser: false },
    ], errorHandler: fail });`,
  'src/api/checks.ts':
    'export const note = (req, res, next) => next(); export const check = (req, res, next) => next(); export const fail = (error, req, res, next) => next();',
  'src/api/store/books/[id]/route.ts': 'export const GET = async (req, res) => {}; export const helper = () => {};',
  'src/api/admin/books/route.ts': 'export const POST = async (req, res) => {};',
  'src/api/admin/books/open/route.ts': 'export const AUTHENTICATE = false; export const GET = async (req, res) => {};',
  'src/api/hooks/lent/route.ts': 'export const POST = async (req, res) => {};',
  'src/api/admin/ping/route.ts': 'export const AUTHENTICATE = false; export const CORS = false; export const GET = async (req, res) => {};',
};

test('middlewares that ask who it is say so, those that let everybody pass do not', () => {
  const { routes } = analyzeFiles({
    dependencies: ['@medusajs/framework'],
    files: {
      'src/api/middlewares.ts': `
        import { authenticate, defineMiddlewares } from '@medusajs/framework/http';
        export default defineMiddlewares({ routes: [
          { matcher: '/store/loans', middlewares: [authenticate('customer', ['session', 'bearer'])] },
          { matcher: '/shelves', middlewares: [authenticate('user', 'session')] },
          { matcher: '/store/books', middlewares: [authenticate('customer', ['bearer'], { allowUnauthenticated: true })] },
        ] });`,
      'src/api/store/loans/route.ts': 'export const GET = async (req, res) => {};',
      'src/api/store/books/route.ts': 'export const GET = async (req, res) => {};',
      'src/api/shelves/route.ts': 'export const GET = async (req, res) => {};',
    },
  });
  expect(routes.map(({ id, authentication }) => [id, authentication?.scheme])).toEqual([
    ['GET /shelves', 'session'],
    ['GET /store/books', undefined],
    ['GET /store/loans', 'bearer'],
  ]);
});

test('routes are modules; middlewares stand before those that they match', () => {
  const { routes, diagnostics } = analyzeFiles({ dependencies: ['@medusajs/framework'], files });
  expect(
    routes.map(({ id, chain, authentication }) => [id, chain.map(({ name }) => name.replace(/\(.*/, '')), authentication?.scheme]),
  ).toEqual([
    ['GET /admin/books/open', ['cors', 'authenticate', 'bodyParser', 'check', 'GET', 'fail'], 'bearer'],
    ['POST /admin/books', ['cors', 'authenticate', 'bodyParser', 'check', 'POST', 'fail'], 'bearer'],
    ['GET /admin/ping', ['bodyParser', 'check', 'GET', 'fail'], undefined],
    ['POST /hooks/lent', ['POST', 'fail'], undefined],
    [
      'GET /store/books/{id}',
      ['cors', 'ensurePublishableApiKeyMiddleware', 'authenticate', 'bodyParser', 'note', 'GET', 'fail'],
      undefined,
    ],
  ]);
  expect(diagnostics).toEqual([]);
});
