import { constantTexts } from '../../../src/analyze/constant-text.ts';
import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import type { Registration } from '../routing/dialect.ts';
import { toMethod } from '../routing/http-methods.ts';
import { readShapes } from '../routing/schema-shapes.ts';

/** `router.route({ method, path, validate, handler })` of koa-joi-router, or a list of such. */
export function routeObject(effect: BootEffect, value: BootValue): readonly Registration[] {
  if (value.kind === 'array') return value.elements.flatMap((one) => routeObject(effect, one));
  if (value.kind !== 'object') return [];
  const { method, path, handler, pre, validate } = value.properties;
  const methods = constantTexts(method).map(toMethod);
  if (path === undefined || methods.length === 0) return [];
  const shapes = validate === undefined ? undefined : readShapes(validate);
  const handlers = [pre, handler].flatMap((one) => (one === undefined ? [] : [one]));
  return [{ kind: 'route', methods, path, handlers, effect, ...(shapes === undefined ? {} : { shapes }) }];
}
