import { ownEntry } from '../../../src/lib/own-entry.ts';
import type { BootValue } from '../../../src/model/boot-trace.ts';
import type { RouteShapes, Shape } from '../../../src/model/fact.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import { optionOf } from './instances.ts';

/** What a route's `schema` says of its requests and responses; where a plain object is written is told by its route. */
export function shapesOf(schema: BootValue | undefined, at: SourceLocation): RouteShapes | undefined {
  const of = (name: string): Shape | undefined => shapeOf(optionOf(schema, name), at);
  const parameters = of('params');
  const query = of('querystring') ?? of('query');
  const headers = of('headers');
  const body = of('body');
  const responses = responsesOf(optionOf(schema, 'response'), at);
  const found = [parameters, query, headers, body, responses];
  if (found.every((one) => one === undefined)) return undefined;
  return {
    ...(parameters === undefined ? {} : { parameters }),
    ...(query === undefined ? {} : { query }),
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
    ...(responses === undefined ? {} : { responses }),
  };
}

function responsesOf(value: BootValue | undefined, at: SourceLocation): Readonly<Record<string, Shape>> | undefined {
  if (value?.kind !== 'object') return undefined;
  const known = Object.entries(value.properties).flatMap(([status, one]) => {
    const shape = shapeOf(one, at);
    return shape === undefined ? [] : [[status, shape] as const];
  });
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

function shapeOf(value: BootValue | undefined, at: SourceLocation): Shape | undefined {
  switch (value?.kind) {
    case 'object':
      return { kind: 'schema', library: 'json-schema', at };
    case 'external':
      return { kind: 'schema', library: ownEntry(LIBRARIES, value.package) ?? value.package, at: value.at ?? at };
    case 'library':
      return { kind: 'schema', library: value.object.split('.')[0] ?? 'unknown', at };
    default:
      return undefined;
  }
}

const LIBRARIES: Readonly<Record<string, string>> = {
  '@sinclair/typebox': 'typebox',
  '@fastify/type-provider-typebox': 'typebox',
  'fluent-json-schema': 'json-schema',
};

/** Whether requests are checked before the handler runs. */
export const validates = (shapes: RouteShapes | undefined): boolean =>
  shapes !== undefined && [shapes.parameters, shapes.query, shapes.headers, shapes.body].some((one) => one !== undefined);
