import type { CallModel, LibraryHost, LibraryModel } from '../../src/model/boot-trace.ts';

const itself: CallModel = { returns: 'self' };
const unknown: CallModel = { returns: 'unknown' };
const pool: CallModel = { returns: { object: 'pg.pool' }, constructs: true };
const client: CallModel = { returns: { object: 'pg.client' }, constructs: true };

/** `pg`: pools and clients. */
export const pgModel: LibraryModel = {
  name: 'pg',
  packages: ['pg', 'pg-pool'],
  exports: { default: { members: { Pool: pool, Client: client }, call: pool }, Pool: pool, Client: client },
  objects: {
    'pg.pool': { members: { connect: { returns: { object: 'pg.client' } }, query: unknown, on: itself, once: itself, end: unknown } },
    'pg.client': { members: { connect: unknown, query: unknown, release: unknown, on: itself, once: itself, end: unknown } },
  },
};

const knexInstance: CallModel = { returns: { object: 'knex.instance' }, constructs: true };

/** `knex`: the instance, which is also the function that begins a query. */
export const knexModel: LibraryModel = {
  name: 'knex',
  packages: ['knex'],
  exports: { default: { members: { knex: knexInstance, default: knexInstance }, call: knexInstance }, knex: knexInstance },
  objects: { 'knex.instance': { members: { on: itself, '*': unknown }, call: unknown } },
};

/** `objection`: the class of models, which keeps the knex that it is given. */
export const objectionModel: LibraryModel = {
  name: 'objection',
  packages: ['objection'],
  exports: { Model: { members: { '*': unknown } }, transaction: unknown },
  objects: {},
};

const prismaClient: CallModel = { returns: { object: 'prisma.client' }, constructs: true };

/** Prisma's generated client. */
export const prismaModel: LibraryModel = {
  name: 'prisma',
  packages: ['@prisma/client'],
  exports: { default: { members: { PrismaClient: prismaClient } }, PrismaClient: prismaClient },
  objects: { 'prisma.client': { members: { $on: itself, $use: itself, $extends: itself, '*': { property: 'unknown' } } } },
};

const sqliteDatabase: CallModel = { returns: { object: 'better-sqlite3.database' }, constructs: true };

/** The function that runs another one in a transaction, as that one stands in the code; its members are other ways to begin. */
function transaction<Value>(host: LibraryHost<Value>): Value {
  const [work] = host.given;
  if (work === undefined) return host.unknown();
  for (const begins of ['default', 'deferred', 'immediate', 'exclusive']) host.assign(work, begins, work);
  return work;
}

/** `better-sqlite3`: what `transaction` makes runs the function that it is given. */
export const betterSqliteModel: LibraryModel = {
  name: 'better-sqlite3',
  packages: ['better-sqlite3'],
  exports: { default: sqliteDatabase },
  objects: { 'better-sqlite3.database': { members: { transaction: { performs: transaction }, '*': unknown } } },
};
