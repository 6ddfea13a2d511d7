import type { LibraryHost, LibraryModel } from '../../src/model/boot-trace.ts';

/** The module that worker processes run is started, as a process of its own would. */
export const nodeClusterModel: LibraryModel = {
  name: 'node-cluster',
  packages: ['cluster'],
  exports: { setupMaster: { performs: startWorker }, setupPrimary: { performs: startWorker } },
  objects: {},
};

/** `cluster.setupPrimary({ exec: path })`. */
function startWorker<Value>(host: LibraryHost<Value>): Value {
  const [settings] = host.given;
  const file = host.member(settings, 'exec');
  const place = file === undefined ? undefined : host.see(file);
  if (place?.kind === 'constant' && typeof place.value === 'string') host.load(place.value.replace(/^\.\//, ''));
  else if (place !== undefined) host.unclear();
  return host.constant(undefined);
}
