import { describe, expect, test } from 'vitest';
import { httpRouteAnalyzers } from '../../../analyzers/http-routes/index.ts';
import { runAnalyzers } from '../../../src/analyze/run-analyzers.ts';
import { toModuleId } from '../../../src/model/ids.ts';
import { traceOf } from '../../support/trace.ts';

type Files = Readonly<Record<string, string>>;

const analysed = (files: Files) => {
  const sources = Object.fromEntries(Object.entries(files).filter(([path]) => !path.endsWith('.graphql')));
  const assets = Object.entries(files).flatMap(([path, text]) =>
    path.endsWith('.graphql') ? [[toModuleId(path), { kind: 'graphql' as const, text }] as const] : [],
  );
  const { trace, program, diagnostics } = traceOf({ files: sources }, { entries: [Object.keys(sources)[0] ?? ''] });
  const found = runAnalyzers(httpRouteAnalyzers, {
    trace,
    program,
    assets: new Map(assets),
    packages: [],
    sql: () => ({ kind: 'error', message: 'no SQL here' }),
  });
  return { facts: found.value, diagnostics: [...diagnostics, ...found.diagnostics] };
};

/** `GET /graphql` of routes and `Query.orders → orders` of operations, sorted. */
const found = (files: Files): readonly string[] =>
  analysed(files)
    .facts.map((fact) =>
      fact.kind === 'route'
        ? fact.id
        : fact.kind === 'trigger'
          ? `${fact.detail} → ${fact.handler?.symbol.replace('src/', '')}`
          : fact.kind,
    )
    .sort();

const shop = `
const orders = () => [];
const placeOrder = async () => ({});
const items = (order) => [];
export const resolvers = { Query: { orders }, Mutation: { placeOrder }, Order: { items } };
export const typeDefs = \`#graphql
  type Order { items: [String] }
  type Query { orders: [Order] }
  type Mutation { placeOrder: Order }
\`;
`;

const FIELDS = ['Mutation.placeOrder → shop.ts#placeOrder', 'Order.items → shop.ts#items', 'Query.orders → shop.ts#orders'];
const served = (code: string, more: Files = {}): Files => ({
  'src/main.ts': `import { resolvers, typeDefs } from './shop';\n${code}`,
  'src/shop.ts': shop,
  ...more,
});
const express = `import express from 'express'; const app = express();`;

describe('endpoints and the fields behind them', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'Apollo alone',
      `import { ApolloServer } from '@apollo/server'; import { startStandaloneServer } from '@apollo/server/standalone';
const server = new ApolloServer({ typeDefs, resolvers }); startStandaloneServer(server, { listen: { port: 1 } });`,
      ['GET /', 'POST /'],
    ],
    [
      'Apollo on Express',
      `${express} import { ApolloServer } from '@apollo/server'; import { expressMiddleware } from '@apollo/server/express4';
const server = new ApolloServer({ typeDefs, resolvers });
server.start().then(() => { app.use('/api/graphql', express.json(), expressMiddleware(server)); app.listen(1); });`,
      ['GET /api/graphql', 'POST /api/graphql'],
    ],
    [
      'Apollo before version 4',
      `${express} import { ApolloServer, gql } from 'apollo-server-express';
const start = async () => { const server = new ApolloServer({ typeDefs, resolvers }); await server.start(); server.applyMiddleware({ app, path: '/gql' }); app.listen(1); }; start();`,
      ['GET /gql', 'POST /gql'],
    ],
    [
      'Yoga behind a server of Node',
      `import { createServer } from 'node:http'; import { createSchema, createYoga } from 'graphql-yoga';
const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers }), graphqlEndpoint: '/q' }); createServer(yoga).listen(1);`,
      ['GET /q', 'POST /q'],
    ],
    [
      'Yoga on Express',
      `${express} import { createSchema, createYoga } from 'graphql-yoga';
const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers }) }); app.use(yoga.graphqlEndpoint, yoga); app.listen(1);`,
      ['GET /graphql', 'POST /graphql'],
    ],
    [
      'graphql-http',
      `${express} import { createHandler } from 'graphql-http/lib/use/express'; import { makeExecutableSchema } from '@graphql-tools/schema';
app.all('/graphql', createHandler({ schema: makeExecutableSchema({ typeDefs, resolvers: [resolvers] }) })); app.listen(1);`,
      ['ALL /graphql'],
    ],
    [
      'resolvers added to a schema that a file holds',
      `${express} import { createHandler } from 'graphql-http/lib/use/express'; import { loadSchemaSync } from '@graphql-tools/load'; import { addResolversToSchema } from '@graphql-tools/schema';
const schema = loadSchemaSync('shop.graphql'); app.all('/graphql', createHandler({ schema: addResolversToSchema({ schema, resolvers }) })); app.listen(1);`,
      ['ALL /graphql'],
    ],
    [
      'express-graphql',
      `${express} import { graphqlHTTP } from 'express-graphql'; import { makeExecutableSchema } from '@graphql-tools/schema'; import { mergeResolvers } from '@graphql-tools/merge';
app.use('/graphql', graphqlHTTP({ schema: makeExecutableSchema({ typeDefs, resolvers: mergeResolvers([resolvers, {}]) }) })); app.listen(1);`,
      ['GET /graphql', 'POST /graphql'],
    ],
    [
      'Apollo on Koa',
      `import Koa from 'koa'; import { ApolloServer } from 'apollo-server-koa';
const app = new Koa(); const server = new ApolloServer({ typeDefs, resolvers }); server.applyMiddleware({ app }); app.listen(1);`,
      ['GET /graphql', 'POST /graphql'],
    ],
    [
      'Mercurius',
      `import Fastify from 'fastify'; import mercurius from 'mercurius';
const app = Fastify(); app.register(mercurius, { schema: typeDefs, resolvers, path: '/gql' }); app.listen({ port: 1 });`,
      ['GET /gql', 'POST /gql'],
    ],
    [
      'Apollo on Fastify',
      `import Fastify from 'fastify'; import { ApolloServer } from '@apollo/server'; import fastifyApollo from '@as-integrations/fastify';
const app = Fastify(); const apollo = new ApolloServer({ typeDefs, resolvers }); app.register(fastifyApollo(apollo)); app.listen({ port: 1 });`,
      ['GET /graphql', 'POST /graphql'],
    ],
  ])('%s', (_title, code, expected) => expect(found(served(code))).toEqual([...expected, ...FIELDS].sort()));
});

