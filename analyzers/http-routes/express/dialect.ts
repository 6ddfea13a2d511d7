import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import type { Dialect, Registration } from '../routing/dialect.ts';
import { toMethod } from '../routing/http-methods.ts';
import { pathLikeness, toNeutralPaths } from '../routing/route-path.ts';
import type { TraceIndex } from '../routing/trace-index.ts';

/** How Express applications and routers take routes. */
export const expressDialect: Dialect = {
  framework: 'express',
  imports: [{ framework: 'Express', package: 'express', applications: ['default'], routers: ['Router', 'application'] }],
  applications: new Set(['express.application']),
  routers: new Set(['express.router']),
  registrations: (object, index) => index.effects(object.id).flatMap((effect) => registrationsOf(effect, index)),
  paths: toNeutralPaths,
  errorParameters: 4,
  middleware: 'everywhere',
  routes: 'each-in-order',
};

function registrationsOf(effect: BootEffect, index: TraceIndex): readonly Registration[] {
  const [first, ...rest] = effect.arguments;
  switch (effect.verb) {
    case 'use':
      return [used(effect)];
    case 'route':
      return first === undefined || rest.length === 0
        ? []
        : [{ kind: 'route', methods: [toMethod(effect.method)], path: first, handlers: rest, effect }];
    case 'route-path':
      return first === undefined ? [] : routePath(effect, first, index);
    case 'param':
      return [{ kind: 'param', names: namesIn(first), handlers: rest, effect }];
    default:
      return [];
  }
}

function used(effect: BootEffect): Registration {
  const [first, ...rest] = effect.arguments;
  const likeness = first === undefined ? 'other' : pathLikeness(first);
  const hasPath = likeness === 'path' || (likeness === 'unknown' && rest.length > 0);
  return hasPath && first !== undefined
    ? { kind: 'use', path: first, handlers: rest, effect }
    : { kind: 'use', handlers: effect.arguments, effect };
}

/** `router.route(path).all(check).get(list)`: handlers for every method count for the methods after them. */
function routePath(outer: BootEffect, path: BootValue, index: TraceIndex): readonly Registration[] {
  const own = outer.result === undefined ? [] : index.effects(outer.result);
  const hasOthers = own.some(({ method }) => method !== 'all');
  let common: readonly BootValue[] = [];
  return own.flatMap((effect): readonly Registration[] => {
    if (effect.method === 'all' && hasOthers) {
      common = [...common, ...effect.arguments];
      return [];
    }
    const handlers = [...common, ...effect.arguments];
    return handlers.length === 0 ? [] : [{ kind: 'route', methods: [toMethod(effect.method)], path, handlers, effect, outer: [outer] }];
  });
}

const namesIn = (value: BootValue | undefined): readonly string[] => {
  const values = value?.kind === 'array' ? value.elements : [value];
  return values.flatMap((one) => (one?.kind === 'constant' ? [String(one.value)] : []));
};
