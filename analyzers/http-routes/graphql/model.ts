import type { CallModel, LibraryHost, LibraryModel, MemberModel } from '../../../src/model/boot-trace.ts';
import { modulesLike } from './module-patterns.ts';
import { recordField, recordResolvers } from './resolver-maps.ts';

export const SCHEMA = 'graphql.schema';
export const SERVER = 'graphql.server';
export const ENDPOINT = 'graphql.endpoint';
export const STANDALONE = 'graphql.standalone';

/** A call whose options hold resolvers. */
const takesResolvers = (kind: string): CallModel => ({
  constructs: true,
  performs(host) {
    const [options] = host.given;
    const made = host.make(kind, { arguments: options === undefined ? [] : [withoutSchemaText(host, options)] });
    for (const given of host.given) recordOptions(host, given, made);
    return made;
  },
});

function recordOptions<Value>(host: LibraryHost<Value>, options: Value, made: Value): void {
  if (!host.isObject(options)) return;
  const { entries, complete } = host.members(options);
  const known = new Map(entries);
  const [resolvers, root, schema] = [known.get('resolvers'), known.get('rootValue'), known.get('schema')];
  if (resolvers !== undefined) recordResolvers(host, resolvers, made);
  else if (root !== undefined) recordRoot(host, root, made);
  else if (schema === undefined && !complete) host.unclear();
  if (schema !== undefined) recordOptions(host, schema, made);
}

/** Functions of a root value answer fields of the query or of the mutation: which of the two, the schema says. */
function recordRoot<Value>(host: LibraryHost<Value>, root: Value, made: Value): void {
  const members = host.members(root);
  if (!members.complete) host.unclear();
  for (const [field, value] of members.entries) recordField(host, field, value, made);
}

