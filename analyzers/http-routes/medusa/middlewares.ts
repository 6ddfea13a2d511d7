import type { BootValue } from '../../../src/model/boot-trace.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import { type Link, toLinks } from '../routing/chain-link.ts';
import { prefixMatch, toNeutralPaths } from '../routing/route-path.ts';

/** One function of the table of middlewares, and the requests that it meets. */
export interface MatchedMiddleware {
  readonly link: Link;
  readonly matches: (method: string, path: string) => boolean;
}

/** What `middlewares.ts` puts around routes. */
export interface Middlewares {
  readonly before: readonly MatchedMiddleware[];
  /** Requests whose body it wants as it comes. */
  readonly withoutBodyParser: readonly MatchedMiddleware['matches'][];
  /** What handles errors. */
  readonly after: readonly Link[];
}

/** Where a project has none, errors are the framework's to handle. */
export const NO_MIDDLEWARES: Middlewares = { before: [], withoutBodyParser: [], after: [] };

/** Reads what `middlewares.ts` exports: `{ routes: [{ matcher, method, middlewares }] }`, or the call that is given it. */
export const readMiddlewares = (value: BootValue | undefined, at: SourceLocation): Middlewares => {
  const table = tableIn(value);
  const routes = table?.kind === 'array' ? table.elements.flatMap((route) => readEntry(route) ?? []) : [];
  const config = value?.kind === 'external' ? value.arguments?.[0] : value;
  const handler = config?.kind === 'object' ? config.properties.errorHandler : undefined;
  const linksOf = (given: BootValue, scope: Link['scope']): readonly Link[] => toLinks(given, { scope, at, object: () => undefined });
  return {
    before: routes.flatMap(({ middlewares, matches }) =>
      middlewares === undefined ? [] : linksOf(middlewares, 'router').map((link) => ({ link, matches })),
    ),
    withoutBodyParser: routes.flatMap(({ bodyParser, matches }) =>
      bodyParser?.kind === 'constant' && bodyParser.value === false ? [matches] : [],
    ),
    after: handler === undefined ? [] : linksOf(handler, 'application').map((link) => ({ ...link, role: 'error-handler' })),
  };
};

/** Whether the table was read to its end, or there is none. */
export const isReadable = (value: BootValue | undefined): boolean => {
  const table = tableIn(value);
  return table === undefined || (table.kind === 'array' && table.complete);
};

function tableIn(value: BootValue | undefined): BootValue | undefined {
  const config = value?.kind === 'external' ? value.arguments?.[0] : value;
  const table = config?.kind === 'object' ? config.properties.routes : config;
  if (table?.kind !== 'union') return table;
  // Code that replaces the table by one that it makes of it leaves several.
  return table.options.find((option) => option.kind === 'array' && option.complete) ?? table.options[0];
}

interface Entry {
  readonly middlewares: BootValue | undefined;
  readonly bodyParser: BootValue | undefined;
  readonly matches: MatchedMiddleware['matches'];
}

function readEntry(route: BootValue): Entry | undefined {
  if (route.kind !== 'object') return undefined;
  const { matcher, method, methods, middlewares, bodyParser } = route.properties;
  const wanted = textsIn(method ?? methods);
  const meets = matcher === undefined ? undefined : matcherOf(matcher, wanted.length === 0 || wanted.includes('USE'));
  if (meets === undefined) return undefined;
  const isForAny = wanted.length === 0 || wanted.includes('USE') || wanted.includes('ALL');
  return { middlewares, bodyParser, matches: (asked, path) => (isForAny || wanted.includes(asked)) && meets(path) };
}

const textsIn = (value: BootValue | undefined): readonly string[] => {
  if (value?.kind === 'array') return value.elements.flatMap(textsIn);
  return value?.kind === 'constant' && typeof value.value === 'string' ? [value.value.toUpperCase()] : [];
};

/** `USE` meets all that stands below its path, any other method that path alone. */
function matcherOf(matcher: BootValue, isPrefix: boolean): ((path: string) => boolean) | undefined {
  if (matcher.kind !== 'constant' || typeof matcher.value !== 'string') return undefined;
  const paths = toNeutralPaths(matcher.value);
  return (path) =>
    paths.some((one) => prefixMatch(one, path) !== 'never' && (isPrefix || depthOf(one) === depthOf(path) || /(?:\+\}|\*)$/.test(one)));
}

const depthOf = (path: string): number => path.split('/').length;
