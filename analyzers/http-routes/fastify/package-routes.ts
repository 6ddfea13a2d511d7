import { ownEntry } from '../../../src/lib/own-entry.ts';
import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import { readPaths } from '../routing/route-path.ts';
import type { TraceIndex } from '../routing/trace-index.ts';
import { type Instance, optionOf } from './instances.ts';

/**
 * Registrations of plugins from packages that answer requests of their own, as if their routes were registered where the
 * plugin is: proxies, redirects of OAuth, and health checks. Assets and documentation are no routes of the monolith.
 */
export function packageRoutes({ object }: Instance, index: TraceIndex): readonly BootEffect[] {
  return index.effects(object.id).flatMap((effect) => {
    const [plugin, options] = effect.arguments;
    if (effect.verb !== 'register' || plugin?.kind !== 'external') return [];
    const answered = ownEntry(ROUTES, plugin.package.replace(/^fastify-/, '@fastify/'))?.(options) ?? [];
    return answered.map(({ method, path }) => ({ ...effect, verb: 'route', arguments: [routeOptions(method, path, plugin)] }));
  });
}

interface Answered {
  readonly method: string;
  readonly path: string;
}

const ROUTES: Readonly<Record<string, (options: BootValue | undefined) => readonly Answered[]>> = {
  '@fastify/http-proxy': (options) => {
    const prefix = pathOf(optionOf(options, 'prefix')) ?? '';
    return [`${prefix}/`, `${prefix}/*`].map((path) => ({
      method: 'ALL',
      path: path === '/' || prefix === '' ? path : path.replace(/\/$/, ''),
    }));
  },
  '@fastify/oauth2': (options) => {
    const path = pathOf(optionOf(options, 'startRedirectPath'));
    return path === undefined ? [] : [{ method: 'GET', path }];
  },
  '@fastify/under-pressure': (options) => {
    const exposed = optionOf(options, 'exposeStatusRoute');
    if (exposed === undefined || (exposed.kind === 'constant' && exposed.value !== true && typeof exposed.value !== 'string')) return [];
    return [{ method: 'GET', path: pathOf(exposed) ?? pathOf(optionOf(exposed, 'url')) ?? '/status' }];
  },
};

function pathOf(value: BootValue | undefined): string | undefined {
  const [reading] =
    value === undefined || (value.kind === 'constant' && typeof value.value !== 'string') || value.kind === 'object'
      ? []
      : readPaths(value);
  return reading?.kind === 'path' ? reading.written : undefined;
}

const constant = (value: string): BootValue => ({ kind: 'constant', value });

const routeOptions = (method: string, path: string, handler: BootValue): BootValue => ({
  kind: 'object',
  properties: { method: constant(method), url: constant(path), handler },
  complete: true,
});
