import type { BootValue } from '../../../src/model/boot-trace.ts';

/** A module of the route configuration and the address it stands under, as written (`books/:id`). */
export interface ConfiguredModule {
  readonly file: string;
  readonly path: string;
}

export interface RouteConfiguration {
  readonly modules: readonly ConfiguredModule[];
  /** Modules of `routes/` are found by their names as well. */
  readonly isFlat: boolean;
  /** Nothing is missing that could not be read. */
  readonly isComplete: boolean;
}

const NOTHING: RouteConfiguration = { modules: [], isFlat: false, isComplete: true };
const UNREADABLE: RouteConfiguration = { ...NOTHING, isComplete: false };

/** Reads what `routes.ts` exports: calls of `route`, `index`, `layout`, `prefix` and `flatRoutes`, in lists. */
export function readConfiguration(value: BootValue | undefined, above = ''): RouteConfiguration {
  if (value?.kind === 'array') {
    // `...prefix('books', […])` is a list, too, whose calls stand for its elements.
    const isWhole = value.complete || value.elements.some((element) => calledName(element) === 'prefix');
    return join([...value.elements.map((element) => readConfiguration(element, above)), isWhole ? NOTHING : UNREADABLE]);
  }
  if (value?.kind !== 'external' || !value.called) return UNREADABLE;
  const given = value.arguments ?? [];
  switch (calledName(value)) {
    case 'flatRoutes':
      return { ...NOTHING, isFlat: true };
    case 'index':
      return moduleAt(given[0], above);
    case 'layout':
      return children(given.slice(1), above);
    case 'prefix':
      return children(given.slice(1), below(above, given[0]));
    case 'route': {
      const path = below(above, given[0]);
      return join([moduleAt(given[1], path), children(given.slice(2), path)]);
    }
    default:
      return UNREADABLE;
  }
}

const calledName = (value: BootValue): string | undefined =>
  value.kind === 'external' ? value.path.findLast((name) => name !== '()' && name !== 'default') : undefined;

const children = (given: readonly BootValue[], above: string): RouteConfiguration =>
  join(given.filter(({ kind }) => kind === 'array').map((list) => readConfiguration(list, above)));

function moduleAt(file: BootValue | undefined, path: string): RouteConfiguration {
  if (file?.kind !== 'constant' || typeof file.value !== 'string') return UNREADABLE;
  return { ...NOTHING, modules: [{ file: file.value.replace(/^\.\//, ''), path }] };
}

/** A path that is not known stands as a hole. */
function below(above: string, path: BootValue | undefined): string {
  if (path?.kind !== 'constant') return `${above}/<path>`;
  return typeof path.value === 'string' ? `${above}/${path.value.replace(/^\/|\/$/g, '')}` : above;
}

const join = (all: readonly RouteConfiguration[]): RouteConfiguration => ({
  modules: all.flatMap(({ modules }) => modules),
  isFlat: all.some(({ isFlat }) => isFlat),
  isComplete: all.every(({ isComplete }) => isComplete),
});
