import { describe, expect, test } from 'vitest';
import { MAXIMUM_ENTRIES, routeGateway } from '../../../src/generate/gateway/gateway-routes.ts';
import type { GeneratorInput } from '../../../src/generate/generator.ts';
import type { PlannedService } from '../../../src/model/migration-plan.ts';
import { monolith } from '../../support/monolith.ts';

/** Routes in the order of registration; those marked with `>` are planned for the slice. */
function route(...written: readonly string[]) {
  const facts = monolith(written.map((one) => `route ${one.replace(/^> /, '')} -> src/routes.ts#answer`).join('\n')).routes;
  const ids: readonly string[] = written.map((one) => one.replace(/^> /, ''));
  const routes = facts.map((fact) => ({ ...fact, order: ids.indexOf(fact.id) }));
  const planned = written.filter((one) => one.startsWith('> ')).map((one) => ({ id: one.slice(2), function: 'books-api' }));
  const plan = { services: [{ id: 'books', weight: 0, routes: planned }] as unknown as readonly PlannedService[] };
  const input = { plan, slices: ['books'], monolith: { routes } } as unknown as GeneratorInput;
  const { entries, diagnostics } = routeGateway(input);
  return {
    entries: entries.map(({ method, path, target }) => `${method} ${path} ${target.kind === 'function' ? target.function : target.kind}`),
    stuck: diagnostics.map(({ data }) => ('route' in data ? data.route : '')),
  };
}

describe('each path reaches the moved handler only where the monolith would have used it', () => {
  test.each([
    ['a moved route goes to its function', ['> GET /books'], ['GET /books books-api']],
    ['all methods', ['> ALL /books'], ['ANY /books books-api']],
    ['what stays alone needs no entry', ['GET /health', '> GET /books'], ['GET /books books-api']],
    [
      'a staying path that a moved parameter would swallow',
      ['GET /books/export', '> GET /books/{id}'],
      ['GET /books/export monolith', 'GET /books/{id} books-api'],
    ],
    [
      'also when it is registered later',
      ['> GET /books/{id}', 'GET /books/export'],
      ['GET /books/export monolith', 'GET /books/{id} books-api'],
    ],
    ['another method is no rival', ['POST /books/export', '> GET /books/{id}'], ['GET /books/{id} books-api']],
    ['a method of a path that moves with all methods', ['GET /books', '> ALL /books'], ['ANY /books books-api', 'GET /books monolith']],
    ['paths that only overlap', ['GET /{kind}/new', '> GET /books/{id}'], ['GET /books/new monolith', 'GET /books/{id} books-api']],
    ['a last resort claims nothing', ['> ALL /books/{id}', 'GET /{page+}'], ['ANY /books/{id} books-api']],
    ['nor does a wildcard in front', ['ALL /{page+}', '> GET /books/{id}'], ['GET /books/{id} books-api']],
    [
      'two names for one path become one',
      ['> GET /books/{id}', '> PUT /books/{bookId}'],
      ['GET /books/{bookId} books-api', 'PUT /books/{bookId} books-api'],
    ],
  ])('%s', (_title, written, expected) => expect(route(...written)).toEqual({ entries: expected, stuck: [] }));

  test.each([
    ['a path it cannot express', ['> GET /flights/{from}-{to}'], 'GET /flights/{from}-{to}'],
    ['a method it does not have', ['> PROPFIND /books'], 'PROPFIND /books'],
    ['a route that another one hides', ['GET /{kind}/{id}', '> GET /books/{id}'], 'GET /books/{id}'],
  ])('stays, and says so: %s', (_title, written, expected) => expect(route(...written)).toEqual({ entries: [], stuck: [expected] }));
});

test('routes beyond what an HTTP API holds stay, and say so', () => {
  const { entries, stuck } = route(...Array.from({ length: MAXIMUM_ENTRIES + 2 }, (_, index) => `> GET /books/${index}`));
  expect([entries.length, stuck.length]).toEqual([MAXIMUM_ENTRIES, 2]);
});
