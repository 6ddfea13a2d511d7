import type { BootEffect, BootValue, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { Dialect, Registration } from '../routing/dialect.ts';
import { toMethod } from '../routing/http-methods.ts';
import { toNeutralPaths } from '../routing/route-path.ts';
import { readShapes } from '../routing/schema-shapes.ts';

/** How Elysia applications take routes: one that another uses gives it its routes, below its own prefix. */
export const elysiaDialect: Dialect = {
  framework: 'elysia',
  imports: [{ framework: 'Elysia', package: 'elysia', applications: ['Elysia', 'default'], routers: [] }],
  applications: new Set(['elysia.application']),
  routers: new Set(['elysia.group']),
  registrations: (object, index) => index.effects(object.id).flatMap(registrationsOf),
  prefix: prefixOf,
  paths: toNeutralPaths,
  middleware: 'own-stack',
  routes: 'best-match',
};

function prefixOf({ kind, arguments: [first] }: LibraryObject): BootValue | undefined {
  const prefix = kind === 'elysia.group' ? first : first?.kind === 'object' ? first.properties.prefix : undefined;
  return prefix?.kind === 'constant' && prefix.value === undefined ? undefined : prefix;
}

function registrationsOf(effect: BootEffect): readonly Registration[] {
  const [first, second, third, fourth] = effect.arguments;
  switch (effect.verb) {
    case 'mount':
      return mountsOf(effect);
    case 'hook': {
      const handler = effect.arguments.findLast(({ kind }) => kind === 'function');
      return handler === undefined ? [] : [{ kind: 'use', handlers: [handler], effect }];
    }
    case 'route':
      return routed(effect, { method: toMethod(effect.method), path: first, handler: second, options: third });
    case 'any-route':
      return first?.kind === 'constant'
        ? routed(effect, { method: String(first.value).toUpperCase(), path: second, handler: third, options: fourth })
        : [];
    default:
      return [];
  }
}

/** Another application, or a group of this one. */
export function mountsOf(effect: BootEffect): readonly Registration[] {
  const made: BootValue | undefined = effect.result === undefined ? effect.arguments[0] : { kind: 'library', object: effect.result };
  return effect.verb !== 'mount' || made === undefined ? [] : [{ kind: 'use', handlers: [made], effect }];
}

interface Given {
  readonly method: string;
  readonly path: BootValue | undefined;
  readonly handler: BootValue | undefined;
  /** Schemas and hooks of the route. */
  readonly options: BootValue | undefined;
}

function routed(effect: BootEffect, { method, path, handler, options }: Given): readonly Registration[] {
  if (path === undefined || handler === undefined) return [];
  const before = options?.kind === 'object' ? options.properties.beforeHandle : undefined;
  const shapes = options === undefined ? undefined : readShapes(options);
  const handlers = [...(before === undefined ? [] : [before]), handler.kind === 'constant' || handler.kind === 'object' ? STATIC : handler];
  return [{ kind: 'route', methods: [method], path, handlers, effect, ...(shapes === undefined ? {} : { shapes }) }];
}

/** A value in the place of a handler is the answer. */
const STATIC: BootValue = { kind: 'external', package: 'elysia', path: ['static'], called: true };
