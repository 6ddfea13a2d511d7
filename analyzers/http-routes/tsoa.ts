import { posix } from 'node:path';
import { type AnalyzerInput, defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { DecoratorCall } from '../../src/analyze/decorator-calls.ts';
import { textOf } from '../../src/analyze/decorator-calls.ts';
import { parseJsonWithComments } from '../../src/lib/json-with-comments.ts';
import type { BootValue, LibraryModel } from '../../src/model/boot-trace.ts';
import type { RouteAuthentication } from '../../src/model/fact.ts';
import type { ControllerFramework } from './controllers/controller-framework.ts';
import { controllerClasses, listedClasses } from './controllers/registered.ts';
import { registeredRoutes } from './controllers/registered-routes.ts';
import { toNeutralPaths } from './routing/route-path.ts';

const packages = ['tsoa', '@tsoa/runtime'];
const METHODS = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options'];

/** Controllers of tsoa: files are generated from them that register routes, so none of them need be imported. */
export const tsoaModel: LibraryModel = {
  name: 'tsoa',
  packages: ['@tsoa/runtime'],
  exports: { ExpressTemplateService: { returns: { object: 'tsoa.templates' }, constructs: true } },
  objects: {
    'tsoa.templates': { members: { apiHandler: { delegates: { to: 'controller', method: 'methodName' } } } },
  },
  conventions: [{ packages, loads: () => true, importing: ['Route'], records: 'controller-file' }],
};

const framework: ControllerFramework = {
  name: 'tsoa',
  packages,
  controllers: new Set(['Route']),
  answer: ({ name, arguments: [path] }) => (METHODS.includes(name) ? { methods: [name.toUpperCase()], path } : undefined),
  // Parameters stand in braces, or after a colon.
  paths: (written) => toNeutralPaths(written.replace(/\{(\w+)\}/g, ':$1')),
  links: ({ name, arguments: given }) =>
    name === 'Middlewares' ? given.map((value) => ({ role: 'middleware' as const, when: 'before' as const, value })) : [],
  authentication: ({ method, controller }) => {
    const own = securityOf(method);
    if (own !== undefined || method.some(({ name }) => name === 'NoSecurity')) return own;
    return securityOf(controller);
  },
  parts: { Body: 'body', Queries: 'query', RequestProp: 'body' },
};

/** `@Security('jwt', ['read'])`: the name is one of the program's own, so only what it says can be told. */
function securityOf(calls: readonly DecoratorCall[]): RouteAuthentication | undefined {
  const found = calls.find(({ name }) => name === 'Security');
  if (found === undefined) return undefined;
  const [first] = found.arguments;
  const name = textOf(first) ?? (first?.kind === 'object' ? Object.keys(first.properties).join(', ') : '');
  return { scheme: schemeOf(name), by: `Security(${JSON.stringify(name)})`, at: found.at };
}

function schemeOf(name: string): RouteAuthentication['scheme'] {
  if (/api[-_]?key/i.test(name)) return 'api-key';
  if (/jwt|bearer/i.test(name)) return 'bearer';
  if (/oauth|oidc|openid/i.test(name)) return 'oauth';
  return /basic/i.test(name) ? 'basic' : /session|cookie/i.test(name) ? 'session' : 'unknown';
}

export const tsoaRoutes = defineAnalyzer({
  name: 'tsoa-routes',
  produces: ['route'],

  *analyze(input) {
    const all = controllerClasses(input.trace, framework);
    if (all.length === 0 || isGenerated(input)) return;
    const settings = readSettings(input);
    const registrations = settings.map(({ prefix, globs }) => ({
      controllers: listedClasses(globs, all) ?? all,
      prefix,
      around: [],
    }));
    yield* registeredRoutes(input, framework, registrations);
  },
});

/** What was generated is there and registers routes itself. */
const isGenerated = ({ program, trace }: AnalyzerInput): boolean =>
  trace.effects.some(({ verb, at }) => {
    const imports = verb === 'route' ? (program.module(at.file)?.syntax.imports ?? []) : [];
    return imports.some(
      ({ specifier, bindings }) => specifier === '@tsoa/runtime' && bindings.some(({ imported }) => imported === 'fetchMiddlewares'),
    );
  });

interface Settings {
  readonly prefix: BootValue | undefined;
  readonly globs: BootValue | undefined;
}

/** Each `tsoa.json`, or the usual settings where there is none. */
function readSettings({ assets }: AnalyzerInput): readonly Settings[] {
  const found = [...assets]
    .filter(([path]) => posix.basename(path) === 'tsoa.json')
    .map(([path, { text }]) => settingsIn(posix.dirname(path), text));
  return found.length === 0 ? [{ prefix: undefined, globs: undefined }] : found;
}

function settingsIn(folder: string, text: string): Settings {
  const settings = parseJsonWithComments(text);
  const prefix = valueAt(settings, 'routes', 'basePath');
  const globs = valueAt(settings, 'controllerPathGlobs');
  return {
    prefix: typeof prefix === 'string' ? { kind: 'constant', value: prefix } : undefined,
    globs: Array.isArray(globs)
      ? { kind: 'array', complete: true, elements: globs.map((one) => ({ kind: 'constant', value: posix.join(folder, String(one)) })) }
      : undefined,
  };
}

function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (current, name) => (typeof current === 'object' && current !== null ? Reflect.get(current, name) : undefined),
    value,
  );
}
