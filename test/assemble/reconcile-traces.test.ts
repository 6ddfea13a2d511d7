import { beforeAll, describe, expect, test } from 'vitest';
import { createRequestMatcher } from '../../src/assemble/match-request.ts';
import { reconcileTraces } from '../../src/assemble/reconcile-traces.ts';
import { createSqlParser } from '../../src/lib/sql/sql-parser.ts';
import type { ObservedSpan } from '../../src/model/runtime-evidence.ts';
import type { SqlParser } from '../../src/model/sql.ts';
import { monolith } from '../support/monolith.ts';

const SHOP = monolith(`
  route GET /books -> src/books.ts#list
  route GET /books/{id} -> src/books.ts#get
  route GET /books/new -> src/books.ts#form
  route GET /covers/{id}.png -> src/books.ts#cover
  route POST /orders -> src/orders.ts#place
  access src/books.ts#list read books
  access src/orders.ts#place create orders`);

describe('requests', () => {
  const match = createRequestMatcher(SHOP.routes);
  test.each([
    ['by its template', { method: 'GET', route: '/books/:bookId', path: '/books/7' }, 'GET /books/{id}'],
    ['by its path', { method: 'GET', path: '/books/7' }, 'GET /books/{id}'],
    ['literal before parameter', { method: 'GET', path: '/books/new' }, 'GET /books/new'],
    ['HEAD is answered by GET', { method: 'HEAD', path: '/books' }, 'GET /books'],
    ['closing slash', { method: 'GET', path: '/books/' }, 'GET /books'],
    ['parameter with an end', { method: 'GET', path: '/covers/7.PNG' }, 'GET /covers/{id}.png'],
    ['parameter with another end', { method: 'GET', path: '/covers/7.pdf' }, undefined],
    ['parameter with nothing but its end', { method: 'GET', path: '/covers/.png' }, undefined],
    ['no such method', { method: 'DELETE', path: '/books' }, undefined],
    ['no such path', { method: 'GET', path: '/books/7/pages' }, undefined],
  ])('%s', (_title, request, expected) => expect(match(request)).toBe(expected));
});

describe('traces', () => {
  let sql: SqlParser;
  beforeAll(async () => {
    sql = await createSqlParser();
  });

  const request = (
    trace: string,
    milliseconds: number,
    says: Partial<Extract<ObservedSpan['says'], { kind: 'request' }>>,
  ): ObservedSpan => ({
    trace,
    id: 'root',
    milliseconds,
    says: { kind: 'request', method: 'GET', path: '/books', status: 200, ...says },
  });
  const below = (trace: string, id: string, parent: string, says: ObservedSpan['says']): ObservedSpan => ({
    trace,
    id,
    parent,
    milliseconds: 1,
    says,
  });
  const reconcile = (spans: readonly ObservedSpan[]) =>
    reconcileTraces({ spans, routes: SHOP.routes, triggers: [], reach: SHOP.reach, sql });

  test('traffic, latency and tables of an entry point, and what only the traces saw', () => {
    const { value, diagnostics } = reconcile([
      request('a', 10, {}),
      request('b', 30, {}),
      request('c', 20, { status: 503 }),
      below('a', 'mid', 'root', { kind: 'other' }),
      below('a', 'one', 'mid', { kind: 'database', sql: 'select * from books join authors on true' }),
      below('b', 'one', 'root', { kind: 'database', table: 'public.books' }),
    ]);
    expect(value).toEqual({
      spans: 6,
      entryPoints: [
        {
          entryPoint: 'GET /books',
          requests: 3,
          failures: 1,
          latency: { p50: 20, p95: 30, p99: 30 },
          tables: [
            { table: 'authors', statements: 1, seen: 'run-time' },
            { table: 'books', statements: 2, seen: 'both' },
          ],
        },
      ],
      unknownRequests: [],
      neverSeen: ['GET /books/new', 'GET /books/{id}', 'GET /covers/{id}.png', 'POST /orders'],
    });
    expect(diagnostics).toEqual([
      {
        code: 'table-seen-at-run-time',
        data: { entryPoint: 'GET /books', table: 'authors', statements: 1 },
        at: expect.objectContaining({ file: 'src/books.ts' }),
      },
    ]);
  });

  test('requests that no route answers are told by path, and the rare ones together', () => {
    const many = Array.from({ length: 60 }, (_, index) => request(`m${index}`, 1, { path: `/page${index}` }));
    const { value, diagnostics } = reconcile([
      ...many,
      ...['/authors/17', '/authors/18', '/authors/0a1b2c3d-0000-4000-8000-0123456789ab'].map((path, index) =>
        request(`a${index}`, 1, { path }),
      ),
    ]);
    expect(value.unknownRequests[0]).toEqual({ method: 'GET', path: '/authors/{id}', requests: 3 });
    expect(diagnostics).toHaveLength(51);
    expect(diagnostics[0]?.data).toEqual({ request: 'GET /authors/{id}', count: 3 });
    expect(diagnostics.at(-1)?.data).toEqual({ request: '11 other paths', count: 11 });
  });

  test('a request that no route answers is told, a path that nothing knows is not', () => {
    const { value, diagnostics } = reconcile([
      request('a', 1, { path: '/metrics' }),
      request('b', 1, { path: '/metrics' }),
      request('c', 1, { path: '/wp-login.php', status: 404 }),
    ]);
    expect(value.unknownRequests).toEqual([{ method: 'GET', path: '/metrics', requests: 2 }]);
    expect(diagnostics).toEqual([{ code: 'request-without-route', data: { request: 'GET /metrics', count: 2 } }]);
  });

  test('spans without a parent, or whose parents go in a circle, belong to nobody', () => {
    const statement = { kind: 'database', sql: 'select * from books' } as const;
    const { value } = reconcile([below('a', 'x', 'y', statement), below('a', 'y', 'x', statement), below('b', 'z', 'gone', statement)]);
    expect(value.entryPoints).toEqual([]);
  });
});
