import type { TableOperation } from '../../../src/model/fact.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import type { Chain } from '../flow/call-chains.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import { argumentOf, type CallSite, type CodeValue } from '../flow/code-value.ts';
import { literalParts } from '../flow/literals.ts';
import { usesPackage } from '../flow/package-use.ts';
import { argumentSeenFrom } from '../flow/placed-values.ts';
import { collectionOperations, ownOperations } from '../mongo/collection-operations.ts';
import { readPipeline } from '../mongo/read-pipeline.ts';
import type { MongooseModel, MongooseModels } from './find-models.ts';
import { constantText, modelNamed } from './read-schema.ts';

/** What methods of a model do beyond those that a collection has, too. */
const modelOperations: Readonly<Record<string, TableOperation>> = {
  ...collectionOperations,
  findById: 'read',
  exists: 'read',
  where: 'read',
  paginate: 'read',
  aggregatePaginate: 'read',
  populate: 'read',
  create: 'create',
  createCollection: 'create',
  bulkSave: 'update',
  findByIdAndUpdate: 'update',
  findByIdAndDelete: 'delete',
  findByIdAndRemove: 'delete',
  findOneAndRemove: 'delete',
};

/** What methods of a document do to its collection. */
const documentOperations: Readonly<Record<string, TableOperation>> = {
  save: 'update',
  updateOne: 'update',
  update: 'update',
  replaceOne: 'update',
  deleteOne: 'delete',
  remove: 'delete',
  populate: 'read',
  execPopulate: 'read',
};

/** What methods do that a program's models and documents have. */
export interface MongooseOperations {
  readonly model: Readonly<Record<string, TableOperation>>;
  readonly document: Readonly<Record<string, TableOperation>>;
}

/** Those of mongoose, and of plugins that the program uses. */
export const operationsOf = (program: ProgramQueries): MongooseOperations =>
  usesPackage(program, softDeletion)
    ? { model: { ...modelOperations, ...softModelOperations }, document: { ...documentOperations, ...softDocumentOperations } }
    : { model: modelOperations, document: documentOperations };

/** Plugins that mark a document as deleted where it stays. */
const softDeletion: ReadonlySet<string> = new Set(['mongoose-delete']);
const softDocumentOperations: Readonly<Record<string, TableOperation>> = { delete: 'update', restore: 'update' };
const softModelOperations: Readonly<Record<string, TableOperation>> = {
  ...softDocumentOperations,
  deleteById: 'update',
  ...Object.fromEntries(
    ['find', 'findOne', 'count', 'countDocuments', 'aggregate', 'update', 'updateOne', 'updateMany', 'findOneAndUpdate'].flatMap((name) =>
      ['Deleted', 'WithDeleted'].map((ending) => [`${name}${ending}`, modelOperations[name] ?? 'read']),
    ),
  ),
};

export interface CollectionAccess {
  readonly collection: string;
  readonly operation: TableOperation;
}

export interface CallReading {
  readonly accesses: readonly CollectionAccess[];
  readonly unknown: readonly string[];
  readonly isPartial: boolean;
}

/** A call of a model's method, with what is called on what it returns. */
export interface ModelCall {
  readonly site: CallSite;
  /** The call that decides which model it is. */
  readonly place: CallSite;
  readonly method: string;
  readonly chain: Chain;
  readonly model: MongooseModel;
}

/** The collections that a call of a model's method touches. */
export function readModelCall(
  flow: CallFlow,
  models: MongooseModels,
  { operations, ...call }: ModelCall & { readonly operations: MongooseOperations['model'] },
): CallReading {
  const { site, place, method, chain, model } = call;
  const pipeline = isAggregation(method) ? argumentSeenFrom(flow, site, place, 0) : undefined;
  const stages = pipeline === undefined ? undefined : readPipeline(flow, pipeline);
  const joined = populations(flow, models, call);
  const own = chain.some((link) => endings.has(link.method)) ? 'delete' : undefined;
  return {
    accesses: [
      ...(method === 'populate'
        ? []
        : ownOperations(flow, { site, place, method, operations }).map((operation) => ({
            collection: model.collection,
            operation: own ?? operation,
          }))),
      ...(stages?.accesses ?? []),
      ...joined.accesses,
    ],
    unknown: stages?.unknown ?? [],
    isPartial: (stages?.isPartial ?? false) || joined.isPartial,
  };
}

