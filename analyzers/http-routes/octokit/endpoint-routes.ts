import type { LibraryObject } from '../../../src/model/boot-trace.ts';
import { type Link, toLinks } from '../routing/chain-link.ts';
import type { GuestRoute } from '../routing/guest-route.ts';
import { readPaths } from '../routing/route-path.ts';
import type { TraceIndex } from '../routing/trace-index.ts';
import { OCTOKIT_ENDPOINT } from './model.ts';

/** Where the middleware answers unless it is told another path. */
const PATH = { kind: 'constant', value: '/api/github/webhooks' } as const;

/** The one request that `createNodeMiddleware` answers: it runs what listens to the event. */
export function octokitEndpointRoutes(object: LibraryObject, index: TraceIndex): readonly GuestRoute[] | undefined {
  if (object.kind !== OCTOKIT_ENDPOINT) return undefined;
  const { at, span } = object;
  const [webhooks, options] = object.arguments;
  const effects = webhooks?.kind === 'library' ? index.effects(webhooks.object).filter(({ verb }) => verb === 'github-event') : [];
  const listeners = effects.flatMap((effect) =>
    effect.arguments.slice(-1).flatMap((listener) => toLinks(listener, { scope: 'route', at: effect.at, object: index.object })),
  );
  const handler: Link = {
    role: 'handler',
    package: '@octokit/webhooks',
    name: '@octokit/webhooks.createNodeMiddleware()',
    scope: 'route',
    at,
    isKnown: true,
  };
  return readPaths((options?.kind === 'object' ? options.properties.path : undefined) ?? PATH).flatMap((reading) =>
    reading.kind === 'pattern'
      ? []
      : [
          {
            framework: 'octokit',
            method: 'POST',
            path: reading.written,
            links: [...listeners, handler],
            statements: [span, ...effects.map((effect) => effect.span)],
          },
        ],
  );
}
