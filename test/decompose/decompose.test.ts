import { expect, test } from 'vitest';
import { decompose } from '../../src/decompose/decompose.ts';
import type { Decomposition } from '../../src/model/decomposition.ts';
import type { PlanFile } from '../../src/model/plan-file.ts';
import { monolith } from '../support/monolith.ts';
import { BLOG, LEDGER, SHOP } from '../support/systems.ts';

const propose = (description: string, planFile?: PlanFile): Decomposition => decompose(monolith(description), planFile).value;
const tablesOf = ({ services }: Decomposition) => Object.fromEntries(services.map(({ id, tables }) => [id, tables]));
const service = ({ services }: Decomposition, id: string) => services.find((candidate) => candidate.id === id);
const verdict = ({ shared }: Decomposition, module: string) => shared.find((candidate) => candidate.module === module)?.verdict;

test('a shop: domains by their data, not by layers or audience', () => {
  const shop = propose(SHOP);
  expect(tablesOf(shop)).toEqual({
    account: ['addresses', 'users'],
    admin: ['admin_users', 'audit_log'],
    cart: ['cart_items', 'carts'],
    orders: ['order_items', 'orders', 'payments', 'stock'],
    products: ['categories', 'product_images', 'products', 'reviews'],
  });
  expect(service(shop, 'products')?.routes).toContain('PATCH /admin/products/{id}');
  expect(service(shop, 'orders')?.routes).toContain('POST /admin/orders/{id}/refund');
  expect(service(shop, 'cart')?.triggers).toEqual(['schedule 0_3_*_*_*']);
});

test('a transaction over several domains pulls, but does not make one service of them', () => {
  const { services, cuts } = propose(SHOP);
  expect(services.find(({ routes }) => routes.some((id) => id === 'POST /api/orders'))?.id).toBe('orders');
  expect(cuts.filter(({ kind }) => kind === 'transaction')).toContainEqual(
    expect.objectContaining({ from: 'orders', to: 'cart', table: 'carts', remedy: 'saga' }),
  );
  expect(cuts.find(({ kind, from, table }) => kind === 'shared-table' && from === 'orders' && table === 'carts')).toMatchObject({
    to: 'cart',
    remedy: 'api-call',
  });
});

test('who makes the rows owns the use case: a checkout in front of the cart goes to the orders', () => {
  const shop = propose(SHOP.replaceAll('POST /api/orders ->', 'POST /api/cart/checkout ->'));
  expect(service(shop, 'orders')?.routes).toContain('POST /api/cart/checkout');
});

test('one route with its events is no service: it goes where the route belongs', () => {
  const shop = propose(`${SHOP}
    table mails
    route GET /admin/mails -> src/controllers/adminController.ts#mails via session src/middleware/admin.ts#requireAdmin
    trigger event order.placed -> src/mails/subscriber.ts#placed
    trigger event user.registered -> src/mails/subscriber.ts#registered
    trigger event stock.low -> src/mails/subscriber.ts#low
    call src/controllers/adminController.ts#mails -> src/mails/outbox.ts#list
    call src/mails/subscriber.ts#placed -> src/mails/outbox.ts#add
    call src/mails/subscriber.ts#registered -> src/mails/outbox.ts#add
    call src/mails/subscriber.ts#low -> src/mails/outbox.ts#add
    access src/mails/outbox.ts#list read mails
    access src/mails/outbox.ts#add create mails`);
  expect(shop.services.map(({ id }) => id)).toEqual(['account', 'admin', 'cart', 'orders', 'products']);
  expect(service(shop, 'admin')).toMatchObject({
    tables: expect.arrayContaining(['mails']),
    triggers: expect.arrayContaining(['event order.placed']),
  });
});

test('a table that nobody writes belongs to the reader that reads little else', () => {
  const shop = propose(`${SHOP}
    table carriers
    access src/repositories/carriers.ts#list read carriers
    call src/services/OrderService.ts#place -> src/repositories/carriers.ts#list
    route GET /api/cart/carriers -> src/controllers/cartController.ts#carriers
    call src/controllers/cartController.ts#carriers -> src/repositories/carriers.ts#list`);
  const owner = shop.services.find(({ tables }) => tables.some((table) => table === 'carriers'));
  expect(owner?.id).toBe('cart');
  expect(owner?.reasons.map(({ text }) => text)).toContain(
    'owns carriers: no entry point writes it; 1 of 2 entry points that read it are its own',
  );
});

