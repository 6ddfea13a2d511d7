import type { RouteFact } from '../../../src/model/fact.ts';
import { MODULE_INIT, moduleOf, toRouteId, toSymbolId } from '../../../src/model/ids.ts';
import type { SourceLocation, SourceSpan } from '../../../src/model/location.ts';
import type { GuestRoute } from './guest-route.ts';
import { joinPaths } from './route-path.ts';

interface Standing {
  readonly prefix: string;
  /** Where the endpoint is made. */
  readonly at: SourceLocation;
  readonly statements: readonly SourceSpan[];
}

/** The fact of a request that an endpoint answers by itself, outside of any application. */
export function guestFact(guest: GuestRoute, { prefix, at, statements }: Standing): RouteFact {
  const path = joinPaths(prefix, guest.path);
  const handler = guest.links.findLast(({ symbol }) => symbol !== undefined);
  const symbol = guest.links.at(-1) === handler ? handler?.symbol : undefined;
  const named = symbol ?? toSymbolId(at.file, MODULE_INIT);
  const { closure } = handler ?? {};
  return {
    kind: 'route',
    id: toRouteId(guest.method, path),
    method: guest.method,
    path,
    localPath: guest.path === '' ? '/' : guest.path,
    framework: guest.framework,
    handler: { module: moduleOf(named), symbol: named, ...(symbol === undefined || closure === undefined ? {} : { closure }) },
    chain: guest.links.map(({ delegate: _delegate, isKnown: _isKnown, ...link }, index) =>
      index === guest.links.length - 1 ? { ...link, role: 'handler' } : link,
    ),
    guards: [],
    statements: [...statements, ...guest.statements],
    ...(guest.shapes === undefined ? {} : { shapes: guest.shapes }),
    at: guest.at ?? at,
  };
}
