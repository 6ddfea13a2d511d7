import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';
import type { ChainLink, RouteAuthentication } from '../../src/model/fact.ts';
import { HTTP_METHODS, readBrackets, toAddresses } from './file-routes/file-path.ts';
import { type FileExport, fileExports, fileRoutes } from './file-routes/file-routes.ts';
import { isReadable, type MatchedMiddleware, readMiddlewares } from './medusa/middlewares.ts';
import { type Link, toChainLink, toLinks } from './routing/chain-link.ts';
import { createChainMeaning } from './routing/chain-meaning.ts';

const ROUTE = /^src\/api\/((?:.*\/)?)route\.[jt]s$/;
const MIDDLEWARES = /^src\/api\/middlewares\.[jt]s$/;

const packages = ['@medusajs/framework', '@medusajs/medusa'];

/** API routes of Medusa 2, and what `middlewares.ts` puts before them. */
export const medusaModel: LibraryModel = {
  name: 'medusa',
  packages: [],
  exports: {},
  objects: {},
  conventions: [
    {
      packages,
      records: 'route-file',
      loads: (path) => ROUTE.test(path) && !path.split('/').some((segment) => segment.startsWith('_')),
      exporting: HTTP_METHODS,
    },
    { packages, records: 'middlewares', loads: (path) => MIDDLEWARES.test(path) },
  ],
};

export const medusaRoutes = defineAnalyzer({
  name: 'medusa-routes',
  produces: ['route'],

  *analyze(input) {
    const tables = fileExports(input, 'medusa', 'middlewares').filter(({ name }) => name === 'default');
    for (const { value, effect } of tables)
      if (!isReadable(value)) yield { code: 'unresolved-handler', data: { route: 'USE middlewares' }, at: effect.at };
    const middlewares = new Map(tables.map(({ project, value, effect }) => [project, readMiddlewares(value, effect.at)]));
    const meaning = createChainMeaning(input.program, input.trace);
    const open = withoutAuthentication(fileExports(input, 'medusa', 'route-file'));
    yield* fileRoutes(input, {
      name: 'medusa',
      answers: ({ path, name, project, effect, value }) => {
        const [, folder] = ROUTE.exec(path) ?? [];
        if (folder === undefined || !HTTP_METHODS.includes(name)) return [];
        const segments = folder.split('/').filter((segment) => segment !== '');
        return toAddresses(segments.map(readBrackets)).map((address) => {
          const links = matching(middlewares.get(project) ?? [], name, address);
          const handler = toLinks(value ?? { kind: 'unknown' }, { scope: 'route', at: effect.at, object: () => undefined }).slice(0, 1);
          const told = handler[0] === undefined ? {} : meaning.of(links, handler[0], { path: address });
          const isClosed = address.startsWith('/admin') && !open.has(effect.at.file);
          const given = isClosed ? [adminAuthentication(effect.at)] : [];
          const before = [...given, ...links.map((link) => toChainLink(meaning.named(link)))];
          return { method: name, path: address, before, ...told, ...(isClosed ? { authentication: byAdmin(effect.at) } : {}) };
        });
      },
    });
  },
});

/** Modules that opt out: `export const AUTHENTICATE = false`. */
const withoutAuthentication = (exports: readonly FileExport[]): ReadonlySet<string> =>
  new Set(
    exports.flatMap(({ name, value, effect }) =>
      name === 'AUTHENTICATE' && value?.kind === 'constant' && value.value === false ? [effect.at.file] : [],
    ),
  );

const BY_ADMIN = 'authenticate("user", ["bearer", "session", "api-key"])';

const byAdmin = (at: ChainLink['at']): RouteAuthentication => ({ scheme: 'bearer', by: BY_ADMIN, at });

/** The framework puts it before every route below `/admin`. */
const adminAuthentication = (at: ChainLink['at']): ChainLink => ({
  role: 'authentication',
  package: '@medusajs/framework',
  name: BY_ADMIN,
  scope: 'router',
  at,
});

const matching = (all: readonly MatchedMiddleware[], method: string, path: string): readonly Link[] =>
  all.filter(({ matches }) => matches(method, path)).map(({ link }) => link);
