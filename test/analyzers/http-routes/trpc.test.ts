import { describe, expect, test } from 'vitest';
import { httpRouteAnalyzers } from '../../../analyzers/http-routes/index.ts';
import { analyzeTraced, traceOf } from '../../support/trace.ts';

type Files = Readonly<Record<string, string>>;

const analysed = (files: Files) => {
  const traced = traceOf({ files }, { entries: [Object.keys(files)[0] ?? ''] });
  const { value, diagnostics } = analyzeTraced(traced, httpRouteAnalyzers);
  return { facts: value, diagnostics: [...traced.diagnostics, ...diagnostics] };
};

const routes = (files: Files): readonly string[] =>
  analysed(files)
    .facts.flatMap((fact) => (fact.kind === 'route' ? [`${fact.id} ${fact.framework} ${fact.handler.symbol.replace('src/', '')}`] : []))
    .sort();

const router = `import { initTRPC } from '@trpc/server';
import { z } from 'zod';
const t = initTRPC.context().create({});
const signedIn = t.middleware(requireReader);
async function requireReader({ next }) { return next(); }
async function log({ next }) { return next(); }
export const publicProcedure = t.procedure.use(log);
export const readerProcedure = publicProcedure.use(signedIn);
const byId = async ({ input }) => ({});
const add = async ({ input }) => ({});
const arrived = async function* () {};
const books = t.router({
  byId: publicProcedure.input(z.object({ id: z.string() })).query(byId),
  add: readerProcedure.input(z.string()).output(z.string()).mutation(add),
  arrived: publicProcedure.subscription(arrived),
});
const health = t.router({ ping: t.procedure.query(byId) });
export const appRouter = t.mergeRouters(t.router({ books, shelves: { first: publicProcedure.query(byId) } }), health);
`;

const FOUND = (prefix: string): readonly string[] => [
  `GET ${prefix}/books.byId trpc router.ts#byId`,
  `GET ${prefix}/ping trpc router.ts#byId`,
  `GET ${prefix}/shelves.first trpc router.ts#byId`,
  `POST ${prefix}/books.add trpc router.ts#add`,
];

const served = (code: string, path = 'src/main.ts'): Files => ({
  [path]: `import { appRouter } from './router';\n${code}`,
  'src/router.ts': router,
});

describe('procedures are routes', () => {
  test.each<[string, Files, readonly string[]]>([
    [
      'on Express',
      served(`import express from 'express'; import { createExpressMiddleware } from '@trpc/server/adapters/express';
const app = express(); app.use('/trpc', createExpressMiddleware({ router: appRouter })); app.listen(1);`),
      FOUND('/trpc'),
    ],
    [
      'on Fastify',
      served(`import Fastify from 'fastify'; import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
const app = Fastify(); app.register(async (api) => { api.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions: { router: appRouter } }); }, { prefix: '/api' }); app.listen({ port: 1 });`),
      FOUND('/api/trpc'),
    ],
    [
      'on Hono',
      served(`import { Hono } from 'hono'; import { trpcServer } from '@hono/trpc-server'; import { serve } from '@hono/node-server';
const app = new Hono(); app.use('/trpc/*', trpcServer({ router: appRouter })); serve(app);`),
      FOUND('/trpc'),
    ],
    [
      'alone',
      served(
        `import { createHTTPServer } from '@trpc/server/adapters/standalone'; createHTTPServer({ router: appRouter, basePath: '/rpc/' }).listen(1);`,
      ),
      FOUND('/rpc'),
    ],
  ])('%s', (_title, files, expected) => expect(routes(files)).toEqual(expected));

  test('in a handler that answers each request', () => {
    const files = served(`import express from 'express'; import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
const app = express(); app.get('/health', (req, res) => res.end()); app.listen(1);
export const handler = (req) => fetchRequestHandler({ endpoint: '/api/trpc', req, router: appRouter, createContext: () => ({}) });`);
    expect(routes(files).filter((route) => route.includes('trpc '))).toEqual(FOUND('/api/trpc'));
  });
});

test('middleware of a procedure stands between that of the application and its function', () => {
  const files =
    served(`import express from 'express'; import cors from 'cors'; import { createExpressMiddleware } from '@trpc/server/adapters/express';
const app = express(); app.use(cors()); app.use('/trpc', createExpressMiddleware({ router: appRouter })); app.listen(1);`);
  const fact = analysed(files).facts.find((one) => one.kind === 'route' && one.id === 'POST /trpc/books.add');
  expect(fact?.kind === 'route' ? fact.chain.map(({ role, name }) => `${role} ${name}`) : []).toEqual([
    'middleware cors()',
    'middleware log',
    'middleware requireReader',
    'validation input',
    'handler add',
  ]);
  expect(fact).toMatchObject({ shapes: { body: { library: 'zod' }, responses: { default: { library: 'zod' } } } });
});

test('subscriptions are operations', () => {
  const files = served(
    `import { createHTTPServer } from '@trpc/server/adapters/standalone'; createHTTPServer({ router: appRouter }).listen(1);`,
  );
  expect(analysed(files).facts.flatMap((fact) => (fact.kind === 'trigger' ? [`${fact.trigger} ${fact.detail}`] : []))).toEqual([
    'operation books.arrived',
  ]);
});

test('tells of routers that are not read', () => {
  const files = { 'src/main.ts': `import * as trpc from '@trpc/server'; trpc.router().query('books', { resolve: () => [] });` };
  expect(analysed(files).diagnostics.map(({ data }) => data)).toEqual([
    { framework: 'tRPC', package: '@trpc/server', reason: 'nothing-registered' },
  ]);
});

test.each([
  ['a router that nothing serves', `console.log(appRouter);`, 'dynamic-mount {"text":"tRPC router that is never mounted","routes":4}'],
  [
    'a member that is not known',
    `import { initTRPC } from '@trpc/server'; import { createHTTPServer } from '@trpc/server/adapters/standalone'; createHTTPServer({ router: initTRPC.create().router({ late: globalThis.late }) }).listen(1);`,
    'dynamic-route {"method":"?","text":"late"}',
  ],
])('tells of %s', (_title, code, expected) => {
  expect(analysed(served(code)).diagnostics.map(({ code: found, data }) => `${found} ${JSON.stringify(data)}`)).toContain(expected);
});