test('the body of a transaction is the work of who hands it over, not of the helper that runs it', () => {
  const shop = propose(`${SHOP}
    call src/controllers/OrderController.ts#checkout -> src/db/transaction.ts#run
    call src/controllers/accountController.ts#update -> src/db/transaction.ts#run
    call src/db/transaction.ts#run -> src/services/OrderService.ts#place.<function 3:5>
    call src/services/OrderService.ts#place.<function 3:5> -> src/repositories/orderRepository.ts#insert`);
  expect(verdict(shop, 'src/db/transaction.ts')).toBe('copy');
});

test('a blog: feature folders agree with the data', () => {
  expect(tablesOf(propose(BLOG))).toEqual({
    articles: ['article_tags', 'articles', 'comments', 'favorites', 'tags'],
    profiles: ['follows'],
    users: ['users'],
  });
});

test('one aggregate is one service, and says so', () => {
  const { services, measures } = propose(LEDGER);
  expect(services.map(({ id }) => id)).toEqual(['entries']);
  expect(services[0]?.reasons.map(({ rule }) => rule)).toContain('one-aggregate');
  expect(measures).toMatchObject({ services: 1, transactionalPurity: 1, crossServiceCalls: 0 });
});

test('where no table access could be read, names alone make no boundaries', () => {
  const { services } = propose(SHOP.replaceAll(/^ *access .*$/gm, ''));
  expect(services.map(({ id, routes }) => [id, routes.length])).toEqual([['bookshop', 29]]);
  expect(services[0]?.reasons.map(({ rule }) => rule)).toContain('no-data-seen');
});

test('nothing to cut is no service', () => {
  expect(propose('route GET /health -> src/app.ts#health').services).toEqual([]);
  expect(propose('').services).toEqual([]);
});

test('platform code is shared with a verdict, never a service', () => {
  const shop = propose(SHOP);
  expect(verdict(shop, 'src/db/pool.ts')).toBe('copy');
  expect(verdict(shop, 'src/lib/money.ts')).toBe('copy');
  expect(verdict(shop, 'src/models/index.ts')).toBe('contract');
  expect(verdict(shop, 'src/app.ts')).toBe('monolith');
  expect(verdict(shop, 'src/server.ts')).toBe('monolith');
});

test.each([
  ['small stateless code', 'module src/money.ts 20', 'copy'],
  ['large stateless code', 'module src/money.ts 900', 'library'],
  ['code with state', 'state module-variable src/money.ts#rates by src/money.ts#load', 'monolith'],
])('%s that several services use', (_title, fact, expected) => {
  const description = `${BLOG}
    call src/auth/auth.service.ts#find -> src/money.ts#format
    call src/article/article.service.ts#find -> src/money.ts#format
    ${fact}`;
  expect(verdict(propose(description), 'src/money.ts')).toBe(expected);
});

test('every source module has one place', () => {
  const { services, shared } = propose(SHOP);
  const placed = [...services.flatMap(({ modules }) => modules), ...shared.map(({ module }) => module)].sort();
  expect(placed).toEqual(monolith(SHOP).modules.map(({ id }) => id));
});

test('cuts name both sides, the place and the way out', () => {
  const { cuts } = propose(SHOP);
  expect(cuts.find(({ kind, table }) => kind === 'shared-table' && table === 'products')).toMatchObject({
    from: 'cart',
    to: 'products',
    remedy: 'read-model',
    at: { file: 'src/repositories/productRepository.ts' },
  });
  expect(cuts.find(({ kind, table }) => kind === 'foreign-key' && table === 'reviews')).toMatchObject({
    to: 'account',
    remedy: 'shared-database',
  });
});

