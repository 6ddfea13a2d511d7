import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { constantTexts } from '../../src/analyze/constant-text.ts';
import type { BootEffect, BootValue, CallModel, LibraryModel } from '../../src/model/boot-trace.ts';
import type { Dialect, Registration } from './routing/dialect.ts';
import { frameworkRoutes } from './routing/framework-routes.ts';
import { HTTP_METHODS, toMethod } from './routing/http-methods.ts';
import { toNeutralPaths } from './routing/route-path.ts';

const registers: CallModel = { records: 'route', returns: 'self' };

const findMyWayModel: LibraryModel = {
  name: 'find-my-way',
  packages: ['find-my-way'],
  exports: { default: { returns: { object: 'find-my-way.application' }, constructs: true } },
  objects: {
    'find-my-way.application': {
      members: {
        ...Object.fromEntries([...HTTP_METHODS, 'all'].map((method) => [method, registers])),
        on: { records: 'on', returns: 'self' },
        lookup: { returns: 'unknown' },
        find: { returns: 'unknown' },
        off: { returns: 'unknown' },
        reset: { returns: 'unknown' },
        prettyPrint: { returns: 'unknown' },
      },
    },
  },
};

export const findMyWayModels: readonly LibraryModel[] = [findMyWayModel];

const dialect: Dialect = {
  framework: 'find-my-way',
  imports: [{ framework: 'find-my-way', package: 'find-my-way', applications: ['default'], routers: [] }],
  applications: new Set(['find-my-way.application']),
  routers: new Set(),
  registrations: (object, index) => index.effects(object.id).flatMap(registrationsOf),
  paths: toNeutralPaths,
  middleware: 'everywhere',
  routes: 'best-match',
};

/** `router.on(method, path, options?, handler, store?)` and `router.get(path, options?, handler, store?)`. */
function registrationsOf(effect: BootEffect): readonly Registration[] {
  const [first, ...rest] = effect.arguments;
  const [path, ...given] = effect.verb === 'on' ? rest : effect.arguments;
  const methods = effect.verb === 'on' ? methodsIn(first) : [toMethod(effect.method)];
  const handler = given.find(({ kind }) => kind !== 'object' && kind !== 'constant');
  return path === undefined || handler === undefined ? [] : [{ kind: 'route', methods, path, handlers: [handler], effect }];
}

const methodsIn = (value: BootValue | undefined): readonly string[] => constantTexts(value).map((name) => name.toUpperCase());

/** Reads routes of routers by find-my-way that a program uses itself. */
export const findMyWayRoutesAnalyzer = defineAnalyzer({
  name: 'find-my-way-routes',
  produces: ['route'],

  *analyze(input) {
    yield* frameworkRoutes(dialect, input);
  },
});
