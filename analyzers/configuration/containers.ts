import type { CallModel, LibraryModel } from '../../src/model/boot-trace.ts';

const makes: CallModel = { returns: { instanceOf: 0 } };

/** Containers that make instances of the class they are asked for: `typedi`, `tsyringe`. Tokens stay unknown. */
export const containersModel: LibraryModel = {
  name: 'containers',
  packages: ['typedi', 'tsyringe'],
  exports: {
    Container: { members: { get: makes } },
    default: { members: { get: makes } },
    container: { members: { resolve: makes } },
  },
  objects: {},
};

const itself: CallModel = { returns: 'self' };

/** `inversify`: `new Container()`, asked for a class. */
export const inversifyModel: LibraryModel = {
  name: 'inversify',
  packages: ['inversify'],
  exports: { Container: { returns: { object: 'inversify.container' }, constructs: true } },
  objects: {
    'inversify.container': { members: { get: makes, resolve: makes, load: itself, bind: { returns: 'unknown' } } },
  },
};
