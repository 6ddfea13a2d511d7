import { describe, expect, test } from 'vitest';
import { decompose } from '../../src/decompose/decompose.ts';
import type { RouteFact } from '../../src/model/fact.ts';
import { toModuleId, toRouteId, toServiceId } from '../../src/model/ids.ts';
import type { MigrationPlan } from '../../src/model/migration-plan.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { PlanFile, PlanFileService } from '../../src/model/plan-file.ts';
import { planFunctions } from '../../src/plan/plan-functions.ts';
import { planMigration } from '../../src/plan/plan-migration.ts';
import { monolith } from '../support/monolith.ts';
import { BLOG, SHOP } from '../support/systems.ts';

function plan(description: string, planFile?: PlanFile, granularity: 'service' | 'route' = 'service'): Outcome<MigrationPlan> {
  const value = monolith(description);
  return planMigration({ monolith: value, decomposition: decompose(value, planFile).value, planFile, granularity });
}
const placements = ({ value }: Outcome<MigrationPlan>) =>
  Object.fromEntries(value.services.map(({ id, placement }) => [id, placement.kind]));
const service = ({ value }: Outcome<MigrationPlan>, id: string) => value.services.find((candidate) => candidate.id === id);

const shop = plan(SHOP);

test('services that keep nothing between requests go to Lambda, one whose routes all need sessions stays', () => {
  expect(placements(shop)).toEqual({ account: 'lambda', admin: 'stay', cart: 'lambda', orders: 'lambda', products: 'lambda' });
  expect(service(shop, 'admin')?.placement.reasons[0]).toMatchObject({
    rule: 'needs-shared-store',
    text: expect.stringMatching(/^none of its 3 routes can move, because .*; they need a shared store first$/),
    at: { file: 'src/middleware/adminSession.ts' },
  });
});

test('a route that alone depends on a session or the disk is blocked, the rest of its service moves', () => {
  const routes = service(shop, 'products')?.routes ?? [];
  expect(routes.filter(({ blockedBy }) => blockedBy !== undefined).map(({ id }) => id)).toEqual([
    'PATCH /admin/products/{id}',
    'POST /admin/products',
    'POST /admin/products/{id}/images',
  ]);
  expect(service(shop, 'products')?.functions).toEqual([
    {
      name: 'products-api',
      routes: routes.filter(({ blockedBy }) => blockedBy === undefined).map(({ id }) => id),
      memoryMb: 1024,
      timeoutSeconds: 29,
      runtime: 'nodejs22.x',
      architecture: 'arm64',
    },
  ]);
  expect(shop.diagnostics).toContainEqual(
    expect.objectContaining({ code: 'route-cannot-move', data: expect.objectContaining({ route: 'POST /admin/products' }) }),
  );
});

test('a route of a framework that no slice is generated for stays, and says so', () => {
  const value = monolith(SHOP);
  const fastify = { ...value, routes: value.routes.map((route) => ({ ...route, framework: 'fastify' })) };
  const { services } = planMigration({ monolith: fastify, decomposition: decompose(fastify, undefined).value, planFile: undefined }).value;
  const reasons = services.flatMap(({ routes }) => routes.map(({ blockedBy }) => blockedBy?.text));
  expect(new Set(reasons)).toEqual(new Set(['routes of fastify are read, but not extracted yet']));
});

test('an upload to the local disk holds only its route', () => {
  const covers = plan(`
    route GET /covers -> src/covers.ts#list
    route GET /covers/{id} -> src/covers.ts#get
    route POST /covers -> src/covers.ts#add via upload
    access src/covers.ts#list read covers
    access src/covers.ts#get read covers
    access src/covers.ts#add create covers
    state local-file src/covers.ts#storage`);
  expect(covers.value.staying).toEqual([
    {
      route: 'POST /covers',
      reason: {
        rule: 'blocked',
        text: expect.stringContaining('need a bucket first'),
        at: expect.objectContaining({ file: 'src/covers.ts' }),
      },
    },
  ]);
});

