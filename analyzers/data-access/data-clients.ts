import type { CallModel, LibraryModel } from '../../src/model/boot-trace.ts';

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
