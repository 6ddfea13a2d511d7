import { constantText } from '../../src/analyze/constant-text.ts';
import type { CallModel, LibraryHost, LibraryModel } from '../../src/model/boot-trace.ts';

const reads: CallModel = { performs: readSetting };

/** `@nestjs/config`: settings that factories give, by namespace or as one tree, else variables of the environment. */
export const nestConfigModel: LibraryModel = {
  name: 'nest-config',
  packages: ['@nestjs/config'],
  exports: {
    registerAs: { performs: registerNamespace },
    ConfigModule: { members: { forRoot: { performs: loadSettings }, forFeature: { performs: loadFeature } } },
    ConfigService: { returns: { object: 'nest-config.service' }, constructs: true },
  },
  objects: {
    'nest-config.service': { members: { get: reads, getOrThrow: reads, '*': { returns: 'unknown' } } },
  },
};

const LOADED = 'nest-config loaded';
const namespaced = (name: string): string => `nest-config ${name}`;

/** `registerAs('app', factory)` gives the factory, whose `KEY` is the token of what it gives. */
function registerNamespace<Value>(host: LibraryHost<Value>): Value {
  const [name, factory] = host.given;
  const text = constantText(host.see(name));
  if (text === undefined || factory === undefined) return host.unknown();
  const token = `CONFIGURATION(${text})`;
  host.keep(namespaced(text), factory);
  host.provide(token, factory);
  host.assign(factory, 'KEY', host.constant(token));
  return factory;
}

/** Factories of `load` that have no namespace give parts of one tree. */
function loadSettings<Value>(host: LibraryHost<Value>): Value {
  const [options] = host.given;
  const load = host.member(options, 'load');
  if (load !== undefined) addFactories(host, host.elements(load).values);
  return host.unknown();
}

function loadFeature<Value>(host: LibraryHost<Value>): Value {
  addFactories(host, host.given);
  return host.unknown();
}

function addFactories<Value>(host: LibraryHost<Value>, factories: readonly Value[]): void {
  const known = host.recall(LOADED);
  const before = known === undefined ? [] : host.elements(known).values;
  const added = factories.filter((factory) => host.see(factory).kind === 'function' && host.member(factory, 'KEY') === undefined);
  host.keep(LOADED, host.list([...before, ...added]));
}

/** `get('app.port', 3000)`. */
function readSetting<Value>(host: LibraryHost<Value>): Value {
  const [key, second] = host.given;
  const name = constantText(host.see(key));
  if (name === undefined) return host.unknown();
  const [first = '', ...rest] = name.split('.');
  const namespace = host.recall(namespaced(first));
  const loaded = host.recall(LOADED);
  const found =
    (namespace === undefined ? undefined : along(host, host.call(namespace, []), rest)) ??
    (loaded === undefined ? [] : host.elements(loaded).values)
      .map((factory) => along(host, host.call(factory, []), [first, ...rest]))
      .find((value) => value !== undefined);
  if (found !== undefined) return found;
  const hasDefault = second !== undefined && host.see(second).kind !== 'object';
  return host.environment(name, hasDefault ? second : undefined);
}

function along<Value>(host: LibraryHost<Value>, value: Value, path: readonly string[]): Value | undefined {
  let current: Value | undefined = value;
  for (const name of path) current = host.member(current, name);
  return current;
}