test('files that another function writes do not hold an upload beside it', () => {
  const covers = plan(`
    route POST /covers -> src/covers.ts#add via upload
    access src/covers.ts#add create covers
    state local-file src/covers.ts#report by src/covers.ts#report`);
  expect(covers.value.staying).toEqual([]);
});

test('a read-through cache is emptied before each request: it neither holds a slice nor degrades it', () => {
  expect(service(shop, 'products')?.placement.reasons).toContainEqual({
    rule: 'request-scoped-cache',
    text: 'cache entries is emptied before each request in the slice; what it saved is read again each time',
    at: expect.objectContaining({ file: 'src/services/productCache.ts' }),
  });
  expect(shop.diagnostics.filter(({ at }) => at?.file === 'src/services/productCache.ts')).toEqual([]);
});

test('every route has one answer: a function, or a reason to stay', () => {
  const functions = shop.value.services.flatMap((planned) => planned.functions.flatMap(({ routes }) => routes));
  const staying = shop.value.staying.map(({ route }) => route);
  expect([...functions, ...staying].sort()).toEqual(
    monolith(SHOP)
      .routes.map(({ id }) => id)
      .sort(),
  );
  expect(shop.value.staying.find(({ route }) => route === 'GET /health')?.reason).toMatchObject({ rule: 'no-service' });
});

test('a slice is given the variables that its code reads, secrets marked', () => {
  expect(service(shop, 'orders')?.environment).toEqual([
    expect.objectContaining({ name: 'DATABASE_URL', secret: true }),
    expect.objectContaining({ name: 'JWT_SECRET', secret: true }),
  ]);
  expect(service(shop, 'admin')?.environment).toEqual([]);
});

