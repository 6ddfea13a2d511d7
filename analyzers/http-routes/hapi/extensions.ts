import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import { type Link, toLinks } from '../routing/chain-link.ts';
import type { TraceIndex } from '../routing/trace-index.ts';

/** What `server.ext` adds at a point of a request's life, wherever it is called. */
export function extensions(index: TraceIndex, point: string): readonly Link[] {
  return ['hapi.server', 'hapi.realm']
    .flatMap((kind) => index.ofKind(kind))
    .filter(({ verb }) => verb === 'ext')
    .sort((left, right) => left.order - right.order)
    .flatMap((effect) =>
      entriesOf(effect)
        .filter(({ type }) => type?.kind === 'constant' && type.value === point)
        .flatMap(({ method }) =>
          method === undefined ? [] : toLinks(method, { scope: 'application', at: effect.at, object: index.object }),
        )
        .map((link) => ({ ...link, role: 'hook' as const })),
    );
}

interface Extension {
  readonly type: BootValue | undefined;
  readonly method: BootValue | undefined;
}

/** `ext('onRequest', method)`, `ext({ type, method })` and a list of those. */
function entriesOf({ arguments: [first, method] }: BootEffect): readonly Extension[] {
  if (first?.kind === 'array') return first.elements.flatMap((one) => (one.kind === 'object' ? [fieldsOf(one)] : []));
  return first?.kind === 'object' ? [fieldsOf(first)] : [{ type: first, method }];
}

const fieldsOf = ({ properties: { type, method } }: Extract<BootValue, { kind: 'object' }>): Extension => ({ type, method });
