/** A server framework that is known by name only. */
export interface UnmodelledFramework {
  readonly name: string;
  /** Packages whose use says that it is there; `@scope/*` stands for all of a scope. */
  readonly packages: readonly string[];
  /** Its code need not import it: handlers are found by their files, so types and the manifest tell as much as an import. */
  readonly foundByFiles?: true;
}

/** Frameworks that serve requests by routes, procedures or resolvers. One that gets its model leaves this list. */
export const unmodelledFrameworkList: readonly UnmodelledFramework[] = [
  // Servers and routers.
  { name: 'connect', packages: ['connect'] },
  { name: 'micro', packages: ['micro'] },
  { name: 'uWebSockets.js', packages: ['uWebSockets.js'] },
  { name: 'HyperExpress', packages: ['hyper-express'] },
  { name: 'Oak', packages: ['@oak/oak'] },
  { name: 'AdonisJS', packages: ['@adonisjs/core', '@adonisjs/*', '@ioc:Adonis/*'], foundByFiles: true },
  { name: 'Feathers', packages: ['@feathersjs/*'] },
  { name: 'LoopBack', packages: ['@loopback/rest', '@loopback/*', 'loopback'] },
  { name: 'Sails', packages: ['sails'], foundByFiles: true },
  { name: 'Meteor', packages: ['meteor'] },
  { name: 'Egg', packages: ['egg'], foundByFiles: true },
  { name: 'Midway', packages: ['@midwayjs/*'] },
  { name: 'FoalTS', packages: ['@foal/core'] },
  { name: 'Marble.js', packages: ['@marblejs/http'] },
  { name: 'Deepkit', packages: ['@deepkit/http'] },
  { name: 'Moleculer', packages: ['moleculer-web'] },
  { name: 'Ts.ED', packages: ['@tsed/common', '@tsed/platform-http', '@tsed/*'] },
  { name: 'Strapi', packages: ['@strapi/strapi'], foundByFiles: true },
  { name: 'Payload', packages: ['payload'] },
  { name: 'KeystoneJS', packages: ['@keystone-6/core'] },
  // Controllers and contracts over another framework.
  { name: 'InversifyJS HTTP', packages: ['@inversifyjs/http-core', '@inversifyjs/http-express'] },
  { name: 'Overnight', packages: ['@overnightjs/core'] },
  { name: 'express-controller decorators', packages: ['@decorators/express', 'inversify-restify-utils', 'awilix-express'] },
  { name: 'ts-rest', packages: ['@ts-rest/nest', '@ts-rest/serverless', '@ts-rest/next'] },
  { name: 'Zodios', packages: ['@zodios/express'] },
  { name: 'OpenAPI routing', packages: ['openapi-backend', 'express-openapi', 'swagger-tools', 'oas3-tools'] },
  // Modules and decorators of Nest that answer requests by themselves.
  { name: 'static files of NestJS', packages: ['@nestjs/serve-static'] },
  { name: 'generated controllers of NestJS', packages: ['@nestjsx/crud', '@dataui/crud', '@nestjs-query/query-rest'] },
  { name: 'metrics of NestJS', packages: ['@willsoto/nestjs-prometheus'] },
  // Pages of tools.
  { name: 'Bull Board', packages: ['@bull-board/nestjs', '@bull-board/express', '@bull-board/fastify', '@bull-board/*'] },
  { name: 'AdminJS', packages: ['@adminjs/nestjs', '@adminjs/express', '@adminjs/fastify', '@adminjs/koa', '@adminjs/hapi'] },
  // Procedures and resolvers.
  { name: 'Connect RPC', packages: ['@connectrpc/connect'] },
  // Functions.
  { name: 'AWS Lambda handlers', packages: ['aws-lambda', '@types/aws-lambda', '@middy/core'], foundByFiles: true },
  { name: 'Google Cloud Functions', packages: ['@google-cloud/functions-framework', 'firebase-functions'] },
  { name: 'Azure Functions', packages: ['@azure/functions'], foundByFiles: true },
  { name: 'Cloudflare Workers', packages: ['@cloudflare/workers-types'], foundByFiles: true },
];

/** Whether one of a framework's packages is meant: by its name, or by its scope. */
export const belongsTo = ({ packages }: UnmodelledFramework, name: string): boolean =>
  packages.some((one) => one === name || (one.endsWith('/*') && name.startsWith(one.slice(0, -1))));
