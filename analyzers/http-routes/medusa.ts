import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { groupBy } from '../../src/lib/group.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';
import type { ChainLink, RouteAuthentication } from '../../src/model/fact.ts';
import type { ModuleId } from '../../src/model/ids.ts';
import { HTTP_METHODS, readBrackets, toAddresses } from './file-routes/file-path.ts';
import { type FileExport, fileExports, fileRoutes } from './file-routes/file-routes.ts';
import { BY_ADMIN, givenLinks } from './medusa/given-links.ts';
import { isReadable, NO_MIDDLEWARES, readMiddlewares } from './medusa/middlewares.ts';
import { toChainLink, toLinks } from './routing/chain-link.ts';
import { createChainMeaning } from './routing/chain-meaning.ts';
import { prefixMatch } from './routing/route-path.ts';

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
    const modules = readModules(fileExports(input, 'medusa', 'route-file'));
    yield* fileRoutes(input, {
      name: 'medusa',
      answers: ({ path, name, project, effect, value }) => {
        if (!HTTP_METHODS.includes(name)) return [];
        const { at } = effect;
        return addressesOf(path).map((address) => {
          const table = middlewares.get(project) ?? NO_MIDDLEWARES;
          const links = table.before.filter(({ matches }) => matches(name, address)).map(({ link }) => link);
          const handler = toLinks(value ?? { kind: 'unknown' }, { scope: 'route', at, object: () => undefined }).slice(0, 1);
          const told = handler[0] === undefined ? {} : meaning.of(links, handler[0], { path: address });
          const asks = modules.some((one) => one.project === project && one.asks && isAbove(one.addresses, address));
          const cors = modules.some(({ file, cors: has }) => file === at.file && has);
          const parsesBody = !table.withoutBodyParser.some((meets) => meets(name, address));
          const before = [
            ...givenLinks({ path: address, at, cors, asks, parsesBody }),
            ...links.map((link) => toChainLink(meaning.named(link))),
          ];
          const isAdmin = asks && address.startsWith('/admin');
          const after = table.after.map(toChainLink);
          return { method: name, path: address, before, after, ...told, ...(isAdmin ? { authentication: byAdmin(at) } : {}) };
        });
      },
    });
  },
});

function addressesOf(path: string): readonly string[] {
  const [, folder] = ROUTE.exec(path) ?? [];
  return folder === undefined
    ? []
    : toAddresses(
        folder
          .split('/')
          .filter((segment) => segment !== '')
          .map(readBrackets),
      );
}

interface RouteModule {
  readonly project: string;
  readonly file: ModuleId;
  readonly addresses: readonly string[];
  readonly asks: boolean;
  readonly cors: boolean;
}

/** Modules of routes, and what they opt out of: `export const AUTHENTICATE = false`. */
const readModules = (exports: readonly FileExport[]): readonly RouteModule[] =>
  [...groupBy(exports, ({ effect }) => effect.at.file)].flatMap(([file, all]) => {
    const [first] = all;
    const isOff = (wanted: string): boolean =>
      all.some(({ name, value }) => name === wanted && value?.kind === 'constant' && value.value === false);
    if (first === undefined) return [];
    return [{ project: first.project, file, addresses: addressesOf(first.path), asks: !isOff('AUTHENTICATE'), cors: !isOff('CORS') }];
  });

/** What the framework puts before a route it puts before everything below it. */
const isAbove = (addresses: readonly string[], path: string): boolean => addresses.some((one) => prefixMatch(one, path) === 'always');

const byAdmin = (at: ChainLink['at']): RouteAuthentication => ({ scheme: 'bearer', by: BY_ADMIN, at });