const isAggregation = (method: string): boolean => method.startsWith('aggregate');

/** Methods of a query that make it delete. */
const endings: ReadonlySet<string> = new Set(['deleteOne', 'deleteMany', 'remove']);

interface Populations {
  readonly accesses: readonly CollectionAccess[];
  readonly isPartial: boolean;
}

/** Collections joined by `populate`. */
export function populations(flow: CallFlow, models: MongooseModels, { site, method, chain, model }: ModelCall): Populations {
  const links = [
    ...(method === 'populate' ? [{ site, position: site.call.arguments.length > 1 && isModelMethod(site) ? 1 : 0 }] : []),
    ...chain.flatMap((link) => (link.method === 'populate' ? [{ site: link.site, position: 0 }] : [])),
  ];
  const readings = links.flatMap((link) => {
    const path = argumentOf(link.site, link.position);
    const named = link.site.call.arguments[link.position + 2];
    const direct =
      named === undefined ? undefined : modelNamed(flow, { module: link.site.module, owner: link.site.call.owner, expression: named });
    return path === undefined ? [] : [readPopulation(flow, models, { value: path, model, ...(direct === undefined ? {} : { direct }) })];
  });
  return { accesses: readings.flatMap(({ accesses }) => accesses), isPartial: readings.some(({ isPartial }) => isPartial) };
}

/** `Book.populate(books, 'author')` takes the documents first. */
const isModelMethod = ({ call }: CallSite): boolean => {
  const [first] = call.arguments;
  return first?.kind === 'name' || first?.kind === 'member' || first?.kind === 'await' || first?.kind === 'call';
};

interface Population {
  readonly value: CodeValue;
  readonly model: MongooseModel;
  readonly direct?: string;
}

function readPopulation(flow: CallFlow, models: MongooseModels, { value, model, direct }: Population, depth = 0): Populations {
  const text = value.expression.kind === 'object' || value.expression.kind === 'array' ? undefined : constantText(flow, value);
  if (text !== undefined) return atPaths(models, model, text, direct);
  if (value.expression.kind === 'array')
    return joinPopulations(
      value.expression.elements.map((expression) => readPopulation(flow, models, { value: { ...value, expression }, model }, depth + 1)),
    );
  const { parts, isPartial } = literalParts(flow, value);
  const paths = parts.filter(({ key }) => key === 'path').map((part) => constantText(flow, part.value));
  const named = parts.find(({ key }) => key === 'model')?.value;
  const target = named === undefined ? undefined : modelNamed(flow, named);
  const found = joinPopulations(
    paths.map((path) => (path === undefined ? { accesses: [], isPartial: true } : atPaths(models, model, path, target))),
  );
  const next = paths.flatMap((path) => (path === undefined ? [] : targetsOf(models, model, path, target)));
  const nested = depth > 6 ? [] : parts.filter(({ key }) => key === 'populate');
  const deeper = nested.flatMap((part) => next.map((one) => readPopulation(flow, models, { value: part.value, model: one }, depth + 1)));
  return joinPopulations([found, { accesses: [], isPartial: isPartial || paths.length === 0 }, ...deeper]);
}

const joinPopulations = (readings: readonly Populations[]): Populations => ({
  accesses: readings.flatMap(({ accesses }) => accesses),
  isPartial: readings.some(({ isPartial }) => isPartial),
});

/** Paths stand in one text, with spaces between them. A path whose model is not known leaves the query partly read. */
function atPaths(models: MongooseModels, model: MongooseModel, text: string, direct: string | undefined): Populations {
  const paths = text.split(/\s+/).filter((path) => path !== '');
  const targets = paths.map((path) => targetsOf(models, model, path, direct));
  return {
    accesses: targets.flat().map(({ collection }) => ({ collection, operation: 'read' })),
    isPartial: targets.some((found) => found.length === 0),
  };
}

const targetsOf = (models: MongooseModels, model: MongooseModel, path: string, direct: string | undefined): readonly MongooseModel[] => {
  const names =
    direct === undefined ? model.references.filter((reference) => reference.path === path).map((reference) => reference.model) : [direct];
  return names.flatMap((name) => models.byName.get(name) ?? []);
};
