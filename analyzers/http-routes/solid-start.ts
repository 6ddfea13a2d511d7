import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';
import { HTTP_METHODS, isGroup, readBrackets, toAddresses, withoutExtension } from './file-routes/file-path.ts';
import { fileRoutes } from './file-routes/file-routes.ts';

const ROUTE = /^src\/routes\/(.+\.[jt]sx?)$/;

/** API routes of SolidStart: modules among its routes that export methods. */
export const solidStartModel: LibraryModel = {
  name: 'solid-start',
  packages: [],
  exports: {},
  objects: {},
  conventions: [
    { packages: ['@solidjs/start', 'solid-start'], exporting: HTTP_METHODS, records: 'route-file', loads: (path) => ROUTE.test(path) },
  ],
};

export const solidStartRoutes = defineAnalyzer({
  name: 'solid-start-routes',
  produces: ['route'],

  *analyze(input) {
    yield* fileRoutes(input, {
      name: 'solid-start',
      answers: ({ path, name }) => {
        const [, route] = ROUTE.exec(path) ?? [];
        if (route === undefined || !HTTP_METHODS.includes(name)) return [];
        const segments = withoutExtension(route)
          .split('/')
          .filter((segment) => !isGroup(segment));
        const named = segments.at(-1) === 'index' ? segments.slice(0, -1) : segments;
        return toAddresses(named.map(readBrackets)).map((address) => ({ method: name, path: address }));
      },
    });
  },
});
