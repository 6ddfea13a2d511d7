import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import type { Dialect, Registration } from '../routing/dialect.ts';
import { toNeutralPaths } from '../routing/route-path.ts';

/** How restify servers take routes: what `pre` and `use` add runs for all of them, those registered before it included. */
export const restifyDialect: Dialect = {
  framework: 'restify',
  imports: [{ framework: 'restify', package: 'restify', applications: ['createServer'], routers: ['default'] }],
  applications: new Set(['restify.server']),
  routers: new Set(['restify.router']),
  registrations: (object, index) => {
    const effects = index.effects(object.id);
    const moments = object.kind === 'restify.server' ? ['pre', 'use'] : ['pre'];
    const early = moments.flatMap((moment) => effects.filter(({ verb }) => verb === moment));
    return [...early, ...effects.filter((effect) => !early.includes(effect))].flatMap(registrationsOf);
  },
  paths: toNeutralPaths,
  middleware: 'own-routes',
  routes: 'best-match',
};

const METHODS: Readonly<Record<string, string>> = { del: 'DELETE', opts: 'OPTIONS' };

function registrationsOf(effect: BootEffect): readonly Registration[] {
  const [first, ...rest] = effect.arguments;
  if (first === undefined) return [];
  switch (effect.verb) {
    case 'pre':
    case 'use':
      return [{ kind: 'use', handlers: effect.arguments, effect }];
    case 'add':
      return [{ kind: 'use', path: first, handlers: rest, effect }];
    case 'param':
      return first.kind === 'constant' ? [{ kind: 'param', names: [String(first.value)], handlers: rest, effect }] : [];
    case 'route':
      return [
        { kind: 'route', methods: [METHODS[effect.method] ?? effect.method.toUpperCase()], path: pathOf(first), handlers: rest, effect },
      ];
    default:
      return [];
  }
}

/** A path by itself, or with a name and versions beside it. */
const pathOf = (value: BootValue): BootValue => (value.kind === 'object' ? (value.properties.path ?? value) : value);