test('what was not measured is told as assumed', () => {
  const [reason] = service(shop, 'products')?.placement.reasons ?? [];
  expect(reason?.text).toMatch(/within the gateway's 30 s is assumed, no time was measured$/);
});

test('each cause and each kind of trigger stands once, with its count', () => {
  const triggers = Array.from({ length: 6 }, (_, index) => `trigger event book.${index} -> src/mails.ts#on${index}`);
  const reasons = plan(
    [
      'route GET /books -> src/books.ts#list',
      'route POST /books -> src/books.ts#add via session',
      'route DELETE /books/{id} -> src/books.ts#remove via session',
      'access src/books.ts#list read books',
      'access src/books.ts#add create books',
      'access src/books.ts#remove delete books',
      'state session src/session.ts#sessions',
      ...triggers,
      ...triggers.map((_, index) => `access src/mails.ts#on${index} update books`),
    ].join('\n'),
  ).value.services[0]?.placement.reasons;
  expect(reasons?.filter(({ rule }) => rule === 'routes-blocked')).toMatchObject([
    { text: expect.stringContaining('2 of its 3 routes stay, because ') },
  ]);
  expect(reasons?.filter(({ rule }) => rule === 'trigger-stays')).toHaveLength(1);
  expect(reasons?.find(({ rule }) => rule === 'trigger-stays')?.text).toMatch(/and 2 more run in the monolith/);
});

test('a slice with a Prisma client is given the variables of the schema', () => {
  const read = { kind: 'environment-read', variable: 'DATABASE_URL', symbol: 'prisma/schema.prisma#<module>' };
  const at = { file: 'prisma/schema.prisma', line: 3, column: 9 };
  const base = monolith(BLOG);
  const value = {
    ...base,
    modules: base.modules.map((module) =>
      module.id === 'src/profile/profile.service.ts' ? { ...module, packages: ['@prisma/client'] } : module,
    ),
    environment: [...base.environment, { ...read, at } as unknown as (typeof base.environment)[number]],
  };
  const { services } = planMigration({ monolith: value, decomposition: decompose(value, undefined).value, planFile: undefined }).value;
  expect(services.filter(({ environment }) => environment.length > 0).map(({ id, environment }) => [id, environment])).toEqual([
    ['profiles', [{ name: 'DATABASE_URL', secret: true, at }]],
  ]);
});

test('the default of a secret is never copied', () => {
  const blog = plan(`${BLOG}
    env src/auth/guard.ts#<module> JWT_SECRET superSecret
    env src/auth/guard.ts#<module> JWT_ISSUER blog`);
  expect(service(blog, 'users')?.environment).toEqual([
    { name: 'JWT_ISSUER', default: 'blog', secret: false, at: expect.anything() },
    { name: 'JWT_SECRET', secret: true, at: expect.anything() },
  ]);
});

test.each([
  ['an open socket', 'state socket-registry src/feed.ts#clients by src/feed.ts#add', 'fargate'],
  ['data in a module variable', 'state module-variable src/feed.ts#drafts by src/feed.ts#add src/feed.ts#clear', 'stay'],
  ['files on the disk', 'state local-file src/feed.ts#folder by src/feed.ts#add', 'stay'],
  ['a value made once', 'state module-variable:made-once src/feed.ts#client by src/feed.ts#add', 'lambda'],
  ['a counter', 'state module-variable:counter src/feed.ts#next by src/feed.ts#add', 'stay'],
  ['what requests fill and read', 'state cache src/feed.ts#drafts by src/feed.ts#add', 'stay'],
  ['what only start-up changes', 'state module-variable src/feed.ts#ready by src/feed.ts#start', 'lambda'],
  ['a rate limiter', 'state rate-limiter src/feed.ts#limiter by src/feed.ts#add', 'lambda'],
  ['an event bus', 'state event-bus src/feed.ts#bus by src/feed.ts#add', 'lambda'],
])('a service that keeps %s', (_title, state, expected) => {
  const feed = plan(`
    route GET /feed -> src/feed.ts#list
    route POST /feed -> src/feed.ts#post
    call src/feed.ts#list -> src/feed.ts#add
    call src/feed.ts#post -> src/feed.ts#add
    access src/feed.ts#list read posts
    access src/feed.ts#post create posts
    ${state}`);
  expect(feed.value.services.map(({ placement }) => placement.kind)).toEqual([expected]);
});

test('bookkeeping around most routes holds none of them', () => {
  const routes = Array.from(
    { length: 9 },
    (_, index) => `route GET /books/shelf${index} -> src/books.ts#list${index} via src/metrics.ts#count`,
  );
  const reads = routes.map((_, index) => `access src/books.ts#list${index} read books`);
  const books = plan(
    [...routes, ...reads, 'state module-variable:counter src/metrics.ts#open by src/metrics.ts#count src/metrics.ts#done'].join('\n'),
  );
  expect(books.value.services.map(({ placement }) => placement.kind)).toEqual(['lambda']);
});

test('one function for each route on request, each name once', () => {
  const functions = plan(BLOG, undefined, 'route').value.services.flatMap((planned) => planned.functions);
  expect(functions).toHaveLength(17);
  expect(new Set(functions.map(({ name }) => name)).size).toBe(17);
  expect(functions.map(({ name }) => name)).toContain('articles--get-api-articles-slug');
});

type Named = readonly [id: string, paths: readonly string[]];

test.each<[string, Named, Named]>([
  ['ids that end as routes begin', ['a', ['/get/b']], ['a-get', ['/b']]],
  ['long ids that begin alike', [`${'a-'.repeat(40)}b`, ['/b']], [`${'a-'.repeat(40)}c`, ['/b']]],
  ['paths of the same words', ['a', ['/b/c', '/b-c', '/b/:c']], ['b', ['/b/c']]],
])('no two functions share a name: %s', (_title, ...services) => {
  const names = services.flatMap(([id, paths]) => {
    const routes = paths.map((path) => ({ id: toRouteId('GET', path), method: 'GET', path }) as RouteFact);
    return planFunctions(toServiceId(id), routes, 'route').map(({ name }) => name);
  });
  expect(new Set(names).size).toBe(services.flatMap(([, paths]) => paths).length);
  expect(names.filter((name) => name.length > 51)).toEqual([]);
});

test('what moves comes before what stays, prerequisites first', () => {
  const order = shop.value.services.map(({ id }) => id);
  expect(order.at(-1)).toBe('admin');
  for (const { id, dependsOn } of shop.value.services)
    for (const needed of dependsOn) expect(order.indexOf(needed)).toBeLessThan(order.indexOf(id));
  expect(service(shop, 'orders')?.score.reasons.map(({ rule }) => rule)).toEqual(['benefit', 'risk']);
});

test('every service has the phases 0 to 7, with their way back', () => {
  for (const { id, phases } of shop.value.services) {
    expect(phases.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(phases[5]?.rollback).toBe(`set the weight of ${id} to 0 in banyan.plan.yaml, extract and deploy`);
    expect(phases[6]?.rollbackLoses).toContain('writes');
  }
});

const file = (values: Partial<PlanFileService>): PlanFile => ({
  version: 1,
  services: { users: { modules: [], tables: ['users'], routes: ['GET /api/user'], phase: 0, weight: 0, ...values } },
  shared: {},
  stay: { modules: [], routes: [] },
});

test('phase, weight and title come from the plan file', () => {
  expect(service(plan(BLOG, file({ title: 'Identity', phase: 5, weight: 10 })), 'users')).toMatchObject({
    title: 'Identity',
    phase: 5,
    weight: 10,
  });
});

test('a placement in the plan file wins and is told', () => {
  const blog = plan(BLOG, file({ placement: 'stay' }));
  const users = service(blog, 'users');
  expect(users?.placement).toMatchObject({ kind: 'stay', reasons: [{ rule: 'pinned-by-plan' }, {}] });
  expect(users?.functions).toEqual([]);
  expect(blog.value.staying.map(({ route }) => route)).toEqual(users?.routes.map(({ id }) => id));
});

test.each(['GET /*', 'ALL /{rest+}'])('%s stays: a gateway would send it whatever it does not know', (route) => {
  const { value } = plan(
    `${BLOG}\nroute ${route} -> src/articles/pages.ts#page\ncall src/articles/pages.ts#page -> src/articles/store.ts#list\naccess src/articles/pages.ts#page read articles`,
  );
  const held = value.services.flatMap(({ routes }) => routes).find(({ id }) => id === route);
  const stays = value.staying.find(({ route: id }) => id === route);
  expect(held?.blockedBy?.text ?? stays?.reason.text).toContain('no other route answers');
  expect(value.services.flatMap(({ functions }) => functions.flatMap(({ routes }) => routes))).not.toContain(route);
});

test('a route whose path is not known, or that a second application answers, stays and says why', () => {
  const value = monolith(`
    route GET /books -> src/books.ts#list
    route GET /<PREFIX>/loans -> src/loans.ts#list
    access src/books.ts#list read books
    access src/loans.ts#list read loans`);
  const reason = { text: 'its path depends on process.env.PREFIX', at: { file: toModuleId('src/app.ts'), line: 3, column: 1 } };
  const routes = value.routes.map((route) => (route.path.includes('<') ? { ...route, stays: reason } : route));
  const held = { ...value, routes };
  const { staying } = planMigration({ monolith: held, decomposition: decompose(held, undefined).value, planFile: undefined }).value;
  expect(staying).toEqual([{ route: 'GET /<PREFIX>/loans', reason: { rule: 'blocked', ...reason } }]);
});

describe('a route that is asked after one whose path is not known', () => {
  const held = (first: string, later: string, pattern?: RouteFact['pattern']): boolean => {
    const value = monolith(`
      route ${first} -> src/first.ts#answer
      route ${later} -> src/books.ts#answer
      access src/first.ts#answer read numbers
      access src/books.ts#answer read books`);
    const at = { file: toModuleId('src/app.ts'), line: 3, column: 1 };
    const stays = { stays: { text: 'its path is not known', at }, ...(pattern === undefined ? {} : { pattern }) };
    const routes = value.routes.map((route) => (route.path.includes('<') ? { ...route, order: 0, ...stays } : { ...route, order: 1 }));
    const asked = { ...value, routes };
    const { staying } = planMigration({ monolith: asked, decomposition: decompose(asked, undefined).value, planFile: undefined }).value;
    return staying.some(({ route, reason }) => route === later && reason.text.includes('is asked before it'));
  };

  test.each<[string, string, boolean]>([
    ['GET /<PREFIX>/loans/{id}', 'GET /loans/{id}', true],
    ['GET /<PREFIX>/loans/{id}', 'GET /v1/loans/new', true],
    ['ALL /<PREFIX>/loans/{id}', 'POST /loans/{id}', true],
    ['GET /<PREFIX>/loans/{id}', 'HEAD /loans/{id}', true],
    ['GET /<PREFIX>/loans/{id}', 'POST /loans/{id}', false],
    ['GET /<PREFIX>/loans/{id}', 'GET /loans', false],
    ['GET /<PREFIX>/loans/{id}', 'GET /books/{id}', false],
    ['GET /<PREFIX>/loans/{id}', 'GET /books/{path+}', true],
    ['GET /api-<VERSION>/loans', 'GET /loans', false],
    ['GET /{tenant}/<PREFIX>', 'GET /books', true],
  ])('%s before %s', (first, later, expected) => expect(held(first, later)).toBe(expected));

  test.each<[RegExp, string, string, boolean]>([
    [/^\/books\/(\d+)$/, '/', '/books/{id}', true],
    [/^\/books\/(\d+)$/, '/', '/books/new', false],
    [/^\/books\/(\d+)$/, '/', '/books/7', true],
    [/^\/books\/(\d+)$/, '/', '/loans/{id}', false],
    [/^\/books$/, '/', '/books/{id}', false],
    [/^\/books\/$/, '/', '/books', true],
    [/^\/books?\/x$/, '/', '/book/{id}', true],
    [/books|loans/, '/', '/loans/{id}', true],
    [/^\/(\d+)$/, '/books', '/books/{id}', true],
    [/^\/(\d+)$/, '/books', '/loans/{id}', false],
    [/^\/(\d+)$/, '/books', '/books/5', true],
  ])('%s below %s before %s', (expression, below, later, expected) => {
    const pattern = { source: expression.source, flags: expression.flags, below };
    expect(held('GET /<pattern>', `GET ${later}`, pattern)).toBe(expected);
  });
});

test('a route whose code start-up finds in a folder stays', () => {
  const value = monolith(`
    entry src/server.ts
    import src/server.ts -> src/loader.ts
    import src/server.ts -> src/books.ts
    import src/routes/loans.ts -> src/loans.ts
    route GET /books -> src/books.ts#list
    route GET /loans -> src/routes/loans.ts#list
    access src/books.ts#list read books
    access src/routes/loans.ts#list read loans`);
  const at = { file: toModuleId('src/loader.ts'), line: 4, column: 3 };
  const loading = { ...value, loads: [{ at, modules: [toModuleId('src/routes/loans.ts')] }] };
  const { staying } = planMigration({ monolith: loading, decomposition: decompose(loading, undefined).value, planFile: undefined }).value;
  expect(staying).toEqual([
    {
      route: 'GET /loans',
      reason: {
        rule: 'blocked',
        text: 'its code is loaded by a name that src/loader.ts computes, which a bundle cannot follow',
        at,
      },
    },
  ]);
});
