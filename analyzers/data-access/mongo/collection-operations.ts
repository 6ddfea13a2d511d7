import type { TableOperation } from '../../../src/model/fact.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import { argumentOf, type CallSite, type CodeValue } from '../flow/code-value.ts';
import { literalParts } from '../flow/literals.ts';
import { argumentSeenFrom } from '../flow/placed-values.ts';

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
const bulkOperations: Readonly<Record<string, TableOperation>> = {
  insertOne: 'create',
  updateOne: 'update',
  updateMany: 'update',
  replaceOne: 'update',
  deleteOne: 'delete',
  deleteMany: 'delete',
};

/** What a call does to its own collection: of `bulkWrite` what its entries say; with `upsert` an update may insert. */
export function ownOperations(
  flow: CallFlow,
  {
    site,
    place = site,
    method,
    operations,
  }: {
    readonly site: CallSite;
    /** The call of the method around that says of which collection it is. */
    readonly place?: CallSite;
    readonly method: string;
    readonly operations: Readonly<Record<string, TableOperation>>;
  },
): readonly TableOperation[] {
  if (method === 'bulkWrite') {
    const entries = argumentSeenFrom(flow, site, place, 0);
    const parts = entries === undefined ? [] : literalParts(flow, entries).parts;
    const found = parts.flatMap(({ key, value }): readonly TableOperation[] => {
      const operation = Object.hasOwn(bulkOperations, key) ? bulkOperations[key] : undefined;
      if (operation === undefined) return [];
      return [operation === 'update' && isUpsert(flow, value) ? 'upsert' : operation];
    });
    return found.length === 0 ? ['update'] : [...new Set(found)];
  }
  const operation = Object.hasOwn(operations, method) ? operations[method] : undefined;
  if (operation !== 'update') return operation === undefined ? [] : [operation];
  const upserts = site.call.arguments.slice(1).some((_, index) => {
    const options = argumentOf(site, index + 1);
    return options?.expression.kind === 'object' && isUpsert(flow, options);
  });
  return [upserts ? 'upsert' : 'update'];
}

const isUpsert = (flow: CallFlow, options: CodeValue): boolean =>
  literalParts(flow, options).parts.some(({ key, value }) => key === 'upsert' && isTrue(value));

const isTrue = ({ expression }: CodeValue): boolean => expression.kind !== 'literal' || expression.value === true;
