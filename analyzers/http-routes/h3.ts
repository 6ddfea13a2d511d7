import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { constantTexts } from '../../src/analyze/constant-text.ts';
import type { BootEffect, BootValue, CallModel, LibraryModel, MemberModel } from '../../src/model/boot-trace.ts';
import type { Dialect, Registration } from './routing/dialect.ts';
import { frameworkRoutes } from './routing/framework-routes.ts';
import { HTTP_METHODS, toMethod } from './routing/http-methods.ts';
import { pathLikeness, toNeutralPaths } from './routing/route-path.ts';
import type { TraceIndex } from './routing/trace-index.ts';

const wraps: MemberModel = { returns: { wraps: 0 } };
const registers: CallModel = { records: 'route', returns: 'self' };
const routes: Readonly<Record<string, MemberModel>> = Object.fromEntries([...HTTP_METHODS, 'all'].map((method) => [method, registers]));

/** Functions that handlers are made with. */
export const eventHandlerMakers: Readonly<Record<string, MemberModel>> = {
  defineEventHandler: wraps,
  eventHandler: wraps,
  defineHandler: wraps,
  defineLazyEventHandler: wraps,
  lazyEventHandler: wraps,
};

/** Applications and routers of h3; in the second version an application is a router, too. */
export const h3Model: LibraryModel = {
  name: 'h3',
  packages: ['h3'],
  exports: {
    ...eventHandlerMakers,
    createApp: { returns: { object: 'h3.application' } },
    createRouter: { returns: { object: 'h3.router' } },
    H3: { returns: { object: 'h3.application' }, constructs: true },
    toNodeListener: { returns: { argument: 0 } },
    toNodeHandler: { returns: { argument: 0 } },
    toWebHandler: { returns: { argument: 0 } },
    useBase: { returns: { object: 'h3.based' } },
    serve: { records: 'listen', returns: 'unknown' },
  },
  objects: {
    'h3.application': { members: { ...routes, use: { records: 'use', returns: 'self' }, mount: { records: 'use', returns: 'self' } } },
    'h3.based': { members: {} },
    'h3.router': {
      members: {
        ...routes,
        use: { records: 'any', returns: 'self' },
        add: { records: 'any', returns: 'self' },
        handler: { property: 'self' },
      },
    },
  },
};

const h3Dialect: Dialect = {
  framework: 'h3',
  imports: [{ framework: 'h3', package: 'h3', applications: ['createApp', 'H3'], routers: ['createRouter'] }],
  applications: new Set(['h3.application']),
  routers: new Set(['h3.router']),
  registrations: (object, index) => index.effects(object.id).flatMap((effect) => registrationOf(effect, index)),
  // `**` and `**:path` are the rest of the path.
  paths: (written) => toNeutralPaths(written.replace(/\*\*:(\w+)/g, '*$1').replaceAll('**', '*')),
  middleware: 'own-routes',
  routes: 'best-match',
};

function registrationOf(effect: BootEffect, index: TraceIndex): readonly Registration[] {
  const [path, ...given] = effect.arguments;
  if (path === undefined) return [];
  const based = (values: readonly BootValue[]): readonly Based[] => values.map((value) => basedOf(value, index));
  if (effect.verb === 'use') {
    const isPath = pathLikeness(path) === 'path';
    const handlers = based(isPath ? given : effect.arguments).map(({ handler }) => handler);
    return [{ kind: 'use', ...(isPath ? { path } : {}), handlers, effect }];
  }
  const [first] = based(given);
  if (first === undefined) return [];
  const { base, handler } = first;
  const isRouter = handler.kind === 'library' && index.object(handler.object)?.kind === 'h3.router';
  if (isRouter) return [{ kind: 'use', ...(base === undefined ? {} : { path: base }), handlers: [handler], effect }];
  const methods = effect.verb === 'any' ? methodsIn(effect) : [toMethod(effect.method)];
  return [{ kind: 'route', methods, path, handlers: [handler], effect }];
}

interface Based {
  /** What is taken off a path before the handler sees it. */
  readonly base?: BootValue | undefined;
  readonly handler: BootValue;
}

/** `useBase('/api', handler)`: an application takes the path of `use` off by itself, a router of routes does not. */
function basedOf(value: BootValue, index: TraceIndex): Based {
  const object = value.kind === 'library' ? index.object(value.object) : undefined;
  const [base, handler] = object?.kind === 'h3.based' ? object.arguments : [];
  return handler === undefined ? { handler: value } : { base, handler };
}

/** `router.add(path, handler, 'get')` and `router.use(path, handler)`. */
function methodsIn({ arguments: [, , given] }: BootEffect): readonly string[] {
  const named = constantTexts(given).map(toMethod);
  return named.length === 0 ? ['ALL'] : named;
}

export const h3Routes = defineAnalyzer({
  name: 'h3-routes',
  produces: ['route'],

  *analyze(input) {
    yield* frameworkRoutes(h3Dialect, input);
  },
});
