import { type AnalyzerInput, defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { type DecoratorCall, decoratorCalls, flatValues, indexClasses, propertyOf, textOf } from '../../src/analyze/decorator-calls.ts';
import type { BootClass, BootEffect, BootValue, LibraryModel } from '../../src/model/boot-trace.ts';
import type { ControllerFramework } from './controllers/controller-framework.ts';
import { decoratedLinks } from './controllers/controller-routes.ts';
import { controllerClasses, listedClasses } from './controllers/registered.ts';
import { applicationLinks, notRegistered, type Registration, registeredRoutes } from './controllers/registered-routes.ts';
import type { Link } from './routing/chain-link.ts';
import { toNeutralPaths } from './routing/route-path.ts';

const PACKAGE = 'routing-controllers';
const CONTROLLERS = ['Controller', 'JsonController'];
const METHODS = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'All'];

/** Servers that routing-controllers makes or fills; its controllers may be named by patterns, so all of them are evaluated. */
export const routingControllersModel: LibraryModel = {
  name: PACKAGE,
  packages: [PACKAGE],
  exports: {
    createExpressServer: { records: 'controllers', returns: { object: 'express.application' } },
    useExpressServer: { records: 'controllers', returns: { argument: 0 } },
    createKoaServer: { records: 'controllers', returns: { object: 'koa.application' } },
    useKoaServer: { records: 'controllers', returns: { argument: 0 } },
  },
  objects: {},
  conventions: [
    { packages: [PACKAGE], loads: () => true, importing: [...CONTROLLERS, 'Middleware', 'Interceptor'], records: 'controller-file' },
  ],
};

const framework: ControllerFramework = {
  name: PACKAGE,
  packages: [PACKAGE],
  controllers: new Set(CONTROLLERS),
  answer: ({ name, arguments: [first, second] }) => {
    if (METHODS.includes(name)) return { methods: [name.toUpperCase()], path: first };
    const method = name === 'Method' ? textOf(first) : undefined;
    return method === undefined ? undefined : { methods: [method.toUpperCase()], path: second };
  },
  paths: toNeutralPaths,
  links: ({ name, arguments: given }) => {
    if (name === 'UseBefore') return given.map((value) => ({ role: 'middleware' as const, when: 'before' as const, value }));
    if (name === 'UseAfter') return given.map((value) => ({ role: 'middleware' as const, when: 'after' as const, value }));
    return name === 'UseInterceptor' ? given.map((value) => ({ role: 'interceptor' as const, when: 'after' as const, value })) : [];
  },
  authentication: ({ method, controller }, shown) => {
    const found = method.find(isAuthorized) ?? controller.find(isAuthorized);
    return shown ?? (found === undefined ? undefined : { scheme: 'unknown', by: 'Authorized()', at: found.at });
  },
  parts: { Body: 'body', QueryParams: 'query', Params: 'parameters', HeaderParams: 'headers' },
  middlewareMethod: 'use',
};

export const routingControllersRoutes = defineAnalyzer({
  name: 'routing-controllers-routes',
  produces: ['route'],

  *analyze(input) {
    const all = controllerClasses(input.trace, framework);
    const effects = input.trace.effects.filter(({ verb, arguments: given }) => verb === 'controllers' && optionsIn(given) !== undefined);
    if (effects.length === 0) yield* notRegistered(PACKAGE, PACKAGE, all[0]?.at);
    for (const effect of effects) {
      const checker = propertyOf(optionsIn(effect.arguments), 'authorizationChecker');
      yield* registeredRoutes(input, withChecker(checker), [readServer(input, effect, all)]);
    }
  },
});

const optionsIn = (given: readonly BootValue[]): BootValue | undefined => given.find(({ kind }) => kind === 'object');

function readServer(input: AnalyzerInput, effect: BootEffect, all: readonly BootClass[]): Registration {
  const options = optionsIn(effect.arguments);
  const listed = listedClasses(propertyOf(options, 'controllers'), all);
  const application = input.trace.objects.find(({ id }) => id === effect.object);
  return {
    controllers: listed ?? all,
    prefix: propertyOf(options, 'routePrefix'),
    around: [...applicationLinks(input.trace, effect), ...globalLinks(input, options, effect)],
    ...(application === undefined ? {} : { application }),
    isOpen: listed === undefined,
  };
}

/** Whoever is not allowed in by the checker of the server is refused. */
const withChecker = (checker: BootValue | undefined): ControllerFramework => ({
  ...framework,
  links: (call) =>
    call.name === 'Authorized' && checker !== undefined
      ? [{ role: 'authentication', when: 'before', value: checker }]
      : framework.links(call),
});

const isAuthorized = ({ name }: DecoratorCall): boolean => name === 'Authorized';

/** Middleware classes (`@Middleware({ type: 'before' })`) and interceptors that the server is given. */
function globalLinks({ trace }: AnalyzerInput, options: BootValue | undefined, { at }: BootEffect): readonly Link[] {
  const marked = (name: string): readonly BootClass[] => controllerClasses(trace, { packages: [PACKAGE], controllers: new Set([name]) });
  const reading = { framework, find: indexClasses(trace) };
  const linksOf = (name: string, list: BootValue | undefined, role: 'middleware' | 'interceptor') =>
    (list === undefined ? [] : (listedClasses(list, marked(name)) ?? marked(name))).flatMap((one) =>
      decoratedLinks(reading, { role, when: 'before', value: { kind: 'class', symbol: one.symbol, id: one.id } }, at, 'application').map(
        (link) => ({
          link,
          type: typeOf(one),
        }),
      ),
    );
  const middlewares = linksOf('Middleware', propertyOf(options, 'middlewares'), 'middleware');
  return [...middlewares.filter(({ type }) => type !== 'after'), ...middlewares.filter(({ type }) => type === 'after')].map(
    ({ link }) => link,
  );
}

const typeOf = ({ decorators }: BootClass): string | undefined =>
  decoratorCalls(decorators)
    .filter(({ name }) => name === 'Middleware')
    .map(({ arguments: [first] }) => textOf(propertyOf(flatValues(first)[0], 'type')))[0];
