import type { CallModel, LibraryHost, LibraryModel } from '../../src/model/boot-trace.ts';

const makes: CallModel = { returns: { instanceOf: 0 } };

/** Containers that make instances of the class they are asked for, or of what was provided for a token: `typedi`, `tsyringe`. */
export const containersModel: LibraryModel = {
  name: 'containers',
  packages: ['typedi', 'tsyringe'],
  exports: {
    Container: { members: { get: makes, set: { provides: { token: 0, with: 1, as: 'value' }, returns: 'unknown' } } },
    default: { members: { get: makes } },
    delay: { returns: { argument: 0 } },
    container: {
      members: {
        resolve: makes,
        register: { provides: { token: 0, with: 1, as: 'provider' }, returns: 'unknown' },
        registerSingleton: {
          provides: { token: 0, with: 1, as: 'class' },
          returns: 'unknown',
          withArguments: { 1: { provides: { token: 0, as: 'class' }, returns: 'unknown' } },
        },
        registerInstance: { provides: { token: 0, with: 1, as: 'value' }, returns: 'unknown' },
      },
    },
  },
  objects: {},
  decorators: { inject: { injects: 0 }, Inject: { injects: 0 } },
};

const itself: CallModel = { returns: 'self' };
const bind: CallModel = { records: 'bind', returns: { object: 'inversify.binding', keeps: 0 } };
const bound = (provides: NonNullable<CallModel['provides']>): CallModel => ({ records: 'bound', provides, returns: 'self' });

/**
 * `new ContainerModule((bind, unbind) => …)`, since version 7 `({ bind }) => …`: what it binds is bound where the module is
 * made, as a container that loads it would.
 */
function bindAll<Value>(host: LibraryHost<Value>): Value {
  const [callback] = host.given;
  const container = host.make('inversify.container', { arguments: [] });
  if (callback === undefined) return container;
  const names = host.parameters(callback);
  const takesFunctions = names.length > 1 || /^_?bind/.test(names[0] ?? '');
  const unknown = host.unknown();
  const one = host.member(container, 'bind') ?? unknown;
  host.call(callback, takesFunctions ? [one, unknown, unknown, one] : [container]);
  return container;
}

const containerModule: CallModel = { performs: bindAll, constructs: true };

/** `inversify`: `new Container()`, told what to give for a token and asked for it. */
export const inversifyModel: LibraryModel = {
  name: 'inversify',
  packages: ['inversify'],
  exports: {
    Container: { returns: { object: 'inversify.container' }, constructs: true },
    ContainerModule: containerModule,
    AsyncContainerModule: containerModule,
    LazyServiceIdentifier: { returns: { argument: 0 }, constructs: true },
    LazyServiceIdentifer: { returns: { argument: 0 }, constructs: true },
  },
  objects: {
    'inversify.container': { members: { get: makes, getAsync: makes, resolve: makes, load: itself, bind, rebind: bind } },
    'inversify.binding': {
      members: {
        to: bound({ token: 'kept', with: 0, as: 'class' }),
        toSelf: bound({ token: 'kept', as: 'class' }),
        toConstantValue: bound({ token: 'kept', with: 0, as: 'value' }),
        toDynamicValue: bound({ token: 'kept', with: 0, as: 'factory' }),
        '*': itself,
      },
    },
  },
  decorators: { inject: { injects: 0 }, lazyInject: { injects: 0 } },
};
