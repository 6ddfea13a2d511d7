import { ownEntry } from '../../../src/lib/own-entry.ts';
import type { BootValue } from '../../../src/model/boot-trace.ts';
import type { RouteShapes, Shape } from '../../../src/model/fact.ts';

export type RequestPart = 'parameters' | 'query' | 'headers' | 'body';

/** Names that frameworks and programs give to the parts of a request that a schema describes. */
const PARTS: Readonly<Record<string, RequestPart>> = {
  params: 'parameters',
  param: 'parameters',
  path: 'parameters',
  query: 'query',
  querystring: 'query',
  headers: 'headers',
  header: 'headers',
  body: 'body',
  payload: 'body',
  json: 'body',
  form: 'body',
};

/** The part of a request that a name stands for. */
export const partOf = (name: string): RequestPart | undefined => (Object.hasOwn(PARTS, name) ? PARTS[name] : undefined);

/** Shapes in an object of schemas by the part of the request: `{ body: z.object({ … }), query: … }`. */
export function readShapes(value: BootValue): RouteShapes | undefined {
  if (value.kind !== 'object') return undefined;
  const found: { -readonly [K in keyof RouteShapes]: RouteShapes[K] } = {};
  for (const [name, given] of Object.entries(value.properties)) {
    const part = partOf(name);
    const shape = part === undefined ? undefined : toShape(given);
    if (part !== undefined && shape !== undefined) found[part] = shape;
  }
  const responses = readResponses(value.properties.response ?? value.properties.responses ?? value.properties.output);
  if (responses !== undefined) found.responses = responses;
  return Object.keys(found).length === 0 ? undefined : found;
}

/** One schema, or one for each status. */
function readResponses(value: BootValue | undefined): RouteShapes['responses'] | undefined {
  if (value === undefined) return undefined;
  const whole = toShape(value);
  if (whole !== undefined) return { default: whole };
  if (value.kind !== 'object') return undefined;
  const entries = Object.entries(value.properties).flatMap(([status, given]) => {
    const shape = toShape(given) ?? (given.kind === 'object' ? toShape(given.properties.body ?? given) : undefined);
    return shape === undefined ? [] : [[status, shape] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

const SCHEMA_LIBRARIES: Readonly<Record<string, string>> = {
  zod: 'zod',
  '@hono/zod-openapi': 'zod',
  joi: 'joi',
  '@hapi/joi': 'joi',
  celebrate: 'joi',
  ajv: 'ajv',
  'koa-joi-router': 'joi',
  yup: 'yup',
  valibot: 'valibot',
  superstruct: 'superstruct',
  'io-ts': 'io-ts',
  '@sinclair/typebox': 'typebox',
  elysia: 'typebox',
  arktype: 'arktype',
  'fluent-json-schema': 'fluent-json-schema',
  runtypes: 'runtypes',
};

export const isSchemaLibrary = (name: string): boolean => Object.hasOwn(SCHEMA_LIBRARIES, name);

export const schemaLibrary = (name: string): string => ownEntry(SCHEMA_LIBRARIES, name) ?? name;

/** A schema by the library that makes it. */
export function toShape(value: BootValue): Shape | undefined {
  if (value.kind !== 'external' || value.at === undefined) return undefined;
  return isSchemaLibrary(value.package) ? { kind: 'schema', library: schemaLibrary(value.package), at: value.at } : undefined;
}
