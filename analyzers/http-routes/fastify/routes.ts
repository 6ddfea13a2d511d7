import type { AnalyzerInput } from '../../../src/analyze/analyzer.ts';
import { groupBy } from '../../../src/lib/group.ts';
import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { RouteFact, TriggerFact } from '../../../src/model/fact.ts';
import { joinApplications } from '../routing/applications.ts';
import { environmentDefaults } from '../routing/environment-defaults.ts';
import { indexTrace } from '../routing/trace-index.ts';
import { withoutRoutes } from '../routing/without-routes.ts';
import { createAuthentication } from './authentication.ts';
import { guestsOf } from './guests.ts';
import { type Instance, optionOf, readInstances } from './instances.ts';
import { packageRoutes } from './package-routes.ts';
import { type RouteReading, readGuest, readRoute } from './read-route.ts';
import { socketTrigger } from './sockets.ts';

const IMPORTS = { framework: 'Fastify', package: 'fastify', applications: ['default', 'fastify'], routers: [] } as const;

/** Routes of every Fastify application, with the hooks of the instances they stand on, and what could not be read. */
export function fastifyRoutes({
  program,
  trace,
  packages,
}: Pick<AnalyzerInput, 'program' | 'trace' | 'packages'>): readonly (RouteFact | TriggerFact | Diagnostic)[] {
  const index = indexTrace(trace);
  const authenticationOf = createAuthentication(program);
  const instances = readInstances(trace);
  const readings = instances.map((instance) => ({
    instance,
    read: [
      ...[...instance.routes, ...packageRoutes(instance, index)].flatMap((effect) =>
        readRoute({ instance, effect, index, authenticationOf }),
      ),
      ...guestsOf(instance, index).map((guest) => readGuest({ instance, effect: guest.effect, index, authenticationOf }, guest)),
    ],
  }));
  const applications = [...groupBy(readings, ({ instance }) => instance.root).entries()].map(([application, own]) => ({
    application,
    routes: distinct(inOrder(own.flatMap(({ read }) => read))),
  }));
  const { routes, duplicates } = joinApplications(applications, trace, packages);
  const all = readings.flatMap(({ read }) => read);
  return [
    ...routes.map((fact, order) => ({ ...fact, order })),
    ...duplicates,
    ...all.flatMap(({ diagnostics }) => diagnostics),
    ...all.flatMap((reading) => socketTrigger(reading)),
    ...unknownHooks(instances),
    ...dynamicPrefixes(readings),
    ...environmentDefaults(program, { ...trace, effects: instances.flatMap(pathEffects) }),
    ...withoutRoutes(
      IMPORTS,
      { program, trace },
      applications.map(({ application, routes: own }) => ({ application, routes: own.length })),
    ),
  ];
}

const inOrder = (readings: readonly RouteReading[]): readonly RouteReading[] =>
  readings.toSorted((left, right) => left.effect.order - right.effect.order);

/** One fact for each method and path; where constraints or conditions choose between several, they stand behind the first. */
function distinct(readings: readonly RouteReading[]): readonly RouteFact[] {
  const byId = new Map<string, RouteFact>();
  for (const { facts } of readings)
    for (const fact of facts) {
      const known = byId.get(fact.id);
      byId.set(fact.id, known === undefined ? fact : together(known, fact));
    }
  return [...byId.values()];
}

function together(first: RouteFact, second: RouteFact): RouteFact {
  const own = second.chain.filter(({ role, scope }) => role === 'handler' || scope === 'route');
  const isSame = JSON.stringify(first.handler) === JSON.stringify(second.handler);
  if (isSame) return first;
  const errors = first.chain.findIndex(({ role }) => role === 'error-handler');
  const end = errors === -1 ? first.chain.length : errors;
  return {
    ...first,
    chain: [...first.chain.slice(0, end), ...own, ...first.chain.slice(end)],
    stays: first.stays ?? {
      text: `which of its handlers answers depends on more than method and path (${second.at.file}:${second.at.line})`,
      at: first.at,
    },
  };
}

/** Hooks of instances of which the code is not known, each once. */
function unknownHooks(instances: readonly Instance[]): readonly Diagnostic[] {
  const links = instances.flatMap(({ hooks, errorHandlers }) => [...hooks, ...errorHandlers]).flatMap((hook) => hook.links);
  const found = links
    .filter(({ isKnown }) => !isKnown)
    .map(({ name, at }): Diagnostic => ({ code: 'unresolved-handler', data: { route: name }, at }));
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

/** Prefixes that are not known, each with the number of routes below it. */
function dynamicPrefixes(
  readings: readonly { readonly instance: Instance; readonly read: readonly RouteReading[] }[],
): readonly Diagnostic[] {
  const known = readings.flatMap(({ instance: { unknown }, read }) =>
    unknown === undefined ? [] : [{ unknown, routes: read.flatMap(({ facts }) => facts).length }],
  );
  return [...groupBy(known, ({ unknown }) => unknown.effect).values()].flatMap((group): readonly Diagnostic[] => {
    const [first] = group;
    if (first === undefined) return [];
    const routes = group.reduce((sum, one) => sum + one.routes, 0);
    return [{ code: 'dynamic-mount', data: { text: first.unknown.text, routes }, at: first.unknown.effect.at }];
  });
}

/** The paths of an instance's routes and its prefix in the form in which defaults of the environment are looked for. */
function pathEffects({ routes, mount }: Instance): readonly BootEffect[] {
  const withPath = (effect: BootEffect, path: BootValue | undefined): readonly BootEffect[] =>
    path === undefined ? [] : [{ ...effect, verb: 'route', arguments: [path] }];
  return [
    ...routes.flatMap((effect) => withPath(effect, optionOf(effect.arguments[0], 'url') ?? optionOf(effect.arguments[0], 'path'))),
    ...(mount === undefined ? [] : withPath(mount, optionOf(mount.arguments[1], 'prefix'))),
  ];
}
