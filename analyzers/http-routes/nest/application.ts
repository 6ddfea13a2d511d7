import { flatValues, propertyOf, textOf } from '../../../src/analyze/decorator-calls.ts';
import type { BootContainer, BootEffect, BootTrace, BootValue, LibraryObject } from '../../../src/model/boot-trace.ts';
import { conditionTexts } from '../routing/condition-texts.ts';
import { type PathReading, readPaths } from '../routing/route-path.ts';

/** An application of Nest that answers requests. */
export interface NestApplication {
  readonly object: LibraryObject;
  readonly container: BootContainer;
  /** The call that made it, and the conditions under which that is reached. */
  readonly created?: BootEffect;
  readonly conditions: readonly string[];
  /** What start-up code did with it, in order. */
  readonly effects: readonly BootEffect[];
  /** What its modules did when the container was set up. */
  readonly assembly: readonly BootEffect[];
  readonly prefix: readonly PathReading[];
  readonly exclude: readonly ExcludedRoute[];
  readonly versioning?: Versioning;
}

export interface ExcludedRoute {
  readonly path: string;
  /** Absent: every method. */
  readonly method?: string;
}

export interface Versioning {
  readonly type: 'uri' | 'header' | 'media-type' | 'custom';
  readonly prefix: string;
  readonly default: readonly Version[];
}

/** A version of a route; `neutral` answers whatever is asked for. */
export type Version = { readonly kind: 'neutral' } | { readonly kind: 'named'; readonly text: string };

/**
 * Applications with a container, in the order in which they were made. Where some listen, those that neither listen nor are
 * initialised answer nothing: start-up code made them to ask them for something, or tests and scripts do.
 */
export function nestApplications(trace: BootTrace): readonly NestApplication[] {
  const all = applicationsOf(trace);
  const serves = ({ effects }: NestApplication, verbs: readonly string[]): boolean => effects.some(({ verb }) => verbs.includes(verb));
  return all.some((one) => serves(one, ['listen'])) ? all.filter((one) => serves(one, ['listen', 'init'])) : all;
}

function applicationsOf({ objects, effects, containers = [] }: BootTrace): readonly NestApplication[] {
  const made = effects.filter(({ verb, object }) => verb === 'create' && containers.some((one) => one.object === object));
  return containers.flatMap((container) => {
    const object = objects.find(({ id }) => id === container.object);
    if (object?.kind !== 'nest.application') return [];
    const own = effects.filter((effect) => effect.object === object.id);
    const position = made.findIndex((effect) => effect.object === object.id);
    const created = made[position];
    const [begin, end] = [created?.order ?? 0, made[position + 1]?.order ?? Number.POSITIVE_INFINITY];
    const [prefix, options] = own.findLast(({ verb }) => verb === 'global-prefix')?.arguments ?? [];
    const versioning = own.findLast(({ verb }) => verb === 'versioning');
    return [
      {
        object,
        container,
        ...(created === undefined ? {} : { created }),
        conditions: conditionTexts(created?.guards ?? []),
        effects: own,
        assembly: effects.filter(({ order }) => order > begin && order < end),
        prefix: prefix === undefined ? [{ kind: 'path' as const, written: '' }] : readPaths(prefix),
        exclude: flatValues(propertyOf(options, 'exclude')).flatMap(excluded),
        ...(versioning === undefined ? {} : { versioning: toVersioning(versioning.arguments[0]) }),
      },
    ];
  });
}

/** A route as `exclude` and `forRoutes` name it: a path, or an object with path and method. */
export function excluded(value: BootValue): readonly ExcludedRoute[] {
  const path = textOf(value) ?? textOf(propertyOf(value, 'path'));
  const method = methodNamed(propertyOf(value, 'method'));
  return path === undefined ? [] : [{ path, ...(method === undefined ? {} : { method }) }];
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'ALL', 'OPTIONS', 'HEAD', 'SEARCH'];

/** `RequestMethod.GET`, also by its number; nothing for all methods. */
function methodNamed(value: BootValue | undefined): string | undefined {
  const name = value?.kind === 'external' ? value.path.at(-1) : METHODS[Number(textOf(value) ?? Number.NaN)];
  return name === 'ALL' ? undefined : name;
}

const TYPES: readonly Versioning['type'][] = ['uri', 'header', 'media-type', 'custom'];

function toVersioning(options: BootValue | undefined): Versioning {
  const type = propertyOf(options, 'type');
  const name = type?.kind === 'external' ? type.path.at(-1)?.toLowerCase().replace('_', '-') : undefined;
  const prefix = propertyOf(options, 'prefix');
  return {
    type: TYPES.find((one, index) => one === name || String(index) === textOf(type)) ?? 'uri',
    prefix: prefix?.kind === 'constant' && prefix.value === false ? '' : (textOf(prefix) ?? 'v'),
    default: readVersions(propertyOf(options, 'defaultVersion')),
  };
}

export const readVersions = (value: BootValue | undefined): readonly Version[] =>
  flatValues(value).flatMap((one): readonly Version[] => {
    if (one.kind === 'external' && one.path.at(-1) === 'VERSION_NEUTRAL') return [{ kind: 'neutral' }];
    const text = textOf(one);
    return text === undefined ? [] : [{ kind: 'named', text }];
  });
