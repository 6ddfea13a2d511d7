import { propertyOf, textOf } from '../../../src/analyze/decorator-calls.ts';
import type { BootValue } from '../../../src/model/boot-trace.ts';
import type { RouteFact } from '../../../src/model/fact.ts';
import { MODULE_INIT, toRouteId, toSymbolId } from '../../../src/model/ids.ts';
import { toChainLink } from '../routing/chain-link.ts';
import { joinPaths, readPaths, toNeutralPaths } from '../routing/route-path.ts';
import type { NestApplication } from './application.ts';
import { join, toPath } from './controllers.ts';
import type { Middleware } from './middleware.ts';

/** `POST /graphql` where a module imports `GraphQLModule.forRoot(…)`; its operations are told as triggers. Middleware of modules is there before it. */
export const graphqlRoutes = (application: NestApplication, middleware: readonly Middleware[]): readonly RouteFact[] =>
  application.container.modules.flatMap(({ externals }) => externals.flatMap((external) => endpoint(application, middleware, external)));

function endpoint(application: NestApplication, middleware: readonly Middleware[], value: BootValue): readonly RouteFact[] {
  if (value.kind !== 'external' || value.package !== '@nestjs/graphql' || !value.path.includes('GraphQLModule')) return [];
  const [options] = value.arguments ?? [];
  const given = propertyOf(options, 'path');
  const below = given === undefined ? [{ kind: 'path' as const, written: 'graphql' }] : readPaths(given);
  const isPrefixed = textOf(propertyOf(options, 'useGlobalPrefix')) === 'true';
  const at = value.at ?? application.object.at;
  const handler = { module: at.file, symbol: toSymbolId(at.file, MODULE_INIT) };
  return (isPrefixed ? join(application.prefix, below) : below).flatMap((reading) =>
    toNeutralPaths(toPath(reading).written).map(
      (path): RouteFact => ({
        kind: 'route',
        id: toRouteId('POST', path),
        method: 'POST',
        path,
        localPath: joinPaths('', path),
        framework: 'nest',
        handler,
        chain: [
          ...middleware
            .filter(({ meets }) => meets({ method: 'POST', path, local: path, controller: '' }))
            .flatMap(({ links }) => links.map(toChainLink)),
          { role: 'handler', symbol: handler.symbol, name: 'GraphQLModule', package: '@nestjs/graphql', scope: 'application', at },
        ],
        guards: application.conditions,
        statements: [],
        stays: { text: 'all operations of the schema are asked for by this path', at },
        at,
      }),
    ),
  );
}
