import type { TableOperation } from '../../../src/model/fact.ts';

/** What methods of a collection (and of a model, which has most of them) do to its documents. */
export const collectionOperations: Readonly<Record<string, TableOperation>> = {
  find: 'read',
  findOne: 'read',
  count: 'read',
  countDocuments: 'read',
  estimatedDocumentCount: 'read',
  distinct: 'read',
  aggregate: 'read',
  watch: 'read',
  mapReduce: 'read',
  insert: 'create',
  insertOne: 'create',
  insertMany: 'create',
  update: 'update',
  updateOne: 'update',
  updateMany: 'update',
  replaceOne: 'update',
  findOneAndUpdate: 'update',
  findOneAndReplace: 'update',
  findAndModify: 'update',
  deleteOne: 'delete',
  deleteMany: 'delete',
  remove: 'delete',
  findOneAndDelete: 'delete',
  drop: 'delete',
  bulkWrite: 'update',
};

/** What each entry of `bulkWrite([{ insertOne: … }])` does. */
export const bulkOperations: Readonly<Record<string, TableOperation>> = {
  insertOne: 'create',
  updateOne: 'update',
  updateMany: 'update',
  replaceOne: 'update',
  deleteOne: 'delete',
  deleteMany: 'delete',
};
