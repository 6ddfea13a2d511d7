import type { BootEffect, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { Dialect, Registration } from '../routing/dialect.ts';
import type { TraceIndex } from '../routing/trace-index.ts';
import { hapiPaths } from './paths.ts';
import { hapiRoute } from './route.ts';

const FRAMEWORK = { framework: 'hapi', applications: ['Server', 'server', 'default'], routers: [] };

/** How hapi servers take routes: what runs around a handler follows from the server's and the route's options. */
export const hapiDialect: Dialect = {
  framework: 'hapi',
  imports: [
    { ...FRAMEWORK, package: '@hapi/hapi' },
    { ...FRAMEWORK, package: 'hapi' },
  ],
  applications: new Set(['hapi.server']),
  routers: new Set(['hapi.realm']),
  registrations: (object, index) => index.effects(object.id).flatMap((effect) => registrationsOf(effect, object, index)),
  prefix: ({ kind, arguments: [prefix] }) =>
    kind === 'hapi.realm' && !(prefix?.kind === 'constant' && prefix.value === undefined) ? prefix : undefined,
  paths: hapiPaths,
  middleware: 'everywhere',
  routes: 'best-match',
};

function registrationsOf(effect: BootEffect, object: LibraryObject, index: TraceIndex): readonly Registration[] {
  const [first] = effect.arguments;
  if (effect.verb === 'register' && effect.result !== undefined)
    return [{ kind: 'use', handlers: [{ kind: 'library', object: effect.result }], effect }];
  if (effect.verb !== 'route' || first === undefined) return [];
  return (first.kind === 'union' ? first.options : [first]).flatMap((route) => hapiRoute(route, { effect, object, index }));
}
