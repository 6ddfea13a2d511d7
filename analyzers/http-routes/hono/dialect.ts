import { constantTexts } from '../../../src/analyze/constant-text.ts';
import type { BootEffect, BootValue, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { Dialect, Registration } from '../routing/dialect.ts';
import { toMethod } from '../routing/http-methods.ts';
import { pathLikeness } from '../routing/route-path.ts';
import type { TraceIndex } from '../routing/trace-index.ts';
import { openApiRoute } from './open-api-route.ts';
import { honoPaths } from './paths.ts';
import { validatorShapes } from './validator-shapes.ts';

/** How Hono applications take routes: one that is put into another gives it copies. */
export const honoDialect: Dialect = {
  framework: 'hono',
  imports: [
    { framework: 'Hono', package: 'hono', applications: ['Hono'], routers: [] },
    { framework: 'Hono', package: '@hono/zod-openapi', applications: ['OpenAPIHono'], routers: [] },
  ],
  applications: new Set(['hono.application']),
  routers: new Set(['hono.based']),
  registrations: (object, index) => registrationsOf(object, index),
  prefix: ({ kind, arguments: [path] }) => (kind === 'hono.based' ? path : undefined),
  paths: honoPaths,
  middleware: 'everywhere',
  routes: 'each-in-order',
};

const EVERY_PATH: BootValue = { kind: 'constant', value: '*' };

/** Calls without a path go on with the one before. */
function registrationsOf(object: LibraryObject, index: TraceIndex): readonly Registration[] {
  let current: BootValue = { kind: 'constant', value: '/' };
  return index.effects(object.id).flatMap((effect): readonly Registration[] => {
    const [first, ...rest] = effect.arguments;
    if (first === undefined) return [];
    const hasPath = pathLikeness(first) === 'path' || (pathLikeness(first) === 'unknown' && rest.length > 0);
    switch (effect.verb) {
      case 'route':
        if (hasPath) current = first;
        return routed(effect, [toMethod(effect.method)], current, hasPath ? rest : effect.arguments);
      case 'use':
        current = hasPath ? first : EVERY_PATH;
        return [
          hasPath ? { kind: 'use', path: first, whole: true, handlers: rest, effect } : { kind: 'use', handlers: effect.arguments, effect },
        ];
      case 'on':
        current = rest[0] ?? current;
        return routed(effect, methodsIn(first), current, rest.slice(1));
      case 'route-below':
        return rest.map((child) => ({ kind: 'use', path: first, copies: true, handlers: [wholeOf(child, index)], effect }));
      case 'base':
        return effect.result === undefined ? [] : [{ kind: 'use', handlers: [{ kind: 'library', object: effect.result }], effect }];
      case 'mount':
        return mounted(effect, first, rest[0]);
      case 'document':
        return [{ kind: 'route', methods: ['GET'], path: first, handlers: [DOCUMENT], effect }];
      case 'openapi':
        return openApiRoute(effect, first, rest);
      case 'openapi-list':
        return (first.kind === 'array' ? first.elements : []).flatMap((one) =>
          one.kind === 'object' && one.properties.route !== undefined && one.properties.handler !== undefined
            ? openApiRoute(effect, one.properties.route, [one.properties.handler])
            : [],
        );
      default:
        return [];
    }
  });
}

function routed(effect: BootEffect, methods: readonly string[], path: BootValue, handlers: readonly BootValue[]): readonly Registration[] {
  if (handlers.length === 0) return [];
  const shapes = validatorShapes(handlers);
  return [{ kind: 'route', methods, path, handlers, effect, ...(shapes === undefined ? {} : { shapes }) }];
}

const methodsIn = (value: BootValue): readonly string[] => constantTexts(value).map((name) => toMethod(name.toLowerCase()));

/** What `basePath` gives shares the routes of the application it was asked of. */
function wholeOf(value: BootValue, index: TraceIndex): BootValue {
  const owner =
    value.kind === 'library' && index.object(value.object)?.kind === 'hono.based' ? index.maker(value.object)?.object : undefined;
  return owner === undefined ? value : wholeOf({ kind: 'library', object: owner }, index);
}

/** Another application, of whatever kind, answers below the path. */
function mounted(effect: BootEffect, path: BootValue, given: BootValue | undefined): readonly Registration[] {
  if (given === undefined) return [];
  if (given.kind === 'library') return [{ kind: 'use', path, handlers: [given], effect }];
  const below: BootValue =
    path.kind === 'constant' ? { kind: 'constant', value: `${path.value}/*` } : { kind: 'array', elements: [path], complete: false };
  return [{ kind: 'route', methods: ['ALL'], path: below, handlers: [given], effect }];
}

const DOCUMENT: BootValue = { kind: 'external', package: '@hono/zod-openapi', path: ['doc'], called: true };