test('resolvers of files that fit a pattern', () => {
  const files = served(
    `${express} import path from 'node:path'; import { loadFilesSync } from '@graphql-tools/load-files'; import { mergeResolvers } from '@graphql-tools/merge';
import { ApolloServer } from '@apollo/server'; import { expressMiddleware } from '@apollo/server/express4';
const all = mergeResolvers(loadFilesSync(path.join(__dirname, 'modules/**/*.resolvers.ts'))); app.use('/g', expressMiddleware(new ApolloServer({ typeDefs, resolvers: all }))); app.listen(1);`,
    {
      'src/modules/books/books.resolvers.ts': `export default { Query: { books: () => [] }, Mutation: { add: () => 1 } };`,
      'src/modules/users/users.resolvers.ts': `export default { Query: { users: () => [] } };`,
      'src/modules/users/users.service.ts': `export default { Query: { never: () => [] } };`,
    },
  );
  expect(found(files).map((one) => one.split(' → ')[0])).toEqual(['GET /g', 'Mutation.add', 'POST /g', 'Query.books', 'Query.users']);
});

describe('schemas in code', () => {
  test('Pothos', () => {
    const files = {
      'src/main.ts': `import SchemaBuilder from '@pothos/core'; import { createYoga } from 'graphql-yoga'; import { createServer } from 'node:http';
const builder = new SchemaBuilder({}); const find = () => [];
builder.queryType({ fields: (t) => ({ orders: t.field({ type: 'Int', resolve: find }) }) });
builder.mutationField('placeOrder', (t) => t.field({ type: 'Int', resolve: find }));
builder.objectType('Order', { fields: (t) => ({ id: t.exposeID('id'), items: t.int({ resolve: find }) }) });
createServer(createYoga({ schema: builder.toSchema() })).listen(1);`,
    };
    expect(found(files)).toEqual([
      'GET /graphql',
      'Mutation.placeOrder → main.ts#find',
      'Order.items → main.ts#find',
      'POST /graphql',
      'Query.orders → main.ts#find',
    ]);
  });

  test('Nexus', () => {
    const files = {
      'src/main.ts': `import { extendType, makeSchema, mutationField, objectType } from 'nexus'; import { ApolloServer } from 'apollo-server';
const find = () => [];
const Order = objectType({ name: 'Order', definition(t) { t.id('id'); t.nonNull.list.field('items', { type: 'Item', resolve: find }); } });
const Query = extendType({ type: 'Query', definition(t) { t.field('orders', { type: Order, resolve: find }); } });
const place = mutationField('placeOrder', { type: Order, resolve: find });
new ApolloServer({ schema: makeSchema({ types: [Order, Query, place] }) }).listen(1);`,
    };
    expect(found(files)).toEqual([
      'GET /',
      'Mutation.placeOrder → main.ts#find',
      'Order.items → main.ts#find',
      'POST /',
      'Query.orders → main.ts#find',
    ]);
  });

  test('the types of the library itself', () => {
    const files = {
      'src/main.ts': `import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'; import { graphqlHTTP } from 'express-graphql'; import express from 'express';
const find = () => [];
const Query = new GraphQLObjectType({ name: 'Query', fields: () => ({ orders: { type: Order, resolve: find } }) });
const Order = new GraphQLObjectType({ name: 'Order', fields: { id: { type: GraphQLString }, items: { type: GraphQLString, resolve: (order) => [] } } });
const app = express(); app.use('/graphql', graphqlHTTP({ schema: new GraphQLSchema({ query: Query }) })); app.listen(1);`,
    };
    expect(found(files)).toEqual(['GET /graphql', 'Order.items → main.ts#Order.resolve', 'POST /graphql', 'Query.orders → main.ts#find']);
  });

  test('TypeGraphQL', () => {
    const files = {
      'src/main.ts': `import { buildSchema } from 'type-graphql'; import { ApolloServer } from 'apollo-server'; import { OrderResolver } from './order.resolver';
const start = async () => { const schema = await buildSchema({ resolvers: [OrderResolver] }); new ApolloServer({ schema }).listen(1); }; start();`,
      'src/order.resolver.ts': `import { FieldResolver, Mutation, Query, Resolver } from 'type-graphql'; import { Order } from './order';
@Resolver(() => Order) export class OrderResolver {
  @Query(() => [Order]) orders() { return []; }
  @Mutation(() => Order, { name: 'placeOrder' }) place() { return {}; }
  @FieldResolver() items() { return []; }
}`,
      'src/order.ts': `export class Order {}`,
    };
    expect(found(files)).toEqual([
      'GET /',
      'Mutation.placeOrder → order.resolver.ts#OrderResolver.place',
      'Order.items → order.resolver.ts#OrderResolver.items',
      'POST /',
      'Query.orders → order.resolver.ts#OrderResolver.orders',
    ]);
  });
});

