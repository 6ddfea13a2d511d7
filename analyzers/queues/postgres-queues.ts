import type { LibraryHost, LibraryModel } from '../../src/model/boot-trace.ts';

/** `boss.work(queue, [options], handler)`. */
function work<Value>(host: LibraryHost<Value>): Value {
  const handler = host.given.at(-1);
  if (handler !== undefined) host.record({ verb: 'consume', arguments: [host.given[0] ?? host.constant(undefined), handler] });
  return host.unknown();
}

/** `pg-boss`: queues in a Postgres database. Its first argument is the connection, no queue. */
export const pgBossModel: LibraryModel = {
  name: 'pg-boss',
  packages: ['pg-boss'],
  exports: {
    default: { returns: { object: 'pg-boss.boss' }, constructs: true },
    PgBoss: { returns: { object: 'pg-boss.boss' }, constructs: true },
  },
  objects: {
    'pg-boss.boss': {
      members: {
        work: { performs: work },
        subscribe: { performs: work },
        send: { records: 'produce', returns: 'unknown' },
        publish: { records: 'produce', returns: 'unknown' },
        '*': { returns: 'unknown' },
      },
    },
  },
};

/** `run({ taskList: { name: task } })`. */
function run<Value>(host: LibraryHost<Value>): Value {
  const on = host.make('graphile-worker.runner', { arguments: [] });
  const [options] = host.given;
  const tasks = host.member(options, 'taskList');
  const { entries, complete } = tasks === undefined ? { entries: [], complete: false } : host.members(tasks);
  for (const [name, task] of entries) host.record({ verb: 'consume', on, arguments: [host.constant(name), task] });
  if (!complete) host.record({ verb: 'consume', on, arguments: [host.constant(undefined), host.unknown()] });
  return on;
}

/** `graphile-worker`: tasks by name, in a Postgres database. */
export const graphileWorkerModel: LibraryModel = {
  name: 'graphile-worker',
  packages: ['graphile-worker'],
  exports: { run: { performs: run }, runOnce: { performs: run } },
  objects: { 'graphile-worker.runner': { members: { '*': { returns: 'unknown' } } } },
};
