import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';
import { HTTP_METHODS, isGroup, readBrackets, toAddresses } from './file-routes/file-path.ts';
import { fileRoutes } from './file-routes/file-routes.ts';

const SERVER = /^src\/routes\/((?:.*\/)?)\+server\.[jt]s$/;
const PAGE = /^src\/routes\/((?:.*\/)?)\+page\.server\.[jt]s$/;

/** `fallback` answers the methods that have no export. */
const METHODS: ReadonlyMap<string, string> = new Map([...HTTP_METHODS.map((method) => [method, method] as const), ['fallback', 'ALL']]);

/** What the server does for a page: it loads what is shown, and takes its forms. */
const PAGE_METHODS: ReadonlyMap<string, string> = new Map([
  ['load', 'GET'],
  ['actions', 'POST'],
]);

/** Endpoints (`+server.ts`) and form actions (`+page.server.ts`) of SvelteKit. */
export const svelteKitModel: LibraryModel = {
  name: 'sveltekit',
  packages: [],
  exports: {},
  objects: {},
  conventions: [
    {
      packages: ['@sveltejs/kit'],
      configuredBy: ['svelte.config'],
      exporting: [...METHODS.keys(), ...PAGE_METHODS.keys()],
      records: 'route-file',
      loads: (path) => SERVER.test(path) || PAGE.test(path),
    },
  ],
};

export const svelteKitRoutes = defineAnalyzer({
  name: 'sveltekit-routes',
  produces: ['route'],

  *analyze(input) {
    yield* fileRoutes(input, {
      name: 'sveltekit',
      answers: ({ path, name }) => {
        const isServer = SERVER.test(path);
        const method = isServer ? METHODS.get(name) : PAGE_METHODS.get(name);
        const [, folder] = (isServer ? SERVER : PAGE).exec(path) ?? [];
        return method === undefined || folder === undefined ? [] : addresses(folder).map((address) => ({ method, path: address }));
      },
    });
  },
});

const addresses = (folder: string): readonly string[] =>
  toAddresses(
    folder
      .split('/')
      .filter((segment) => segment !== '' && !isGroup(segment))
      .map((segment) => readBrackets(unescaped(segment))),
  );

/** `[x+3a]` is a character that a file's name cannot have. */
const unescaped = (segment: string): string =>
  segment.replace(/\[([xu])\+([0-9a-f]+)\]/gi, (_, _kind, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
