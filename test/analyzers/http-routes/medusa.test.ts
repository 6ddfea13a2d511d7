import { expect, test } from 'vitest';
import { analyzeFiles } from '../../support/file-routes.ts';

const files = {
  'src/api/middlewares.ts': `
    import { defineMiddlewares, validateAndTransformBody } from '@medusajs/framework/http';
    import { note, check } from './checks';
    export default defineMiddlewares({ routes: [
      { matcher: '/store/books/:id', method: ['GET'], middlewares: [note] },
      { matcher: '/admin*', middlewares: [check] },
    ] });`,
  'src/api/checks.ts': 'export const note = (req, res, next) => next(); export const check = (req, res, next) => next();',
  'src/api/store/books/[id]/route.ts': 'export const GET = async (req, res) => {}; export const helper = () => {};',
  'src/api/admin/books/route.ts': 'export const POST = async (req, res) => {};',
  'src/api/admin/ping/route.ts': 'export const AUTHENTICATE = false; export const GET = async (req, res) => {};',
};

test('routes are modules; middlewares stand before those that they match', () => {
  const { routes, diagnostics } = analyzeFiles({ dependencies: ['@medusajs/framework'], files });
  expect(
    routes.map(({ id, chain, authentication }) => [id, chain.map(({ name }) => name.replace(/\(.*/, '')), authentication?.scheme]),
  ).toEqual([
    ['POST /admin/books', ['authenticate', 'check', 'POST'], 'bearer'],
    ['GET /admin/ping', ['check', 'GET'], undefined],
    ['GET /store/books/{id}', ['note', 'GET'], undefined],
  ]);
  expect(diagnostics).toEqual([]);
});
