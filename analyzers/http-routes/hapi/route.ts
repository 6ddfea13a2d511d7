import { constantTexts } from '../../../src/analyze/constant-text.ts';
import { ownEntry } from '../../../src/lib/own-entry.ts';
import type { BootEffect, BootValue, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { RouteFact } from '../../../src/model/fact.ts';
import { type Link, toLinks } from '../routing/chain-link.ts';
import type { RouteRegistration } from '../routing/dialect.ts';
import { readShapes } from '../routing/schema-shapes.ts';
import type { TraceIndex } from '../routing/trace-index.ts';
import { authenticationOf } from './authentication.ts';
import { extensions } from './extensions.ts';

interface Place {
  readonly effect: BootEffect;
  readonly object: LibraryObject;
  readonly index: TraceIndex;
}

/** `{ method, path, handler, options: { auth, validate, pre, handler } }`; older versions say `config`. */
export function hapiRoute(route: BootValue, place: Place): readonly RouteRegistration[] {
  if (route.kind !== 'object') return [];
  const { method, path } = route.properties;
  if (path === undefined) return [];
  const options = propertiesOf(route.properties.options ?? route.properties.config);
  const handler = route.properties.handler ?? options.handler;
  const authentication = authenticationOf(options.auth, place);
  const shapes = readShapes({
    kind: 'object',
    properties: { ...propertiesOf(options.validate), ...responsesOf(options.response) },
    complete: true,
  });
  return [
    {
      kind: 'route',
      methods: methodsIn(method),
      path,
      handlers: [],
      links: chainOf({ handler, options, authentication, place }),
      ...(shapes === undefined ? {} : { shapes }),
      ...(authentication === undefined ? {} : { authentication }),
      effect: place.effect,
    },
  ];
}

type Properties = Readonly<Record<string, BootValue>>;

const propertiesOf = (value: BootValue | undefined): Properties => (value?.kind === 'object' ? value.properties : {});

/** `response: { schema, status: { 404: schema } }`. */
function responsesOf(value: BootValue | undefined): Properties {
  const { schema, status } = propertiesOf(value);
  const all = { ...(schema === undefined ? {} : { default: schema }), ...propertiesOf(status) };
  return Object.keys(all).length === 0 ? {} : { responses: { kind: 'object', properties: all, complete: true } };
}

const methodsIn = (value: BootValue | undefined): readonly string[] => {
  const names = constantTexts(value).map((name) => name.toUpperCase());
  return names.length === 0 || names.includes('*') || names.includes('_SPECIAL') ? ['ALL'] : names;
};

/** In the order of a request's life. */
function chainOf({
  handler,
  options,
  authentication,
  place,
}: {
  readonly handler: BootValue | undefined;
  readonly options: Properties;
  readonly authentication: RouteFact['authentication'];
  readonly place: Place;
}): readonly Link[] {
  const { effect, index } = place;
  const linksOf = (value: BootValue | undefined): readonly Link[] =>
    value === undefined ? [] : toLinks(value, { scope: 'route', at: effect.at, object: index.object });
  const hooks = (point: string): readonly Link[] => [
    ...extensions(index, point),
    ...linksOf(methodOf(propertiesOf(options.ext)[point])).map((link) => ({ ...link, role: 'hook' as const })),
  ];
  const asked: readonly Link[] =
    authentication === undefined
      ? []
      : [{ role: 'authentication', name: authentication.by, scope: 'route', at: authentication.at, isKnown: true }];
  const checked: readonly Link[] =
    options.validate === undefined ? [] : [{ role: 'validation', name: 'validate', scope: 'route', at: effect.at, isKnown: true }];
  const own = handlerLinks(handler, linksOf).map((link): Link => ({ ...link, role: 'handler' }));
  return [
    ...['onRequest', 'onPreAuth'].flatMap(hooks),
    ...asked,
    ...['onCredentials', 'onPostAuth'].flatMap(hooks),
    ...checked,
    ...hooks('onPreHandler'),
    ...preLinks(options.pre, linksOf),
    ...own,
    ...['onPostHandler', 'onPreResponse'].flatMap(hooks),
  ];
}

const methodOf = (value: BootValue | undefined): BootValue | undefined => (value?.kind === 'object' ? value.properties.method : value);

/** `pre: [check, { method, assign }, [both, atOnce]]`. */
function preLinks(value: BootValue | undefined, linksOf: (value: BootValue | undefined) => readonly Link[]): readonly Link[] {
  if (value?.kind === 'array') return value.elements.flatMap((one) => preLinks(one, linksOf));
  return linksOf(methodOf(value));
}

/** A function, or an object that names what a plugin does: `{ directory: … }`, `{ proxy: … }`. */
function handlerLinks(value: BootValue | undefined, linksOf: (value: BootValue | undefined) => readonly Link[]): readonly Link[] {
  if (value?.kind !== 'object') return linksOf(value);
  const [name = 'handler'] = Object.keys(value.properties);
  return linksOf({ kind: 'external', package: ownEntry(HANDLER_PACKAGES, name) ?? '@hapi/hapi', path: [name], called: true });
}

const HANDLER_PACKAGES: Readonly<Record<string, string>> = {
  directory: '@hapi/inert',
  file: '@hapi/inert',
  proxy: '@hapi/h2o2',
  view: '@hapi/vision',
};
