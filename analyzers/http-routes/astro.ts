import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';
import { HTTP_METHODS, readBrackets, toAddresses, withoutExtension } from './file-routes/file-path.ts';
import { fileRoutes } from './file-routes/file-routes.ts';

const ENDPOINT = /^src\/pages\/(.+\.[jt]s)$/;

/** Endpoints of Astro: modules among its pages. */
export const astroModel: LibraryModel = {
  name: 'astro',
  packages: [],
  exports: {},
  objects: {},
  conventions: [
    {
      packages: ['astro'],
      configuredBy: ['astro.config'],
      exporting: [...HTTP_METHODS, 'ALL'],
      records: 'route-file',
      loads: (path) => ENDPOINT.test(path) && !path.split('/').some((segment) => segment.startsWith('_')),
    },
  ],
};

export const astroRoutes = defineAnalyzer({
  name: 'astro-routes',
  produces: ['route'],

  *analyze(input) {
    yield* fileRoutes(input, {
      name: 'astro',
      answers: ({ path, name }) => {
        const method = name === 'ALL' || HTTP_METHODS.includes(name) ? name : undefined;
        const [, page] = ENDPOINT.exec(path) ?? [];
        if (method === undefined || page === undefined) return [];
        const segments = withoutExtension(page).split('/');
        const named = segments.at(-1) === 'index' ? segments.slice(0, -1) : segments;
        return toAddresses(named.map(readBrackets)).map((address) => ({ method, path: address }));
      },
    });
  },
});
