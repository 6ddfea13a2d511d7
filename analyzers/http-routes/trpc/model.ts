import type { CallModel, LibraryModel, MemberModel } from '../../../src/model/boot-trace.ts';

const builder = (verb: string): CallModel => ({ records: verb, returns: { object: 'trpc.builder' } });
const procedure: CallModel = { records: 'procedure', returns: { object: 'trpc.procedure' } };
const initial: CallModel = { returns: { object: 'trpc.init' } };
const root: CallModel = { returns: { object: 'trpc.root' } };
const unknown: CallModel = { returns: 'unknown' };
const endpoint: CallModel = { records: 'endpoint', returns: { object: 'trpc.endpoint' } };
const server: CallModel = { records: 'endpoint', returns: { object: 'trpc.server' } };
const middleware: CallModel = { records: 'middleware', returns: { object: 'trpc.middleware' } };

const starts: Readonly<Record<string, MemberModel>> = { context: initial, meta: initial, create: root };

/** What calls of tRPC 10 and 11 do. */
export const trpcModel: LibraryModel = {
  name: 'trpc',
  packages: ['@trpc/server', '@trpc/server/unstable-core-do-not-import'],
  exports: { initTRPC: { members: starts } },
  objects: {
    'trpc.init': { members: starts },
    'trpc.root': {
      members: {
        procedure: { property: { object: 'trpc.builder' } },
        router: { returns: { object: 'trpc.router' } },
        mergeRouters: { returns: { object: 'trpc.merged-router' } },
        middleware,
        createCallerFactory: unknown,
      },
    },
    'trpc.builder': {
      members: {
        input: builder('input'),
        output: builder('output'),
        meta: builder('meta'),
        use: builder('use'),
        unstable_concat: builder('concat'),
        concat: builder('concat'),
        query: procedure,
        mutation: procedure,
        subscription: procedure,
      },
    },
    'trpc.middleware': { members: { unstable_pipe: middleware } },
    'trpc.procedure': { members: {} },
    'trpc.router': { members: { createCaller: unknown } },
    'trpc.merged-router': { members: { createCaller: unknown } },
    'trpc.endpoint': { members: {} },
    'trpc.server': {
      members: {
        listen: { records: 'listen', returns: 'self' },
        on: { returns: 'self' },
        server: { property: { object: 'node.http-server' } },
      },
    },
  },
};

/** Functions that serve a router in an application of another framework, or by themselves. */
export const trpcAdaptersModel: LibraryModel = {
  name: 'trpc-adapters',
  packages: [
    ...['express', 'ws', 'standalone', 'fastify', 'next', 'next-app-dir', 'node-http'].map((name) => `@trpc/server/adapters/${name}`),
    ...['@hono/trpc-server', 'trpc-koa-adapter'],
  ],
  exports: {
    createExpressMiddleware: endpoint,
    createHTTPServer: server,
    createHTTPHandler: server,
    fastifyTRPCPlugin: { returns: 'undefined' },
    applyWSSHandler: { returns: 'unknown' },
    createNextApiHandler: endpoint,
    trpcServer: endpoint,
    createKoaMiddleware: endpoint,
  },
  objects: {},
};
