import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import type { Dialect, Registration } from '../routing/dialect.ts';
import { toMethod } from '../routing/http-methods.ts';
import { toNeutralPaths } from '../routing/route-path.ts';

/** How itty-router takes routes: what answers nothing passes on, so that `all('*', check)` is middleware. */
export const ittyDialect: Dialect = {
  framework: 'itty-router',
  imports: [{ framework: 'itty-router', package: 'itty-router', applications: ['Router', 'AutoRouter', 'IttyRouter'], routers: [] }],
  applications: new Set(['itty-router.application']),
  routers: new Set(),
  registrations: (object, index) => [
    ...aroundOf(object.arguments[0], index.effects(object.id)[0]),
    ...index.effects(object.id).flatMap(registrationsOf),
  ],
  prefix: ({ arguments: [options] }) => (options?.kind === 'object' ? options.properties.base : undefined),
  paths: (written) => toNeutralPaths(written.replace(/:(\w+)\+/g, ':$1(*)')),
  middleware: 'everywhere',
  routes: 'each-in-order',
};

/** `Router({ before: [check] })`. */
function aroundOf(options: BootValue | undefined, effect: BootEffect | undefined): readonly Registration[] {
  const before = options?.kind === 'object' ? options.properties.before : undefined;
  return before === undefined || effect === undefined ? [] : [{ kind: 'use', handlers: [before], effect }];
}

function registrationsOf(effect: BootEffect): readonly Registration[] {
  const [path, ...handlers] = effect.arguments;
  if (effect.verb !== 'route' || path === undefined || handlers.length === 0) return [];
  const [only] = handlers;
  // A router in a router has its whole path as its base.
  if (handlers.length === 1 && only?.kind === 'library') return [{ kind: 'use', handlers, effect }];
  return [{ kind: 'route', methods: [toMethod(effect.method)], path, handlers, effect }];
}
