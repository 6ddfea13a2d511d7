import type { BootEffect } from '../../../src/model/boot-trace.ts';
import type { Dialect, Registration } from '../routing/dialect.ts';
import { toMethod } from '../routing/http-methods.ts';
import { pathLikeness, toNeutralPaths } from '../routing/route-path.ts';

const dialectOf = (
  framework: string,
  names: { readonly package: string; readonly exports: readonly string[]; readonly kind: string },
): Dialect => ({
  framework,
  imports: [{ framework, package: names.package, applications: names.exports, routers: [] }],
  applications: new Set([names.kind]),
  routers: new Set(),
  registrations: (object, index) => index.effects(object.id).flatMap(registrationsOf),
  paths: toNeutralPaths,
  errorParameters: 4,
  middleware: 'everywhere',
  routes: 'each-in-order',
});

export const polkaDialect = dialectOf('polka', { package: 'polka', exports: ['default'], kind: 'polka.application' });
export const tinyhttpDialect = dialectOf('tinyhttp', { package: '@tinyhttp/app', exports: ['App'], kind: 'tinyhttp.application' });

function registrationsOf(effect: BootEffect): readonly Registration[] {
  const [first, ...rest] = effect.arguments;
  if (first === undefined) return [];
  switch (effect.verb) {
    case 'use':
      return pathLikeness(first) === 'path' || (pathLikeness(first) === 'unknown' && rest.length > 0)
        ? [{ kind: 'use', path: first, handlers: rest, effect }]
        : [{ kind: 'use', handlers: effect.arguments, effect }];
    case 'route':
      return rest.length === 0 ? [] : [{ kind: 'route', methods: [toMethod(effect.method)], path: first, handlers: rest, effect }];
    case 'add': {
      const [path, ...handlers] = rest;
      const isKnown = first.kind === 'constant' && typeof first.value === 'string' && first.value !== '';
      const method = isKnown ? String(first.value).toUpperCase() : 'ALL';
      return path === undefined ? [] : [{ kind: 'route', methods: [method], path, handlers, effect }];
    }
    default:
      return [];
  }
}
