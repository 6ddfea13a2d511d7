import { type AnalyzerInput, defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { BootValue, LibraryModel } from '../../src/model/boot-trace.ts';
import type { SourceLocation } from '../../src/model/location.ts';
import { comparedMethods, mappedMethods } from './file-routes/compared-methods.ts';
import { exportedHandler } from './file-routes/exported-handler.ts';
import { HTTP_METHODS, isGroup, readBrackets, type SegmentReading, toAddresses } from './file-routes/file-path.ts';
import { type FileAnswer, type FileExport, fileExports, fileRoutes } from './file-routes/file-routes.ts';

const PAGES_API = /^(?:src\/)?pages\/(api\/.+|api)\.[jt]sx?$/;
const APP_ROUTE = /^(?:src\/)?app\/((?:.*\/)?)route\.[jt]sx?$/;
const CONFIGURATION = /^next\.config\.[cm]?[jt]s$/;

const packages = ['next'];
const configuredBy = ['next.config'];

/** Route handlers (`app/**` + `/route.ts`) and API routes (`pages/api`) of Next.js; pages are no API. */
export const nextModel: LibraryModel = {
  name: 'next',
  packages: ['next-connect'],
  exports: {
    default: { returns: { object: 'next.connect' } },
    createRouter: { returns: { object: 'next.connect' } },
    createEdgeRouter: { returns: { object: 'next.connect' } },
  },
  objects: {
    'next.connect': {
      members: {
        ...Object.fromEntries(
          [...HTTP_METHODS.map((method) => method.toLowerCase()), 'all'].map((name) => [name, { records: 'route', returns: 'self' }]),
        ),
        use: { records: 'use', returns: 'self' },
        handler: { returns: 'self' },
        clone: { returns: 'self' },
      },
    },
  },
  conventions: [
    { packages, configuredBy, records: 'route-file', loads: (path) => PAGES_API.test(path) || APP_ROUTE.test(path) },
    { packages, configuredBy, records: 'configuration', loads: (path) => CONFIGURATION.test(path) },
  ],
};

export const nextRoutes = defineAnalyzer({
  name: 'next-routes',
  produces: ['route'],

  *analyze(input) {
    const prefixes = basePaths(input);
    for (const { path, variable, at } of prefixes.values())
      if (variable !== undefined) yield { code: 'path-from-default', data: { variable, default: path }, at };
    yield* fileRoutes(input, {
      name: 'next',
      answers: (exported) =>
        answers(input, exported).map((answer) => ({ ...answer, path: joined(prefixes.get(exported.project), answer.path) })),
    });
  },
});

function answers(input: AnalyzerInput, exported: FileExport): readonly FileAnswer[] {
  const [, folder] = APP_ROUTE.exec(exported.path) ?? [];
  if (folder !== undefined) {
    const segments = folder.split('/').filter((segment) => segment !== '');
    if (!HTTP_METHODS.includes(exported.name) || segments.some((segment) => segment.startsWith('_'))) return [];
    return toAddresses(segments.map(readAppSegment)).map((path) => ({ method: exported.name, path }));
  }
  const [, page] = PAGES_API.exec(exported.path) ?? [];
  if (page === undefined || exported.name !== 'default') return [];
  const segments = page.split('/').map(readBrackets);
  const last = segments.at(-1);
  const named = last?.kind === 'text' && last.text === 'index' ? segments.slice(0, -1) : segments;
  return toAddresses(named).flatMap((path) => methodsOf(input, exported).map((method) => ({ method, path })));
}

function readAppSegment(segment: string): SegmentReading {
  if (isGroup(segment) || segment.startsWith('@')) return { kind: 'nothing' };
  return readBrackets(segment.replace(/^%5F/i, '_'));
}

/** A handler of `pages/api` is asked whatever the method is: what it compares the method with is what it answers. */
function methodsOf({ program, trace }: AnalyzerInput, { effect, value }: FileExport): readonly string[] {
  if (value?.kind === 'library')
    return [
      ...new Set(
        trace.effects.filter(({ object, verb }) => object === value.object && verb === 'route').map(({ method }) => method.toUpperCase()),
      ),
    ];
  const { handler } = exportedHandler(program, effect, value);
  const mapped = mappedMethods(program, effect.at.file, effect.method);
  const compared = mapped.length > 0 ? mapped : comparedMethods(program, handler.symbol);
  return compared.length > 0 ? compared : ['ALL'];
}

interface BasePath {
  readonly path: string;
  /** The variable of the environment that it is taken from; where that is not set, the default counts. */
  readonly variable?: string;
  readonly at: SourceLocation;
}

/** `basePath` of each project's configuration. */
function basePaths(input: AnalyzerInput): ReadonlyMap<string, BasePath> {
  return new Map(
    fileExports(input, 'next', 'configuration').flatMap(({ name, value, project, effect }): readonly [string, BasePath][] => {
      const given = name === 'default' ? basePathIn(value) : undefined;
      return given === undefined ? [] : [[project, { ...readBasePath(given), at: effect.at }]];
    }),
  );
}

function readBasePath(given: BootValue): Omit<BasePath, 'at'> {
  if (given.kind === 'constant') return { path: typeof given.value === 'string' ? given.value : '' };
  if (given.kind !== 'environment') return { path: '<basePath>' };
  const fallback = given.default?.kind === 'constant' && typeof given.default.value === 'string' ? given.default.value : '';
  return { path: fallback, variable: given.name };
}

/** The configuration is often handed through plugins: `withPlugin({ … })`. */
function basePathIn(value: BootValue | undefined): BootValue | undefined {
  switch (value?.kind) {
    case 'object':
      return value.properties.basePath;
    case 'external':
      return value.arguments?.map(basePathIn).find((path) => path !== undefined);
    case 'union':
      return value.options.map(basePathIn).find((path) => path !== undefined);
    default:
      return undefined;
  }
}

const joined = (prefix: BasePath | undefined, path: string): string =>
  prefix === undefined || prefix.path === '' ? path : `/${prefix.path.replace(/^\/|\/$/g, '')}${path === '/' ? '' : path}`;
