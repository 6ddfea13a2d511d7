import type { AnalyzerInput } from '../../../src/analyze/analyzer.ts';
import { placeKey } from '../../../src/lib/place.ts';
import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import type { RouteFact, TriggerFact } from '../../../src/model/fact.ts';
import { nameOf, toEntryPointId } from '../../../src/model/ids.ts';
import type { RouteRegistration } from '../routing/dialect.ts';
import { frameworkRoutes } from '../routing/framework-routes.ts';
import { elysiaDialect, mountsOf } from './dialect.ts';

/** What `application.ws('/orders', { open, message, close })` runs, below the same prefixes as routes. */
export function elysiaSockets(input: Pick<AnalyzerInput, 'program' | 'trace' | 'packages'>): readonly TriggerFact[] {
  const effects = new Map(input.trace.effects.filter(({ verb }) => verb === 'ws').map((effect) => [placeKey(effect.at), effect]));
  if (effects.size === 0) return [];
  const found = frameworkRoutes(
    {
      ...elysiaDialect,
      imports: [],
      registrations: (object, index) => index.effects(object.id).flatMap((effect) => [...mountsOf(effect), ...registrationsOf(effect)]),
    },
    input,
  );
  return found.flatMap((fact) => ('code' in fact ? [] : toTriggers(fact, effects.get(placeKey(fact.at)))));
}

const HANDLERS = ['open', 'message', 'drain', 'close'];

/** One for each function, told apart as methods tell routes apart; one without, where the functions are not known. */
function registrationsOf(effect: BootEffect): readonly RouteRegistration[] {
  const [path, options] = effect.arguments;
  if (effect.verb !== 'ws' || path === undefined) return [];
  const properties: Readonly<Record<string, BootValue>> = options?.kind === 'object' ? options.properties : {};
  const known = HANDLERS.flatMap((name) => {
    const handler = properties[name];
    return handler === undefined ? [] : [{ name, handler }];
  });
  const all = known.length === 0 ? [{ name: 'open', handler: UNKNOWN }] : known;
  return all.map(({ name, handler }) => ({ kind: 'route', methods: [name], path, handlers: [handler], effect }));
}

const UNKNOWN: BootValue = { kind: 'external', package: 'elysia', path: ['ws'], called: true };

function toTriggers({ path, handler, chain, at }: RouteFact, effect: BootEffect | undefined): readonly TriggerFact[] {
  if (effect === undefined) return [];
  const isKnown = chain.some(({ role, symbol }) => role === 'handler' && symbol !== undefined);
  const who = isKnown ? `${handler.module}#${nameOf(handler.symbol)}` : `${at.file}:${at.line}`;
  return [
    {
      kind: 'trigger',
      id: toEntryPointId(`socket ${path} ${who}`),
      trigger: 'socket',
      detail: path,
      ...(isKnown ? { handler } : {}),
      library: 'elysia',
      statement: effect.span,
      at,
    },
  ];
}