test('TypeGraphQL loads resolvers by patterns of their files', () => {
  const files = {
    'src/main.ts': `import { buildSchema } from 'type-graphql'; import { ApolloServer } from 'apollo-server'; import path from 'node:path';
const start = async () => { const schema = await buildSchema({ resolvers: [path.join(__dirname, 'resolvers/**/*.resolver.{ts,js}')] }); new ApolloServer({ schema }).listen(1); }; start();`,
    'src/resolvers/book.resolver.ts': `import { Query, Resolver } from 'type-graphql';\n@Resolver() export class BookResolver { @Query(() => Number) books() { return 1; } }`,
    'src/resolvers/other.ts': `import { Query, Resolver } from 'type-graphql';\n@Resolver() export class Never { @Query(() => Number) never() { return 1; } }`,
  };
  expect(found(files)).toEqual(['GET /', 'POST /', 'Query.books → resolvers/book.resolver.ts#BookResolver.books']);
});

describe('what is not known is told', () => {
  const codes = (files: Files): readonly string[] => analysed(files).diagnostics.map(({ code, data }) => `${code} ${JSON.stringify(data)}`);
  const start = (options: string): string => `import { ApolloServer } from 'apollo-server'; new ApolloServer(${options}).listen(1);`;

  test('a field of the schema without a function', () => {
    const files = served(start('{ typeDefs, resolvers }'), { 'schema.graphql': 'extend type Query { authors: [String] }' });
    expect(codes(files)).toContain('unresolved-handler {"route":"Query.authors"}');
  });

  test('nothing of fields that classes of Nest answer', () => {
    const files = {
      'src/main.ts': `import { GraphQLSchema } from 'graphql'; import { Query, Resolver } from '@nestjs/graphql';\n@Resolver() class OrderResolver { @Query() orders() { return []; } }\nnew GraphQLSchema({});`,
      'schema.graphql': 'type Query { orders: [String] }',
    };
    expect(codes(files)).toEqual([]);
  });

  test('a server that start-up does not make', () => {
    const files = {
      'src/main.ts': `console.log(1);`,
      'src/server.ts': `import { ApolloServer } from '@apollo/server'; export const server = new ApolloServer({});`,
    };
    expect(codes(files)).toEqual([
      'framework-without-routes {"framework":"Apollo Server","package":"@apollo/server","reason":"not-started"}',
    ]);
  });

  test('resolvers that only start-up makes known', () => {
    expect(codes(served(start('{ typeDefs, resolvers: globalThis.resolvers }')))).toContain(
      'framework-without-routes {"framework":"GraphQL","package":"graphql","reason":"nothing-registered"}',
    );
  });
});
