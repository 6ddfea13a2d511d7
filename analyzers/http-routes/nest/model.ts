import type { CallModel, DecoratorModel, LibraryHost, LibraryModel } from '../../../src/model/boot-trace.ts';

const itself: CallModel = { returns: 'self' };
const ignored: CallModel = { returns: 'unknown' };
const given: CallModel = { returns: { instanceOf: 0 } };
const records = (verb: string): CallModel => ({ records: verb, returns: 'self' });

const apply: CallModel = { records: 'apply', returns: { object: 'nest.middleware' }, makes: true };

const handler: DecoratorModel = { handles: true };
const enhancer: DecoratorModel = { makes: true };
const each = (names: readonly string[], model: DecoratorModel): Readonly<Record<string, DecoratorModel>> =>
  Object.fromEntries(names.map((name) => [name, model]));

/** The constants of `HttpStatus`. */
const STATUSES: readonly (readonly [number, string])[] = Object.entries({
  100: 'CONTINUE SWITCHING_PROTOCOLS PROCESSING EARLYHINTS',
  200: 'OK CREATED ACCEPTED NON_AUTHORITATIVE_INFORMATION NO_CONTENT RESET_CONTENT PARTIAL_CONTENT MULTI_STATUS ALREADY_REPORTED',
  300: 'AMBIGUOUS MOVED_PERMANENTLY FOUND SEE_OTHER NOT_MODIFIED',
  307: 'TEMPORARY_REDIRECT PERMANENT_REDIRECT',
  400: 'BAD_REQUEST UNAUTHORIZED PAYMENT_REQUIRED FORBIDDEN NOT_FOUND METHOD_NOT_ALLOWED NOT_ACCEPTABLE PROXY_AUTHENTICATION_REQUIRED',
  408: 'REQUEST_TIMEOUT CONFLICT GONE LENGTH_REQUIRED PRECONDITION_FAILED PAYLOAD_TOO_LARGE URI_TOO_LONG UNSUPPORTED_MEDIA_TYPE',
  416: 'REQUESTED_RANGE_NOT_SATISFIABLE EXPECTATION_FAILED I_AM_A_TEAPOT',
  421: 'MISDIRECTED UNPROCESSABLE_ENTITY LOCKED FAILED_DEPENDENCY',
  428: 'PRECONDITION_REQUIRED TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR NOT_IMPLEMENTED BAD_GATEWAY SERVICE_UNAVAILABLE GATEWAY_TIMEOUT HTTP_VERSION_NOT_SUPPORTED',
  507: 'INSUFFICIENT_STORAGE LOOP_DETECTED',
}).flatMap(([first, names]) => names.split(' ').map((name, index) => [Number(first) + index, name] as const));

const LIFECYCLE = ['onModuleInit', 'onApplicationBootstrap'];
/** Methods of guards, interceptors, pipes, filters and middleware. */
const ENHANCING = ['canActivate', 'intercept', 'transform', 'catch', 'use'];

/** Decorators of `@nestjs/common` that make a method a route. */
export const ROUTE_DECORATORS = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Options', 'Head', 'All', 'Search', 'Sse'] as const;

const moduleDecorator: DecoratorModel = {
  handles: LIFECYCLE,
  module: {
    provides: ['providers', 'controllers'],
    imports: 'imports',
    exports: 'exports',
    class: 'module',
    global: 'global',
    invokes: {
      configure: { on: 'module', with: [{ object: 'nest.middleware-consumer' }] },
      onModuleInit: { on: 'any', with: [] },
      onApplicationBootstrap: { on: 'any', with: [] },
    },
  },
};

