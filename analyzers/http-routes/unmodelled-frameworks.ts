import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';

/** Says which server frameworks are used whose routes are not read, once for each package: no route is then no statement. */
export const unmodelledFrameworks = defineAnalyzer({
  name: 'unmodelled-frameworks',
  produces: [],

  *analyze({ program }): Iterable<Diagnostic> {
    const sources = new Set(program.program.modules.filter(({ role }) => role === 'source').map(({ id }) => id));
    const told = new Set<string>();
    for (const { from, target, typeOnly, at } of program.program.imports) {
      if (target.kind !== 'package' || typeOnly || !sources.has(from)) continue;
      if (!frameworksWithoutModel.has(target.package) || told.has(target.package)) continue;
      told.add(target.package);
      yield { code: 'framework-without-model', data: { package: target.package }, at };
    }
  },
});

/** Packages that serve requests by routes, procedures or resolvers. A framework that gets its model leaves this list. */
export const frameworksWithoutModel: ReadonlySet<string> = new Set([
  // servers and routers
  ...[
    '@nestjs/core',
    'fastify',
    'koa',
    '@hapi/hapi',
    'hapi',
    'hono',
    'restify',
    'polka',
    'connect',
    'micro',
    'find-my-way',
    '@tinyhttp/app',
  ],
  ...[
    'h3',
    'nitropack',
    'elysia',
    'uWebSockets.js',
    'hyper-express',
    '@adonisjs/core',
    '@feathersjs/feathers',
    '@loopback/rest',
    'loopback',
  ],
  ...[
    'sails',
    'egg',
    '@midwayjs/core',
    '@foal/core',
    '@marblejs/http',
    '@deepkit/http',
    'moleculer-web',
    '@tsed/common',
    '@tsed/platform-http',
  ],
  // controllers and contracts over another framework
  ...['routing-controllers', 'inversify-express-utils', 'tsoa', '@ts-rest/express', '@ts-rest/fastify', '@ts-rest/nest', 'openapi-backend'],
  // procedures and resolvers
  ...[
    '@trpc/server',
    '@apollo/server',
    'apollo-server',
    'apollo-server-express',
    'apollo-server-koa',
    'apollo-server-fastify',
    'graphql-yoga',
  ],
  ...['express-graphql', 'graphql-http', 'mercurius', 'type-graphql', '@connectrpc/connect'],
  // pages with a server side
  ...['next', 'nuxt', '@remix-run/node', '@remix-run/express', '@sveltejs/kit', '@react-router/node'],
]);
