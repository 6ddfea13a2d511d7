import { remember } from '../../../src/lib/remember.ts';
import type { BootTrace } from '../../../src/model/boot-trace.ts';
import type { RouteFact, RouteShapes } from '../../../src/model/fact.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { createAuthentications } from './authentication.ts';
import type { Link } from './chain-link.ts';
import { createHandlerShapes } from './handler-shapes.ts';
import type { RouteLayer } from './layer.ts';
import { createValidation } from './validation.ts';

/** What the links around a handler tell of it. */
export interface ChainMeaning {
  /** The link with the role that its code shows. */
  readonly named: (link: Link) => Link;
  readonly of: (
    before: readonly Link[],
    handler: Link,
    layer: Pick<RouteLayer, 'path' | 'shapes'>,
  ) => Pick<RouteFact, 'authentication' | 'shapes'>;
}

export function createChainMeaning(program: ProgramQueries, trace: BootTrace): ChainMeaning {
  const authentications = createAuthentications(program, trace);
  const validationOf = remember(createValidation(program));
  const shapesOfHandler = createHandlerShapes(program);
  return {
    named: (link) => {
      if (link.role !== 'middleware') return link;
      if (validationOf(link) !== undefined) return { ...link, role: 'validation' };
      return authentications.schemeOf(link, '') === undefined ? link : { ...link, role: 'authentication' };
    },
    of: (before, handler, { path, shapes }) => {
      const asked = handler.value?.kind === 'external' ? [...before, handler] : before;
      const authentication = authentications.of(asked, path) ?? authentications.ofHandler(handler);
      const checked = [...before, handler].map((link): RouteShapes => validationOf(link)?.shapes ?? {});
      const own = handler.symbol === undefined ? {} : shapesOfHandler(handler.symbol);
      const all: RouteShapes = Object.assign({}, own, ...checked, shapes);
      return {
        ...(authentication === undefined ? {} : { authentication }),
        ...(Object.keys(all).length === 0 ? {} : { shapes: all }),
      };
    },
  };
}
