import type { ChainRole } from '../../../src/model/fact.ts';

/** Points of a request's life at which hooks run, in order. */
export const HOOK_POINTS = [
  'onRequest',
  'preParsing',
  'parsing',
  'preValidation',
  'validation',
  'preHandler',
  'handler',
  'preSerialization',
  'onSend',
  'onResponse',
  'onTimeout',
  'onRequestAbort',
  'onError',
] as const;

export type HookPoint = (typeof HOOK_POINTS)[number];

/** What plugins from packages put around the routes of the instance they are registered on. */
interface PackageHook {
  readonly point: HookPoint;
  readonly role: ChainRole;
  /** It adds its hook to each route as that is registered: it runs after those of the instances and of the route itself. */
  readonly isOnRoutes?: true;
}

const at = (point: HookPoint, role: ChainRole = 'hook'): PackageHook => ({ point, role });

const HOOKS: Readonly<Record<string, PackageHook>> = {
  cors: at('onRequest'),
  helmet: at('onRequest'),
  cookie: at('onRequest'),
  session: at('onRequest', 'session'),
  'secure-session': at('onRequest', 'session'),
  'rate-limit': { ...at('onRequest'), isOnRoutes: true },
  'under-pressure': at('onRequest'),
  'bearer-auth': at('onRequest', 'authentication'),
  passport: at('onRequest', 'authentication'),
  'request-context': at('onRequest'),
  'early-hints': at('onRequest'),
  multipart: at('parsing', 'upload'),
  formbody: at('parsing', 'body-parser'),
  compress: at('onSend'),
  etag: at('onSend'),
  caching: at('onSend'),
};

/** `@fastify/cors`, or its older name `fastify-cors`. */
const shortName = (name: string): string | undefined => /^(?:@fastify\/|fastify-)(.+)$/.exec(name)?.[1];

export const hookOfPackage = (name: string): PackageHook | undefined => {
  const short = shortName(name);
  return short !== undefined && Object.hasOwn(HOOKS, short) ? HOOKS[short] : name === 'fastify-raw-body' ? at('preParsing') : undefined;
};

/** Plugins of others that are known to register no routes. */
const WITHOUT_ROUTES: ReadonlySet<string> = new Set([
  ...['fastify-raw-body', 'fastify-multer', 'fastify-socket.io', 'fastify-zod', 'fastify-type-provider-zod', 'fastify-knexjs'],
  ...['fastify-graceful-shutdown', 'fastify-print-routes', 'fastify-prisma-client', 'fastify-healthcheck', 'fastify-cron'],
  ...['fastify-typeorm-plugin', 'fastify-mongoose', 'fastify-redis', 'fastify-postgres', 'fastify-favicon', 'fastify-no-icon'],
  ...[
    'fastify-overview',
    'fastify-zod-openapi',
    'fastify-ip',
    '@scalar/fastify-api-reference',
    'fastify-jwt-jwks',
    'fastify-auth0-verify',
    'fastify-objectionjs',
    'fastify-language-parser',
  ],
]);

/** Plugins whose effect on the routes is known: those of the framework's own makers, and some of others. */
export const isOfficial = (name: string): boolean =>
  name.startsWith('@fastify/') || WITHOUT_ROUTES.has(name) || hookOfPackage(name) !== undefined || OLD_NAMES.has(name);

/** Names from before the scope. */
const OLD_NAMES: ReadonlySet<string> = new Set(
  [
    ...[
      'auth',
      'basic-auth',
      'circuit-breaker',
      'csrf',
      'elasticsearch',
      'env',
      'http-proxy',
      'jwt',
      'mongodb',
      'mysql',
      'nextjs',
      'oauth2',
    ],
    ...['reply-from', 'sensible', 'static', 'swagger', 'swagger-ui', 'url-data', 'websocket', 'accepts', 'leveldb', 'schedule', 'flash'],
    ...['middie', 'express', 'routes', 'hotwire', 'kafka', 'funky', 'awilix', 'view', 'accepts-serializer', 'response-validation'],
  ].map((name) => `fastify-${name}`),
)
  .add('point-of-view')
  .add('middie');
