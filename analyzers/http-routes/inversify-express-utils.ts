import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { classOf, propertyOf, textOf } from '../../src/analyze/decorator-calls.ts';
import { groupBy } from '../../src/lib/group.ts';
import type { BootEffect, BootTrace, BootValue, CallModel, LibraryModel } from '../../src/model/boot-trace.ts';
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

const plain: ControllerFramework = {
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

/** Middleware may be named by the token under which the container holds it. */
function withBindings({ effects }: BootTrace): ControllerFramework {
  const tokens = new Map(effects.flatMap(({ verb, result, arguments: [token] }) => (verb === 'bind' ? [[result, textOf(token)]] : [])));
  const bindings = groupBy(
    effects.filter(({ verb }) => verb === 'bound'),
    ({ object }) => tokens.get(object),
    ({ arguments: [given] }) => given,
  );
  const meant = (value: BootValue): BootValue => {
    const token = value.kind === 'constant' ? textOf(value) : undefined;
    if (token === undefined) return value;
    // Applications of one program may share a token, and bind it to the same class.
    const given = (bindings.get(token) ?? []).flatMap((one) => one ?? []);
    const options = [...new Map(given.map((one) => [classOf(one) ?? one, one])).values()];
    return options.length > 0 ? { kind: 'union', options } : { kind: 'unknown', text: token.replace(/^@@symbol /, '') };
  };
  return { ...plain, links: (decorator) => plain.links(decorator).map((link) => ({ ...link, value: meant(link.value) })) };
}

export const inversifyExpressRoutes = defineAnalyzer({
  name: 'inversify-express-utils-routes',
  produces: ['route'],

  *analyze(input) {
    const framework = withBindings(input.trace);
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
