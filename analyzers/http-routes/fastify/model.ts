import type { CallModel, LibraryModel, MemberModel } from '../../../src/model/boot-trace.ts';
import { autoload } from './autoload.ts';
import { INSTANCE, markPlugin, register } from './plugins.ts';
import { addHook, after, combine, decorate, route, shorthand, start, startModule } from './registration.ts';

const METHODS = [
  ...['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'all', 'trace', 'search', 'propfind', 'proppatch', 'mkcol', 'copy'],
  ...['move', 'lock', 'unlock', 'report', 'mkcalendar'],
];

const self: CallModel = { returns: 'self' };
const unknown: CallModel = { returns: 'unknown' };
const starts: CallModel = { performs: start };
const members = (names: readonly string[], model: MemberModel): Readonly<Record<string, MemberModel>> =>
  Object.fromEntries(names.map((name) => [name, model]));

const makes: CallModel = { returns: { object: INSTANCE } };

/** What calls of Fastify 3 to 5 do. */
export const fastifyModel: LibraryModel = {
  name: 'fastify',
  packages: ['fastify'],
  exports: { default: { members: { fastify: makes, default: makes }, call: makes } },
  objects: {
    [INSTANCE]: {
      awaited: { performs: start },
      members: {
        ...members(METHODS, { performs: shorthand }),
        ...members(['listen', 'ready', 'then'], starts),
        ...members(
          ['decorateRequest', 'decorateReply', 'withTypeProvider', 'addSchema', 'setValidatorCompiler', 'setSerializerCompiler'],
          self,
        ),
        ...members(['setReplySerializer', 'setSchemaErrorFormatter', 'setSchemaController', 'setGenReqId', 'setChildLoggerFactory'], self),
        ...members(['register'], { performs: register }),
        ...members(
          ['hasRoute', 'findRoute', 'hasDecorator', 'hasRequestDecorator', 'hasReplyDecorator', 'hasPlugin', 'hasContentTypeParser'],
          unknown,
        ),
        ...members(
          ['inject', 'close', 'printRoutes', 'printPlugins', 'getSchema', 'getSchemas', 'addresses', 'swagger', 'lookup', 'routing'],
          unknown,
        ),
        ...members(
          ['removeContentTypeParser', 'removeAllContentTypeParsers', 'addHttpMethod', 'addConstraintStrategy', 'setErrorSerializer'],
          self,
        ),
        route: { performs: route },
        addHook: { performs: addHook },
        decorate: { performs: decorate },
        after: { performs: after },
        setErrorHandler: { records: 'error-handler', returns: 'self' },
        setNotFoundHandler: { records: 'not-found', returns: 'self' },
        addContentTypeParser: { records: 'content-type-parser', returns: 'self' },
        use: { records: 'use', returns: 'self' },
        server: { property: { object: 'node.http-server' } },
        auth: { performs: combine },
        basicAuth: { property: { object: '@fastify/basic-auth.hook' } },
        verifyBearerAuth: { property: { object: '@fastify/bearer-auth.hook' } },
        csrfProtection: { property: { object: '@fastify/csrf-protection.hook' } },
        rateLimit: { returns: { object: '@fastify/rate-limit.hook' } },
      },
    },
  },
  command: { name: 'fastify', performs: startModule },
};

/** `fp(plugin)`: the plugin is called with the instance itself. */
export const fastifyPluginModel: LibraryModel = {
  name: 'fastify-plugin',
  packages: ['fastify-plugin'],
  exports: {
    default: { members: { default: { performs: markPlugin }, fastifyPlugin: { performs: markPlugin } }, call: { performs: markPlugin } },
  },
  objects: {},
};

/** Registers the plugins that it finds below a folder. */
export const fastifyAutoloadModel: LibraryModel = {
  name: 'fastify-autoload',
  packages: ['@fastify/autoload', 'fastify-autoload'],
  exports: {
    default: { members: { default: { performs: autoload }, fastifyAutoload: { performs: autoload } }, call: { performs: autoload } },
  },
  objects: {},
};
