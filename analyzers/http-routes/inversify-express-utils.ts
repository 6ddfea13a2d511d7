import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { propertyOf, textOf } from '../../src/analyze/decorator-calls.ts';
import type { BootEffect, CallModel, LibraryModel } from '../../src/model/boot-trace.ts';
import type { ControllerFramework } from './controllers/controller-framework.ts';
import { controllerClasses } from './controllers/registered.ts';
import { applicationLinks, loadedWith, notRegistered, registeredRoutes } from './controllers/registered-routes.ts';
import { toNeutralPaths } from './routing/route-path.ts';

const PACKAGE = 'inversify-express-utils';

const configures: CallModel = { returns: 'self', invokes: [{ argument: 0, with: [{ object: 'express.application' }] }] };

/** The server registers every controller that was loaded before it is built. */
export const inversifyExpressModel: LibraryModel = {
  name: PACKAGE,
  packages: [PACKAGE],
  exports: { InversifyExpressServer: { records: 'controllers', returns: { object: 'inversify-express.server' }, constructs: true } },
  objects: {
    'inversify-express.server': {
      members: {
        setConfig: configures,
        setErrorConfig: configures,
        build: { records: 'build', returns: { object: 'express.application' } },
      },
    },
  },
};

const METHODS: Readonly<Record<string, string>> = {
  httpGet: 'GET',
  httpPost: 'POST',
  httpPut: 'PUT',
  httpPatch: 'PATCH',
  httpHead: 'HEAD',
  httpDelete: 'DELETE',
  httpOptions: 'OPTIONS',
  all: 'ALL',
};

const framework: ControllerFramework = {
  name: PACKAGE,
  packages: [PACKAGE],
  controllers: new Set(['controller']),
  answer: ({ name, arguments: [first, second] }) => {
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    if (method !== undefined) return { methods: [method], path: first };
    const named = name === 'httpMethod' ? textOf(first) : undefined;
    return named === undefined ? undefined : { methods: [named.toUpperCase()], path: second };
  },
  paths: toNeutralPaths,
  links: ({ name, arguments: given }) => {
    const after = name === 'httpMethod' ? 2 : name === 'controller' || Object.hasOwn(METHODS, name) ? 1 : given.length;
    const own = name === 'withMiddleware' ? given : given.slice(after);
    return own.map((value) => ({ role: 'middleware' as const, when: 'before' as const, value }));
  },
  parts: { requestBody: 'body' },
  middlewareMethod: 'handler',
};

export const inversifyExpressRoutes = defineAnalyzer({
  name: 'inversify-express-utils-routes',
  produces: ['route'],

  *analyze(input) {
    const all = controllerClasses(input.trace, framework);
    const servers = input.trace.effects.filter(
      ({ verb, object }) =>
        verb === 'controllers' && input.trace.objects.some(({ id, kind }) => id === object && kind === 'inversify-express.server'),
    );
    if (servers.length === 0) yield* notRegistered(PACKAGE, PACKAGE, all[0]?.at);
    const registrations = servers.map((server) => {
      const application = input.trace.objects.find(({ id }) => id === server.object);
      return {
        controllers: servers.length === 1 ? all : loadedWith(input.program, server.at.file, all),
        prefix: rootPath(server),
        around: applicationLinks(input.trace, server),
        ...(application === undefined ? {} : { application }),
      };
    });
    yield* registeredRoutes(input, framework, registrations);
  },
});

/** `new InversifyExpressServer(container, null, { rootPath: '/api' })`. */
const rootPath = ({ arguments: given }: BootEffect) =>
  given.map((value) => propertyOf(value, 'rootPath')).find((path) => path !== undefined);
