import type { BootValue } from '../../../src/model/boot-trace.ts';
import type { RouteShapes } from '../../../src/model/fact.ts';
import { readShapes } from '../routing/schema-shapes.ts';

const VALIDATORS = /^(?:@hono\/[\w-]+-validator|hono-openapi(?:\/\w+)?|@hono\/standard-validator)$/;

/** Shapes that validators among the handlers check: `zValidator('json', schema)`. */
export function validatorShapes(handlers: readonly BootValue[]): RouteShapes | undefined {
  const found = handlers.map((handler): RouteShapes | undefined => {
    if (handler.kind !== 'external' || !handler.called || !VALIDATORS.test(handler.package)) return undefined;
    const [part, schema] = handler.arguments ?? [];
    if (part?.kind !== 'constant' || schema === undefined) return undefined;
    return readShapes({ kind: 'object', properties: { [String(part.value)]: schema }, complete: true });
  });
  const all: RouteShapes = Object.assign({}, ...found);
  return Object.keys(all).length === 0 ? undefined : all;
}
