import type { CallModel, LibraryModel } from '../../src/model/boot-trace.ts';

const serve: CallModel = { records: 'listen', returns: { object: 'node.http-server' } };

/** Servers of the runtimes Bun and Deno: they listen, and are given an application or a function. */
export const runtimeServersModel: LibraryModel = {
  name: 'runtime-servers',
  packages: ['globals'],
  exports: { Bun: { members: { serve } }, Deno: { members: { serve } } },
  objects: {},
};
