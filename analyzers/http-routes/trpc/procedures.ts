import type { BootEffect, BootValue, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { RouteShapes } from '../../../src/model/fact.ts';
import { type Link, toLinks } from '../routing/chain-link.ts';
import { toShape } from '../routing/schema-shapes.ts';
import type { TraceIndex } from '../routing/trace-index.ts';

/** A procedure of a router, by its path: `post.byId`. */
export interface Procedure {
  readonly path: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  /** Middleware and checks of its input, then the function that answers. */
  readonly links: readonly Link[];
  readonly shapes?: RouteShapes;
  readonly effect: BootEffect;
}

export interface ProceduresOfRouter {
  readonly procedures: readonly Procedure[];
  /** Names of members of which it is not known what they are. */
  readonly unknown: readonly string[];
}

/** The procedures of a router, those of the routers in it included. */
export function proceduresOf(router: BootValue | undefined, index: TraceIndex): ProceduresOfRouter {
  const procedures: Procedure[] = [];
  const unknown: string[] = [];
  const visit = (value: BootValue, path: readonly string[]): void => {
    const object = value.kind === 'library' ? index.object(value.object) : undefined;
    if (value.kind === 'union') for (const option of value.options) visit(option, path);
    else if (value.kind === 'object') visitMembers(value, path);
    else if (object?.kind === 'trpc.router') for (const members of object.arguments.slice(0, 1)) visit(members, path);
    else if (object?.kind === 'trpc.merged-router') for (const one of object.arguments) visit(one, path);
    else if (object?.kind === 'trpc.procedure') procedures.push(...procedureOf(object, path.join('.'), index));
    else if (value.kind !== 'constant') unknown.push(path.join('.'));
  };
  const visitMembers = (value: Extract<BootValue, { kind: 'object' }>, path: readonly string[]): void => {
    for (const [name, member] of Object.entries(value.properties)) visit(member, [...path, name]);
    if (!value.complete) unknown.push([...path, '…'].join('.'));
  };
  if (router !== undefined) visit(router, []);
  return { procedures, unknown };
}

function procedureOf(object: LibraryObject, path: string, index: TraceIndex): readonly Procedure[] {
  const effect = index.maker(object.id);
  const type = effect?.method;
  if (effect === undefined || (type !== 'query' && type !== 'mutation' && type !== 'subscription')) return [];
  const steps = stepsBefore(effect, index);
  const input = steps.findLast(({ verb }) => verb === 'input')?.arguments[0];
  const body = input === undefined ? undefined : toShape(input);
  const output = steps.findLast(({ verb }) => verb === 'output')?.arguments[0];
  const response = output === undefined ? undefined : toShape(output);
  const shapes: RouteShapes = {
    ...(body === undefined ? {} : type === 'mutation' ? { body } : { query: body }),
    ...(response === undefined ? {} : { responses: { default: response } }),
  };
  const handler = toLinks(effect.arguments[0] ?? { kind: 'unknown' }, { scope: 'route', at: effect.at, object: index.object });
  return [
    {
      path,
      type,
      links: [...steps.flatMap((step) => linksOfStep(step, index)), ...handler],
      ...(Object.keys(shapes).length === 0 ? {} : { shapes }),
      effect,
    },
  ];
}

/** What was said of a procedure before its function, in order: each call gives the builder that the next one is made on. */
function stepsBefore(effect: BootEffect, index: TraceIndex): readonly BootEffect[] {
  const maker = index.maker(effect.object);
  return maker === undefined ? [] : [...stepsBefore(maker, index), maker];
}

function linksOfStep(step: BootEffect, index: TraceIndex): readonly Link[] {
  const [value] = step.arguments;
  if (value === undefined) return [];
  if (step.verb === 'input')
    return [{ role: 'validation', package: '@trpc/server', name: 'input', scope: 'route', at: step.at, isKnown: true }];
  return step.verb === 'use' ? middlewareLinks(value, step, index) : step.verb === 'concat' ? concatenated(value, index) : [];
}

/** A function, or what `middleware(function)` made of one. */
function middlewareLinks(value: BootValue, step: BootEffect, index: TraceIndex): readonly Link[] {
  const object = value.kind === 'library' ? index.object(value.object) : undefined;
  if (object?.kind !== 'trpc.middleware') return toLinks(value, { scope: 'route', at: step.at, object: index.object });
  const made = index.maker(object.id);
  const before = made === undefined ? undefined : index.object(made.object);
  const earlier = before?.kind === 'trpc.middleware' ? middlewareLinks({ kind: 'library', object: before.id }, step, index) : [];
  return [...earlier, ...object.arguments.slice(0, 1).flatMap((one) => middlewareLinks(one, step, index))];
}

/** The steps of another builder. */
function concatenated(value: BootValue, index: TraceIndex): readonly Link[] {
  const maker = value.kind === 'library' ? index.maker(value.object) : undefined;
  return maker === undefined ? [] : [...stepsBefore(maker, index), maker].flatMap((step) => linksOfStep(step, index));
}