/** Nest's container, its controllers and everything that stands around them. */
export const nestCommonModel: LibraryModel = {
  name: 'nest-common',
  packages: ['@nestjs/common', '@nestjs/common/*'],
  exports: {
    forwardRef: { returns: { argument: 0 } },
    mixin: { returns: { argument: 0 } },
    HttpStatus: { members: Object.fromEntries(STATUSES.map(([status, name]) => [name, { property: { constant: status } }])) },
  },
  objects: {
    'nest.middleware-consumer': { members: { apply } },
    'nest.middleware': {
      members: {
        exclude: records('exclude'),
        forRoutes: records('for-routes'),
        apply,
      },
    },
  },
  decorators: {
    Module: moduleDecorator,
    Global: { isGlobal: true },
    Injectable: { handles: [...ENHANCING, ...LIFECYCLE] },
    Controller: { handles: LIFECYCLE },
    Catch: { handles: ['catch'] },
    Inject: { injects: 0 },
    applyDecorators: { composes: true },
    ...each(ROUTE_DECORATORS, handler),
    ...each(
      ['UseGuards', 'UseInterceptors', 'UsePipes', 'UseFilters', 'Body', 'Query', 'Param', 'Headers', 'UploadedFile', 'UploadedFiles'],
      enhancer,
    ),
  },
};

const starts = (object: string): CallModel => ({ records: 'create', returns: { object, keeps: 1 }, assembles: 0 });

/** The server below an application: of the adapter that it was created with, else Express. Routes of its own are read of Express only. */
function serverOf<Value>(host: LibraryHost<Value>): Value {
  const adapter = host.member(host.receiver, '[[kept]]');
  const seen = adapter === undefined ? undefined : host.see(adapter);
  const isFastify = seen?.kind === 'external' && /fastify/i.test([seen.package, ...seen.path].join('.'));
  // Hooks and plugins that are put there run around every handler: they are not read.
  if (isFastify) host.unclear();
  const given = host.receiver === undefined ? [] : [host.receiver];
  const server = isFastify ? host.unknown() : host.make('express.application', { arguments: given });
  return host.object([['getInstance', host.makeFunction('getInstance', () => server)]], false);
}

/** Applications of Nest, and what start-up code does with them. */
export const nestCoreModel: LibraryModel = {
  name: 'nest',
  packages: ['@nestjs/core', '@nestjs/core/*'],
  exports: {
    NestFactory: {
      members: {
        create: starts('nest.application'),
        createMicroservice: starts('nest.microservice'),
        createApplicationContext: starts('nest.context'),
      },
    },
    ModuleRef: { returns: { object: 'nest.module-ref' }, constructs: true },
  },
  objects: {
    'nest.application': {
      members: {
        use: records('use'),
        setGlobalPrefix: records('global-prefix'),
        enableVersioning: records('versioning'),
        useGlobalGuards: records('guards'),
        useGlobalInterceptors: records('interceptors'),
        useGlobalPipes: records('pipes'),
        useGlobalFilters: records('filters'),
        useStaticAssets: records('static'),
        enableCors: records('cors'),
        useBodyParser: records('body-parser'),
        connectMicroservice: { records: 'microservice', returns: { object: 'nest.microservice' } },
        listen: { records: 'listen', returns: { object: 'node.http-server' }, invokes: [{ argument: 'last', with: [] }] },
        getHttpAdapter: { performs: serverOf },
        getHttpServer: { returns: { object: 'node.http-server' } },
        get: given,
        resolve: given,
        select: itself,
        init: records('init'),
        useLogger: itself,
        enableShutdownHooks: itself,
        useWebSocketAdapter: itself,
        '*': ignored,
      },
    },
    'nest.microservice': {
      members: { listen: { records: 'listen', returns: 'self' }, get: given, resolve: given, '*': ignored },
    },
    'nest.context': { members: { get: given, resolve: given, select: itself, init: itself, '*': ignored } },
    'nest.module-ref': { members: { get: given, resolve: given, create: given, '*': ignored } },
  },
};

/** What is handed an application and registers nothing in it. `SwaggerModule.setup` does: pages with the documentation. */
export const nestToolsModel: LibraryModel = {
  name: 'nest-tools',
  packages: ['@nestjs/swagger', 'class-validator'],
  exports: { SwaggerModule: { members: { createDocument: ignored } }, useContainer: ignored },
  objects: {},
};