/** What analyzers ask of the options: where it answers. Resolvers are told one by one. */
function withoutSchemaText<Value>(host: LibraryHost<Value>, options: Value): Value {
  const wanted = ['graphqlEndpoint', 'path', 'schema', 'listen'];
  return host.object(
    wanted.flatMap((name) => {
      const value = host.see(options).kind === 'object' ? host.member(options, name) : undefined;
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

const endpoint: CallModel = { records: 'endpoint', returns: { object: ENDPOINT } };
const optionsEndpoint = takesResolvers(ENDPOINT);
const standalone: CallModel = { records: 'endpoint', returns: { object: STANDALONE } };
const schema = takesResolvers(SCHEMA);
const unknown: CallModel = { returns: 'unknown' };
const self: CallModel = { returns: 'self' };

/** `server.applyMiddleware({ app, path })` of Apollo Server 2 and 3: an endpoint on an application of any framework. */
const applyMiddleware: CallModel = {
  performs(host) {
    const [options] = host.given;
    const app = host.member(options, 'app');
    if (options === undefined || app === undefined || host.receiver === undefined) return host.unknown();
    const path = host.member(options, 'path') ?? host.constant('/graphql');
    const made = host.make(ENDPOINT, { arguments: [host.receiver] });
    const seen = host.see(app);
    const use = seen.kind === 'library' ? host.member(app, 'use') : undefined;
    const isKoa = seen.kind === 'library' && seen.object.startsWith('koa.');
    if (use === undefined) host.unclear();
    else if (isKoa) host.call(use, [host.make('koa.mount', { arguments: [path, made] })], app);
    else host.call(use, [path, made], app);
    return host.constant(undefined);
  },
};

/** `addResolversToSchema({ schema, resolvers })`, in older versions with one after the other. */
const schemaWithResolvers: CallModel = {
  performs(host) {
    const made = host.make(SCHEMA, { arguments: [] });
    const [first, resolvers] = host.given;
    if (resolvers !== undefined) recordResolvers(host, resolvers, made);
    else if (first !== undefined) recordOptions(host, first, made);
    return made;
  },
};

const addsResolvers: CallModel = {
  performs(host) {
    recordResolvers(host, host.given[0], host.receiver);
    return host.constant(undefined);
  },
};

const server: CallModel = takesResolvers(SERVER);
const apolloServer: Readonly<Record<string, MemberModel>> = {
  ApolloServer: server,
  ApolloServerBase: server,
  gql: unknown,
  makeExecutableSchema: schema,
};

/** Apollo Server 2 to 4, as it stands alone and in applications of other frameworks. */
export const apolloModel: LibraryModel = {
  name: 'apollo',
  packages: [
    '@apollo/server',
    'apollo-server',
    ...['express', 'koa', 'fastify', 'core', 'lambda', 'micro'].map((name) => `apollo-server-${name}`),
  ],
  exports: apolloServer,
  objects: {
    [SERVER]: {
      members: {
        start: self,
        stop: unknown,
        listen: { records: 'graphql-listen', returns: { object: STANDALONE } },
        applyMiddleware,
        getMiddleware: { records: 'endpoint', returns: { object: ENDPOINT } },
        createHandler: { records: 'endpoint', returns: { object: ENDPOINT } },
        executeOperation: unknown,
        installSubscriptionHandlers: self,
        addPlugin: self,
        assertStarted: self,
      },
    },
    [ENDPOINT]: { members: {} },
    [SCHEMA]: { members: { schema: { property: 'self' }, createApolloExecutor: unknown, createExecution: unknown } },
    [STANDALONE]: { members: {} },
  },
};

/** How an Apollo server is put on an application. */
export const apolloIntegrationsModel: LibraryModel = {
  name: 'apollo-integrations',
  packages: [
    ...['express4', 'standalone'].map((name) => `@apollo/server/${name}`),
    ...['express4', 'express5', 'koa', 'fastify', 'next', 'aws-lambda', 'h3'].map((name) => `@as-integrations/${name}`),
  ],
  exports: {
    expressMiddleware: endpoint,
    koaMiddleware: endpoint,
    fastifyApolloHandler: endpoint,
    fastifyApolloDrainPlugin: unknown,
    startServerAndCreateNextHandler: endpoint,
    startServerAndCreateH3Handler: endpoint,
    startStandaloneServer: standalone,
    default: { members: { default: endpoint }, call: endpoint },
  },
  objects: {},
};

/** Servers that are one function of a request, and schemas that are made of resolvers. */
export const graphqlServersModel: LibraryModel = {
  name: 'graphql-servers',
  packages: [
    ...['graphql-yoga', 'express-graphql', '@graphql-tools/schema', 'graphql-tools', '@apollo/subgraph', '@apollo/federation'],
    ...['express', 'koa', 'fastify', 'http', 'node', 'fetch'].map((name) => `graphql-http/lib/use/${name}`),
    ...['graphql-http', 'graphql-modules', 'koa-graphql', '@graphql-modules/core', 'graphql-helix'],
  ],
  exports: {
    createYoga: takesResolvers('graphql.yoga'),
    createSchema: schema,
    GraphQLServer: takesResolvers(STANDALONE),
    createServer: takesResolvers('graphql.yoga'),
    graphqlHTTP: optionsEndpoint,
    createHandler: optionsEndpoint,
    makeExecutableSchema: schema,
    mergeSchemas: schema,
    addResolversToSchema: schemaWithResolvers,
    addResolveFunctionsToSchema: schemaWithResolvers,
    buildSubgraphSchema: {
      performs(host) {
        const made = host.make(SCHEMA, { arguments: [] });
        for (const given of host.given) for (const one of host.elements(given).values) recordOptions(host, one, made);
        return made;
      },
    },
    createModule: schema,
    createApplication: schema,
    default: { members: {}, call: optionsEndpoint },
  },
  objects: {
    'graphql.yoga': {
      members: {
        graphqlEndpoint: {
          property: { constant: '/graphql' },
        },
        handle: unknown,
        fetch: unknown,
        handleNodeRequest: unknown,
        handleNodeRequestAndResponse: unknown,
        requestListener: { property: 'self' },
        start: { records: 'graphql-listen', returns: { object: STANDALONE } },
      },
    },
  },
};

/** Maps of resolvers laid over each other, field by field. */
function mergeMaps<Value>(host: LibraryHost<Value>): Value {
  const [list] = host.given;
  const { values, complete } = list === undefined ? { values: [], complete: true } : host.elements(list);
  const types = new Map<string, Map<string, Value>>();
  const members = values.map((value) => host.members(value));
  for (const [type, fields] of members.flatMap(({ entries }) => entries)) {
    const known = types.get(type) ?? new Map<string, Value>();
    for (const [field, resolver] of host.members(fields).entries) known.set(field, resolver);
    types.set(type, known);
  }
  const isWhole = complete && members.every((one) => one.complete);
  return host.object(
    [...types].map(([type, fields]) => [type, host.object(fields)] as const),
    isWhole,
  );
}

/** Resolvers of several files: `mergeResolvers([…])`, and files loaded by a pattern. */
export const graphqlMergeModel: LibraryModel = {
  name: 'graphql-merge',
  packages: ['@graphql-tools/merge', 'merge-graphql-schemas', '@graphql-tools/load-files', 'graphql-middleware'],
  exports: {
    mergeResolvers: { performs: mergeMaps },
    mergeTypeDefs: unknown,
    mergeTypes: unknown,
    loadFilesSync: { performs: (host) => host.list(modulesLike(host, host.given[0])) },
    loadFiles: { performs: (host) => host.list(modulesLike(host, host.given[0])) },
    fileLoader: { performs: (host) => host.list(modulesLike(host, host.given[0])) },
    applyMiddleware: { returns: { argument: 0 } },
  },
  objects: {},
};

/** Mercurius: an endpoint that is a plugin of Fastify, and more resolvers added to it. */
export const mercuriusModel: LibraryModel = {
  name: 'mercurius',
  packages: ['mercurius'],
  exports: {
    default: {
      members: {},
      call: {
        performs(host) {
          const [instance, options] = host.given;
          const made = host.make(ENDPOINT, { arguments: [] });
          if (options !== undefined) recordOptions(host, options, made);
          const loaders = host.member(options, 'loaders');
          if (loaders !== undefined) recordResolvers(host, loaders, made);
          if (instance === undefined) return made;
          host.assign(instance, 'graphql', host.make('graphql.mercurius', { arguments: [] }));
          host.record({ verb: 'register', on: instance, arguments: [made, options ?? host.object([])] });
          return made;
        },
      },
    },
  },
  objects: {
    'graphql.mercurius': {
      members: { defineResolvers: addsResolvers, defineLoaders: addsResolvers, '*': unknown },
      call: unknown,
    },
  },
};
