import { constantText } from '../../src/analyze/constant-text.ts';
import type { CallModel, LibraryHost, LibraryModel } from '../../src/model/boot-trace.ts';
import { matchingFiles } from './awilix/matching-files.ts';

const itself: CallModel = { returns: 'self' };
const register: CallModel = { performs: registers, returns: 'self' };

/**
 * `awilix`: `createContainer().register({ orders: asClass(OrderService) })`. What is made is given the cradle, of which it
 * takes others by name, or in the classic mode what its parameters are called.
 */
export const awilixModel: LibraryModel = {
  name: 'awilix',
  packages: ['awilix'],
  exports: {
    createContainer: { performs: createContainer },
    asClass: { performs: (host) => resolver(host, 'class') },
    asFunction: { performs: (host) => resolver(host, 'function') },
    asValue: { performs: (host) => resolver(host, 'value') },
    aliasTo: { performs: (host) => resolver(host, 'alias') },
    InjectionMode: {
      members: { PROXY: { property: { constant: 'PROXY' } }, CLASSIC: { property: { constant: 'CLASSIC' } } },
    },
    Lifetime: { members: { '*': { property: 'unknown' } } },
  },
  objects: {
    'awilix.container': {
      members: {
        register,
        resolve: { returns: { instanceOf: 0 } },
        build: { performs: (host) => make(host, host.given[0], host.receiver) },
        createScope: itself,
        loadModules: { performs: loadModules, returns: 'self' },
      },
    },
    'awilix.cradle': { members: { '*': { property: 'named' } } },
    'awilix.resolver': {
      members: {
        classic: { performs: (host) => inMode(host, 'CLASSIC') },
        proxy: { performs: (host) => inMode(host, 'PROXY') },
        '*': itself,
      },
    },
  },
};

function createContainer<Value>(host: LibraryHost<Value>): Value {
  const container = host.make('awilix.container', { arguments: [] });
  host.assign(container, 'cradle', host.make('awilix.cradle', { arguments: [] }));
  assignMode(host, container, host.given[0]);
  return container;
}

/** `asClass(OrderService, { injectionMode: 'CLASSIC' })`. */
function resolver<Value>(host: LibraryHost<Value>, form: string): Value {
  const [target, options] = host.given;
  const made = host.make('awilix.resolver', { arguments: [] });
  host.assign(made, 'form', host.constant(form));
  if (target !== undefined) host.assign(made, 'target', target);
  assignMode(host, made, options);
  return made;
}

function assignMode<Value>(host: LibraryHost<Value>, target: Value, options: Value | undefined): void {
  const mode = host.member(options, 'injectionMode');
  if (mode !== undefined) host.assign(target, 'mode', mode);
}

function inMode<Value>(host: LibraryHost<Value>, mode: string): Value {
  const { receiver } = host;
  if (receiver === undefined) return host.unknown();
  host.assign(receiver, 'mode', host.constant(mode));
  return receiver;
}

/** `register({ orders: asClass(OrderService) })`, `register('orders', asClass(OrderService))`. */
function registers<Value>(host: LibraryHost<Value>): Value {
  const [first, second] = host.given;
  const container = host.receiver ?? host.unknown();
  const name = first === undefined ? undefined : constantText(host.see(first));
  const registered = first === undefined ? undefined : host.members(first);
  if (name !== undefined && second !== undefined) registerOne(host, name, second);
  else for (const [key, value] of registered?.entries ?? []) registerOne(host, key, value);
  if (name === undefined && registered?.complete !== true) host.unclear();
  return container;
}

function registerOne<Value>(host: LibraryHost<Value>, name: string, registration: Value): void {
  const container = host.receiver;
  host.provide(
    name,
    host.makeFunction(name, () => resolved(host, registration, container)),
  );
}

function resolved<Value>(host: LibraryHost<Value>, registration: Value, container: Value | undefined): Value {
  const target = host.member(registration, 'target');
  const form = constantText(host.see(host.member(registration, 'form')));
  if (target === undefined || form === undefined) return host.unknown();
  if (form === 'value') return target;
  const cradle = host.member(container, 'cradle');
  if (form === 'alias') return (cradle && host.member(cradle, constantText(host.see(target)) ?? '')) ?? host.unknown();
  return make(host, target, container, host.member(registration, 'mode'));
}

function make<Value>(host: LibraryHost<Value>, target: Value | undefined, container: Value | undefined, mode?: Value): Value {
  const cradle = host.member(container, 'cradle');
  if (target === undefined || container === undefined || cradle === undefined) return host.unknown();
  const isClassic = constantText(host.see(mode ?? host.member(container, 'mode'))) === 'CLASSIC';
  const given = isClassic ? host.parameters(target).map((name) => host.member(cradle, name) ?? host.unknown()) : [cradle];
  return host.see(target).kind === 'class' ? host.construct(target, given) : host.call(target, given);
}

/** `loadModules(['services/*.ts'], { formatName: 'camelCase' })`: default exports, registered by the names of their files. */
function loadModules<Value>(host: LibraryHost<Value>): Value {
  const [patterns, options] = host.given;
  const list = patterns === undefined ? undefined : host.elements(patterns);
  const mode = memberAt(host, options, 'resolverOptions', 'injectionMode');
  const cwd = memberAt(host, options, 'cwd');
  for (const written of list?.values ?? []) {
    const pattern = host.elements(written).values[0];
    const files = matchingFiles(host, constantText(host.see(pattern)), cwd);
    if (files.length === 0) host.unclear();
    for (const file of files) loadOne(host, file, { format: memberAt(host, options, 'formatName'), mode });
  }
  if (list?.complete !== true) host.unclear();
  return host.receiver ?? host.unknown();
}

interface Loading<Value> {
  readonly format: Value | undefined;
  readonly mode: Value | undefined;
}

function loadOne<Value>(host: LibraryHost<Value>, file: string, { format, mode }: Loading<Value>): void {
  const module = host.load(file);
  const target = module === undefined ? undefined : host.callable(module);
  if (target === undefined) return;
  const base = (file.split('/').at(-1) ?? file).replace(/\.[cm]?[jt]sx?$/, '');
  const form = format === undefined ? undefined : constantText(host.see(format));
  const formatted =
    format === undefined || form !== undefined ? undefined : constantText(host.see(host.call(format, [host.constant(base)])));
  const name = formatted ?? (form === 'camelCase' ? camelCase(base) : base);
  const container = host.receiver;
  host.provide(
    name,
    host.makeFunction(name, () => make(host, target, container, mode)),
  );
}

const camelCase = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .filter((part) => part !== '')
    .map((part, index) => (index === 0 ? part.charAt(0).toLowerCase() : part.charAt(0).toUpperCase()) + part.slice(1))
    .join('');

function memberAt<Value>(host: LibraryHost<Value>, value: Value | undefined, ...path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>((current, name) => host.member(current, name), value);
}
