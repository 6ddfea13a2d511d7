import type { BootEffect, LibraryObject } from '../../../src/model/boot-trace.ts';
import { toLinks } from '../routing/chain-link.ts';
import type { GuestRoute } from '../routing/guest-route.ts';
import { readPaths, toNeutralPaths } from '../routing/route-path.ts';
import { readShapes } from '../routing/schema-shapes.ts';
import type { TraceIndex } from '../routing/trace-index.ts';
import { TS_REST_ENDPOINT } from './model.ts';

/** The routes of a contract that functions of the program answer. */
export function tsRestEndpointRoutes(object: LibraryObject, index: TraceIndex): readonly GuestRoute[] | undefined {
  if (object.kind !== TS_REST_ENDPOINT) return undefined;
  return index.effects(object.id).flatMap((effect) => (effect.verb === 'guest-route' ? routesOf(effect, index) : []));
}

function routesOf(effect: BootEffect, index: TraceIndex): readonly GuestRoute[] {
  const [method, path, contract, ...handlers] = effect.arguments;
  if (method?.kind !== 'constant' || path === undefined) return [];
  const links = handlers.flatMap((handler) => toLinks(handler, { scope: 'route', at: effect.at, object: index.object }));
  const shapes = contract === undefined ? undefined : readShapes(contract);
  const handler = handlers.at(-1);
  return readPaths(path).flatMap((reading) =>
    reading.kind === 'pattern'
      ? []
      : toNeutralPaths(reading.written).map((written) => ({
          framework: 'ts-rest',
          method: String(method.value).toUpperCase(),
          path: written,
          links,
          statements: [effect.span],
          ...(shapes === undefined ? {} : { shapes }),
          at: handler?.kind === 'function' ? handler.at : effect.at,
        })),
  );
}
