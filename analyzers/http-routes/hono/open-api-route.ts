import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import type { RouteShapes, Shape } from '../../../src/model/fact.ts';
import type { Registration } from '../routing/dialect.ts';
import { toMethod } from '../routing/http-methods.ts';
import { readShapes, toShape } from '../routing/schema-shapes.ts';

/** `application.openapi(createRoute({ method, path, request, responses, middleware }), handler)`. */
export function openApiRoute(effect: BootEffect, value: BootValue, handlers: readonly BootValue[]): readonly Registration[] {
  if (value.kind !== 'object') return [{ kind: 'route', methods: ['ALL'], path: value, handlers: handlers.slice(0, 1), effect }];
  const { method, path, middleware } = value.properties;
  if (path === undefined) return [];
  const shapes = shapesOf(value);
  return [
    {
      kind: 'route',
      methods: [method?.kind === 'constant' ? toMethod(String(method.value)) : 'ALL'],
      path: bracesToColons(path),
      handlers: [...(middleware === undefined ? [] : [middleware]), ...handlers.slice(0, 1)],
      effect,
      ...(shapes === undefined ? {} : { shapes }),
    },
  ];
}

/** OpenAPI writes `{id}` where Hono writes `:id`. */
function bracesToColons(path: BootValue): BootValue {
  const rewrite = (text: string): string => text.replace(/\/\{([^{}]+)\}/g, '/:$1');
  if (path.kind === 'constant' && typeof path.value === 'string') return { kind: 'constant', value: rewrite(path.value) };
  return path.kind === 'template' ? { ...path, parts: path.parts.map(rewrite) } : path;
}

function shapesOf(route: Extract<BootValue, { kind: 'object' }>): RouteShapes | undefined {
  const { request, responses } = route.properties;
  const parts = request === undefined ? undefined : readShapes(request);
  const body = request?.kind === 'object' ? contentOf(request.properties.body) : undefined;
  const answers = responses?.kind === 'object' ? Object.entries(responses.properties) : [];
  const told = answers.flatMap(([status, answer]) => {
    const shape = contentOf(answer);
    return shape === undefined ? [] : [[status, shape] as const];
  });
  const all: RouteShapes = {
    ...parts,
    ...(body === undefined ? {} : { body }),
    ...(told.length === 0 ? {} : { responses: Object.fromEntries(told) }),
  };
  return Object.keys(all).length === 0 ? undefined : all;
}

/** `{ content: { 'application/json': { schema } } }`: the first that has a schema. */
function contentOf(value: BootValue | undefined): Shape | undefined {
  const content = value?.kind === 'object' ? value.properties.content : undefined;
  if (content?.kind !== 'object') return undefined;
  for (const one of Object.values(content.properties)) {
    const shape = one.kind === 'object' && one.properties.schema !== undefined ? toShape(one.properties.schema) : undefined;
    if (shape !== undefined) return shape;
  }
  return undefined;
}
