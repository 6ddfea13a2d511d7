import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import type { ChainLink, ChainRole } from '../../../src/model/fact.ts';
import { type Link, toLinks } from '../routing/chain-link.ts';
import type { TraceIndex } from '../routing/trace-index.ts';
import type { HookPoint } from './plugin-packages.ts';

export type HookLink = Link;

interface HookPlace {
  readonly effect: BootEffect;
  readonly index: TraceIndex;
  readonly scope: ChainLink['scope'];
  /** What a function of the program does there. */
  readonly role: ChainRole;
  /** Named before the function, as one would say it: `onRequest authenticate`. */
  readonly point?: HookPoint;
}

/** The links that a hook's value stands for; what `instance.auth([…])` combines stands behind it. */
export function hookLinks(value: BootValue | undefined, place: HookPlace): readonly HookLink[] {
  const { effect, index, scope, role, point } = place;
  if (value === undefined) return [];
  switch (value.kind) {
    case 'array':
      return value.elements.flatMap((element) => hookLinks(element, place));
    case 'library': {
      const object = index.object(value.object);
      const combined = object?.kind === '@fastify/auth.hook' ? object.arguments.slice(0, 1) : [];
      return [
        ...named(toLinks(value, { scope, at: effect.at, object: index.object })),
        ...combined.flatMap((one) => hookLinks(one, place)),
      ];
    }
    default:
      return named(toLinks(value, { scope, at: effect.at, object: index.object }));
  }

  function named(links: readonly Link[]): readonly HookLink[] {
    const guards = effect.guards.map(({ text, taken }) => (taken ? text : `!(${text})`));
    return links.map((link) => ({
      ...link,
      role: link.role === 'middleware' ? role : link.role,
      name: point === undefined ? link.name : `${point} ${link.name}`,
      ...(guards.length === 0 || scope === 'route' ? {} : { guards }),
    }));
  }
}
