import { type AnalyzerInput, defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { LibraryModel, MemberModel } from '../../src/model/boot-trace.ts';
import type { ChainLink } from '../../src/model/fact.ts';
import { comparedMethods } from './file-routes/compared-methods.ts';
import { exportedHandler } from './file-routes/exported-handler.ts';
import { isGroup, readBrackets, toAddresses, withoutExtension } from './file-routes/file-path.ts';
import { type FileAnswer, type FileExport, fileExports, fileRoutes } from './file-routes/file-routes.ts';
import { eventHandlerMakers } from './h3.ts';

const ROUTE = /^(?:(?:layers\/[^/]+|src)\/)?(?:server\/)?(api|routes)\/(.+\.[jt]s)$/;
const MIDDLEWARE = /^(?:(?:layers\/[^/]+|src)\/)?(?:server\/)?middleware\/.+\.[jt]s$/;

const wraps: MemberModel = { returns: { wraps: 0 } };

const nuxtPackages = ['nuxt', 'nuxt-nightly', 'nuxt3'];
const nitroPackages = ['nitropack', 'nitro'];

/** Functions that handlers are made with; Nuxt and Nitro have them without an import, too. */
export const nitroModel: LibraryModel = {
  name: 'nitro',
  packages: ['globals', '#imports', 'nitropack/runtime', 'nitro/h3', 'nitro/cache', 'nitro'],
  exports: {
    ...eventHandlerMakers,
    defineCachedEventHandler: wraps,
    cachedEventHandler: wraps,
    defineCachedHandler: wraps,
  },
  objects: {},
  conventions: [
    {
      packages: nuxtPackages,
      configuredBy: ['nuxt.config'],
      records: 'route-file',
      loads: (path) => /^(?:(?:layers\/[^/]+|src)\/)?server\//.test(path) && ROUTE.test(path),
    },
    {
      packages: nuxtPackages,
      configuredBy: ['nuxt.config'],
      records: 'middleware-file',
      loads: (path) => /^(?:(?:layers\/[^/]+|src)\/)?server\//.test(path) && MIDDLEWARE.test(path),
    },
    { packages: nitroPackages, configuredBy: ['nitro.config'], records: 'route-file', loads: (path) => ROUTE.test(path) },
    { packages: nitroPackages, configuredBy: ['nitro.config'], records: 'middleware-file', loads: (path) => MIDDLEWARE.test(path) },
  ],
};

/** Server routes of Nuxt and Nitro: `server/api/books/[id].get.ts`. */
export const nitroRoutes = defineAnalyzer({
  name: 'nitro-routes',
  produces: ['route'],

  *analyze(input) {
    const middlewares = fileExports(input, 'nitro', 'middleware-file').filter(({ name }) => name === 'default');
    yield* fileRoutes(input, {
      name: 'nitro',
      answers: (exported) => {
        const before = middlewares.filter(({ project }) => project === exported.project).map((one) => toLink(input, one));
        return answers(input, exported).map((answer) => ({ ...answer, before }));
      },
    });
  },
});

/** Middleware runs before every handler, in the order of its files' names. */
const toLink = ({ program }: AnalyzerInput, { effect, value }: FileExport): ChainLink => ({
  ...exportedHandler(program, effect, value).link,
  role: 'middleware',
  scope: 'application',
});

const METHOD = /^(.*)\.(get|head|post|put|delete|patch|options|connect|trace)$/;
/** Variants for one kind of build. */
const VARIANT = /\.(?:dev|prod|prerender)$/;

function answers({ program }: AnalyzerInput, { path, name, value, effect }: FileExport): readonly FileAnswer[] {
  const [, folder, file] = ROUTE.exec(path) ?? [];
  if (file === undefined || name !== 'default') return [];
  const plain = withoutExtension(file).replace(VARIANT, '');
  const [, named = plain, method] = METHOD.exec(plain) ?? [];
  const segments = [...(folder === 'api' ? ['api'] : []), ...named.split('/')].filter((segment) => !isGroup(segment));
  const methods =
    method === undefined ? orAll(comparedMethods(program, exportedHandler(program, effect, value).handler.symbol)) : [method.toUpperCase()];
  return toAddresses(withoutIndex(segments).map(readBrackets)).flatMap((address) => methods.map((one) => ({ method: one, path: address })));
}

const orAll = (methods: readonly string[]): readonly string[] => (methods.length === 0 ? ['ALL'] : methods);

const withoutIndex = (segments: readonly string[]): readonly string[] => (segments.at(-1) === 'index' ? segments.slice(0, -1) : segments);
