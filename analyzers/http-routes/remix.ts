import { type AnalyzerInput, defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { withoutExtension } from './file-routes/file-path.ts';
import { type FileAnswer, type FileExport, fileExports, fileRoutes } from './file-routes/file-routes.ts';
import { flatAddresses, nestedAddresses } from './remix/flat-routes.ts';
import { type RouteConfiguration, readConfiguration } from './remix/route-config.ts';

const MODULE = /^(?:src\/)?app\/(.+\.[jt]sx?)$/;
const CONFIGURATION = /^(?:src\/)?app\/routes\.[jt]s$/;

const packages = [
  ...['@remix-run/node', '@remix-run/react', '@remix-run/express', '@remix-run/server-runtime', '@remix-run/cloudflare'],
  ...['@react-router/node', '@react-router/dev', '@react-router/serve', '@react-router/express'],
];
const configuredBy = ['remix.config', 'react-router.config'];

/** Route modules of Remix and of React Router as a framework: their `loader` and `action`. */
export const remixModel: LibraryModel = {
  name: 'remix',
  packages: [],
  exports: {},
  objects: {},
  conventions: [
    { packages, configuredBy, records: 'configuration', loads: (path) => CONFIGURATION.test(path) },
    { packages, configuredBy, records: 'route-file', loads: (path) => MODULE.test(path), exporting: ['loader', 'action'] },
  ],
};

/** A loader answers reads; an action any other method. */
const METHODS: ReadonlyMap<string, string> = new Map([
  ['loader', 'GET'],
  ['action', 'ALL'],
]);

export const remixRoutes = defineAnalyzer({
  name: 'remix-routes',
  produces: ['route'],

  *analyze(input) {
    const configurations = new Map<string, RouteConfiguration>();
    for (const { name, value, project, effect } of fileExports(input, 'remix', 'configuration')) {
      if (name !== 'default') continue;
      const configuration = readConfiguration(value);
      configurations.set(project, configuration);
      if (!configuration.isComplete) yield incomplete(configuration, effect.at);
    }
    yield* fileRoutes(input, {
      name: 'remix',
      answers: (exported) => answers(input, exported, configurations.get(exported.project)),
    });
  },
});

const incomplete = ({ modules }: RouteConfiguration, at: NonNullable<Diagnostic['at']>): Diagnostic => ({
  code: 'dynamic-mount',
  data: { text: 'route configuration that is not constant', routes: modules.length },
  at,
});

function answers(
  input: AnalyzerInput,
  { path, name, project }: FileExport,
  configuration: RouteConfiguration | undefined,
): readonly FileAnswer[] {
  const method = METHODS.get(name);
  const [, file] = MODULE.exec(path) ?? [];
  if (method === undefined || file === undefined) return [];
  const configured = configuration?.modules.filter((one) => withoutExtension(one.file) === withoutExtension(file)) ?? [];
  const isFound = configuration === undefined || configuration.isFlat || !configuration.isComplete;
  const below = file.startsWith('routes/') ? file.slice('routes/'.length) : undefined;
  const found = isFound && configured.length === 0 && below !== undefined ? addressesOf(input, project, below) : [];
  return [...configured.map(({ path: written }) => neutral(written)), ...found].map((address) => ({ method, path: address }));
}

/** `books/:id?/*` of a configuration. */
const neutral = (written: string): string => `/${written.replace(/^\//, '')}`.replace(/:(\w+)\??/g, '{$1}');

function addressesOf({ packages: manifests }: AnalyzerInput, project: string, file: string): readonly string[] {
  const manifest = manifests.find(({ directory }) => directory === project);
  const version = { ...manifest?.devDependencies, ...manifest?.dependencies }['@remix-run/react'] ?? '';
  return /^[\^~]?1\./.test(version) ? nestedAddresses(file) : flatAddresses(file);
}
