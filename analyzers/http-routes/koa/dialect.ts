import { constantTexts } from '../../../src/analyze/constant-text.ts';
import type { BootEffect, BootValue, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { Dialect, Mounted, Registration } from '../routing/dialect.ts';
import { toMethod } from '../routing/http-methods.ts';
import { pathLikeness, toNeutralPaths } from '../routing/route-path.ts';
import { routeObject } from './route-object.ts';

/** How Koa applications, and the routers on them, take routes. */
export const koaDialect: Dialect = {
  framework: 'koa',
  imports: [{ framework: 'Koa', package: 'koa', applications: ['default'], routers: [] }],
  applications: new Set(['koa.application']),
  routers: new Set(['koa.router', 'koa.single-route']),
  registrations: (object, index) =>
    index
      .effects(object.id)
      .flatMap((effect) => (object.kind === 'koa.application' ? applicationRegistration(effect) : routerRegistrations(effect))),
  prefix: (object, index) => {
    const last = index.effects(object.id).findLast(({ verb }) => verb === 'prefix');
    return last?.arguments[0] ?? optionOf(object, 'prefix');
  },
  paths: toNeutralPaths,
  unfold: (object) => (object.kind === 'koa.mount' ? mounted(object) : object.kind === ALLOWED_METHODS ? { handlers: [] } : undefined),
  middleware: 'own-routes',
  routes: 'each-in-order',
};

/** It answers OPTIONS and what no route allows; no code of the program runs. */
const ALLOWED_METHODS = 'koa-router.allowed-methods';

function optionOf({ arguments: [options] }: LibraryObject, name: string): BootValue | undefined {
  const value = options?.kind === 'object' ? options.properties[name] : undefined;
  return value?.kind === 'constant' && value.value === undefined ? undefined : value;
}

/** `mount('/admin', application)` and `mount(application)`. */
function mounted({ arguments: [first, ...rest] }: LibraryObject): Mounted {
  if (first === undefined) return { handlers: [] };
  return rest.length === 0 ? { handlers: [first] } : { path: first, handlers: rest.slice(0, 1) };
}

/** An application takes one middleware at a time. */
const applicationRegistration = (effect: BootEffect): readonly Registration[] =>
  effect.verb === 'use' ? [{ kind: 'use', handlers: effect.arguments.slice(0, 1), effect }] : [];

function routerRegistrations(effect: BootEffect): readonly Registration[] {
  const [first, second, ...rest] = effect.arguments;
  if (first === undefined) return [];
  switch (effect.verb) {
    case 'use':
      return [used(effect, first)];
    case 'route':
      return routed(effect, first);
    case 'register':
      return [{ kind: 'route', methods: methodsIn(second), path: first, handlers: rest.slice(0, 1), effect }];
    case 'route-object':
      return routeObject(effect, first);
    case 'redirect':
      return [{ kind: 'route', methods: ['ALL'], path: first, handlers: [REDIRECT], effect }];
    case 'param':
      return first.kind === 'constant'
        ? [{ kind: 'param', names: [String(first.value)], handlers: effect.arguments.slice(1), effect }]
        : [];
    default:
      return [];
  }
}

/** A router inside a router gives it copies of its routes. */
const used = (effect: BootEffect, first: BootValue): Registration =>
  pathLikeness(first) === 'path' || (pathLikeness(first) === 'unknown' && effect.arguments.length > 1)
    ? { kind: 'use', path: first, handlers: effect.arguments.slice(1), copies: true, effect }
    : { kind: 'use', handlers: effect.arguments, copies: true, effect };

/** A path may follow a name of the route. */
function routed(effect: BootEffect, first: BootValue): readonly Registration[] {
  const [, second, ...rest] = effect.arguments;
  const isNamed = second !== undefined && rest.length > 0 && pathLikeness(second) === 'path';
  const path = isNamed ? second : first;
  const handlers = isNamed ? rest : effect.arguments.slice(1);
  return handlers.length === 0 ? [] : [{ kind: 'route', methods: [toMethod(effect.method)], path, handlers, effect }];
}

const methodsIn = (value: BootValue | undefined): readonly string[] => constantTexts(value).map(toMethod);

const REDIRECT: BootValue = { kind: 'external', package: 'koa-router', path: ['redirect'], called: true };