test('a transaction over two services is a cut and makes the measure fall', () => {
  const planFile = planOf(
    { cart: ['carts', 'cart_items'], orders: ['orders'] },
    { cart: ['GET /api/cart', 'POST /api/cart/items'], orders: ['POST /api/orders'] },
  );
  const { cuts, measures } = propose(SHOP, planFile);
  expect(cuts.find(({ kind }) => kind === 'transaction')).toMatchObject({ remedy: 'saga' });
  expect(measures.transactionalPurity).toBe(0);
});

test('several writers of a table are told', () => {
  const { diagnostics } = decompose(monolith(SHOP), undefined);
  expect(diagnostics).toContainEqual(
    expect.objectContaining({ code: 'shared-writer', data: { table: 'audit_log', services: ['admin', 'orders', 'products'] } }),
  );
});

test('alternatives are real decompositions at other resolutions', () => {
  const { alternatives, services } = propose(SHOP);
  for (const { granularity, services: others, measures } of alternatives) {
    expect(others.length).toBe(measures.services);
    expect(granularity === 'finer' ? others.length > services.length : others.length < services.length).toBe(true);
  }
  expect(alternatives.map(({ granularity }) => granularity)).toContain('coarser');
});

test('the same facts in another order give the same bytes', () => {
  const lines = SHOP.trim().split('\n');
  const facts = monolith(lines.join('\n'));
  const shuffled = {
    ...facts,
    routes: [...facts.routes].reverse(),
    reach: [...facts.reach].reverse(),
    tables: [...facts.tables].reverse(),
  };
  expect(
    JSON.stringify(
      decompose(shuffled, undefined).value.services.map(({ id, modules, tables, routes }) => ({ id, modules, tables, routes })),
    ),
  ).toBe(JSON.stringify(propose(SHOP).services.map(({ id, modules, tables, routes }) => ({ id, modules, tables, routes }))));
  expect(JSON.stringify(decompose(facts, undefined))).toBe(JSON.stringify(decompose(facts, undefined)));
});

/** A plan file with services, their tables and routes. */
function planOf(tables: Readonly<Record<string, readonly string[]>>, routes: Readonly<Record<string, readonly string[]>> = {}): PlanFile {
  return {
    version: 1,
    services: Object.fromEntries(
      Object.entries(tables).map(([id, owned]) => [
        id,
        { modules: [], tables: owned, routes: routes[id] ?? [], phase: 0 as const, weight: 0 },
      ]),
    ),
    shared: {},
    stay: { modules: [], routes: [] },
  };
}

test("a person's assignments are obeyed and only the rest is placed", () => {
  const base = planOf(
    { identity: ['users'], writing: ['articles'] },
    { identity: ['GET /api/user', 'GET /api/tags'], writing: ['GET /api/articles'] },
  );
  const blog = propose(BLOG, { ...base, stay: { modules: ['src/auth/guard.ts'], routes: ['POST /api/users'] } });
  expect(service(blog, 'identity')?.routes).toEqual(expect.arrayContaining(['GET /api/tags', 'GET /api/user']));
  expect(service(blog, 'identity')?.tables).toContain('users');
  expect(service(blog, 'writing')?.routes).toContain('POST /api/articles');
  expect(blog.services.flatMap(({ routes }) => routes)).not.toContain('POST /api/users');
  expect(verdict(blog, 'src/auth/guard.ts')).toBe('monolith');
});

test('what the plan file names and the code no longer has is told', () => {
  const base = planOf({ loans: ['loans'] }, { loans: ['GET /loans'] });
  const planFile = { ...base, shared: { 'src/gone.ts': 'copy' as const }, stay: { modules: [], routes: ['GET /old'] } };
  expect(decompose(monolith(BLOG), planFile).diagnostics).toEqual(
    expect.arrayContaining([
      { code: 'plan-table-missing', data: { service: 'loans', table: 'loans' } },
      { code: 'plan-route-missing', data: { service: 'loans', route: 'GET /loans' } },
      { code: 'plan-module-missing', data: { service: 'shared', module: 'src/gone.ts' } },
      { code: 'plan-route-missing', data: { service: 'stay', route: 'GET /old' } },
    ]),
  );
});
