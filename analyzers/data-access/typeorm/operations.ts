import { ownEntry } from '../../../src/lib/own-entry.ts';
import type { TableOperation } from '../../../src/model/fact.ts';
import { argumentOf, valueAt } from '../flow/code-value.ts';
import { type Entity, entitiesIn, type MapperAccess } from '../mappers/entity.ts';
import { givenMembers } from '../mappers/given-members.ts';
import { libraryAnswering } from '../mappers/held-members.ts';
import { type Held, instanceOf, type LibraryHeld, libraryHeld, opensIn } from '../mappers/held-value.ts';
import { heldElements } from '../mappers/literals.ts';
import type { Members } from '../mappers/members.ts';
import {
  accessTo,
  forEntities,
  type MapperReader,
  mergeReadings,
  NOTHING_READ,
  type OperationReading,
  type PlacedCall,
  textOfCall,
} from '../mappers/reading.ts';
import { eagerReads } from '../mappers/relation-paths.ts';
import { type AliasTable, readBuilderCall } from './builder-calls.ts';
import { cascadeAccesses, relinkedAccesses } from './cascades.ts';
import { readFindOptions, readWhere } from './find-options.ts';
import { entityByText, isAboutEntity } from './vocabulary.ts';

/** What each method does to the table of its entity, and where its options stand. */
interface MethodRule {
  readonly operation: TableOperation;
  /** `options` at any argument, or conditions in the first. */
  readonly takes?: 'options' | 'where' | 'entities';
}

const read: MethodRule = { operation: 'read', takes: 'options' };
const readWithWhere: MethodRule = { operation: 'read', takes: 'where' };
const change: MethodRule = { operation: 'update' };

export const repositoryMethods: Readonly<Record<string, MethodRule>> = {
  ...Object.fromEntries(
    ['find', 'findAndCount', 'findOne', 'findOneOrFail', 'findByIds', 'findTrees', 'findRoots', 'count', 'exist', 'exists'].map((name) => [
      name,
      read,
    ]),
  ),
  ...Object.fromEntries(
    ['findBy', 'findAndCountBy', 'findOneBy', 'findOneByOrFail', 'countBy', 'existBy', 'existsBy'].map((name) => [name, readWithWhere]),
  ),
  ...Object.fromEntries(
    ['findOneById', 'sum', 'average', 'minimum', 'maximum', 'preload', 'findDescendants', 'findDescendantsTree', 'countDescendants'].map(
      (name) => [name, { operation: 'read' }],
    ),
  ),
  ...Object.fromEntries(
    ['findAncestors', 'findAncestorsTree', 'countAncestors', 'createDescendantsQueryBuilder', 'createAncestorsQueryBuilder', 'reload'].map(
      (name) => [name, { operation: 'read' }],
    ),
  ),
  ...Object.fromEntries(
    ['aggregate', 'distinct', 'findOneAndUpdate', 'findOneAndDelete', 'countDocuments'].map((name) => [name, { operation: 'read' }]),
  ),
  save: { operation: 'upsert', takes: 'entities' },
  insert: { operation: 'create' },
  insertOne: { operation: 'create' },
  insertMany: { operation: 'create' },
  update: change,
  updateAll: change,
  updateOne: change,
  updateMany: change,
  increment: change,
  decrement: change,
  softDelete: change,
  restore: change,
  upsert: { operation: 'upsert' },
  softRemove: { operation: 'update', takes: 'entities' },
  recover: { operation: 'update', takes: 'entities' },
  remove: { operation: 'delete', takes: 'entities' },
  delete: { operation: 'delete' },
  deleteAll: { operation: 'delete' },
  deleteOne: { operation: 'delete' },
  deleteMany: { operation: 'delete' },
  clear: { operation: 'delete' },
};

/** Methods of the ready-made services of `@nestjsx/crud-typeorm`. */
const crudMethods: Readonly<Record<string, TableOperation>> = {
  getMany: 'read',
  getOne: 'read',
  createOne: 'create',
  createMany: 'create',
  updateOne: 'update',
  replaceOne: 'upsert',
  deleteOne: 'delete',
  recoverOne: 'update',
};

/** Methods that hardly anything but a repository or manager has. */
export const tellingMethods: ReadonlySet<string> = new Set([
  ...['findOneBy', 'findOneOrFail', 'findOneByOrFail', 'findAndCount', 'findAndCountBy', 'findByIds', 'softDelete', 'softRemove', 'save'],
  ...['createQueryBuilder', 'preload', 'increment', 'decrement', 'upsert'],
]);

/** What a call does; undefined when it is none of the mapper's. */
export function readOperation(reader: MapperReader, aliases: AliasTable, call: PlacedCall): OperationReading | undefined {
  const { site, context, method } = call;
  const { callee } = site.call;
  if (callee.kind !== 'member') return undefined;
  const receivers = reader.values.of(valueAt(site, callee.object), context);
  const argument = (position: number): readonly Held[] => {
    const given = argumentOf(site, position);
    return given === undefined ? [] : reader.values.of(given, context);
  };
  // Of a parameter without a type only methods that nothing else has are asked about.
  const isTelling = tellingMethods.has(method) && !isAboutEntity(reader.entities, { method, argument });
  const opens = isTelling && receivers.every(({ kind }) => kind === 'open') ? opensIn(receivers) : [];
  if (opens.length > 0) return { ...NOTHING_READ, opens };
  const readings = receivers.flatMap((held) => {
    const library = libraryAnswering(reader.values, held, method);
    const reading = library === undefined ? undefined : readOn(reader, aliases, call, library);
    return reading === undefined ? [] : [reading];
  });
  if (readings.length > 0) return mergeReadings(readings);
  return isAboutEntity(reader.entities, { method, argument }) ? readOn(reader, aliases, call, libraryHeld('EntityManager')) : undefined;
}

function readOn(reader: MapperReader, aliases: AliasTable, call: PlacedCall, held: LibraryHeld): OperationReading | undefined {
  switch (held.type) {
    case 'Repository':
    case 'AbstractRepository':
      return readBuilderCall(reader, aliases, call, held) ?? readRule(reader, call, held.of, 0);
    case 'CrudService': {
      const operation = ownEntry(crudMethods, call.method);
      if (operation === undefined) return readRule(reader, call, held.of, 0);
      return forEntities(reader, held.of, textOfCall(call), (entity) => ({ accesses: accessTo(entity, operation) }));
    }
    case 'EntityManager':
    case 'DataSource':
      return readBuilderCall(reader, aliases, call, held) ?? readManagerCall(reader, call);
    case 'Builder':
      return readBuilderCall(reader, aliases, call, held);
    case 'Record':
      return recordMethods.has(call.method) ? readRecordCall(reader, call, held.of) : undefined;
    default:
      return undefined;
  }
}

const recordMethods: ReadonlySet<string> = new Set(['save', 'remove', 'softRemove', 'recover', 'reload']);

/** `repository.find(options)`; of a manager arguments begin one later. */
function readRule(reader: MapperReader, call: PlacedCall, of: readonly Held[], first: number): OperationReading | undefined {
  const rule = Object.hasOwn(repositoryMethods, call.method) ? repositoryMethods[call.method] : undefined;
  if (rule === undefined) return undefined;
  return forEntities(reader, of, textOfCall(call), (entity) => withArguments(reader, call, { entity, rule, first }));
}

interface Ruled {
  readonly entity: Entity;
  readonly rule: MethodRule;
  readonly first: number;
}

function withArguments(
  reader: MapperReader,
  { site, context, optionContext = context, method }: PlacedCall,
  { entity, rule, first }: Ruled,
): Partial<OperationReading> {
  const main = accessTo(entity, rule.operation);
  if (rule.takes === 'entities') {
    const saved = site.call.arguments[first];
    const members = saved === undefined ? undefined : givenMembers(reader, { value: valueAt(site, saved), context });
    return { accesses: [...main, ...changedRelations(entity, method, members)] };
  }
  const given = site.call.arguments.slice(first).map((expression) => ({ value: valueAt(site, expression), context: optionContext }));
  if (rule.takes === undefined) return { accesses: main };
  const eager = /^(?:find|findOne)/.test(method) ? eagerReads(entity) : [];
  if (rule.takes === 'where') {
    const conditions = given[0] === undefined ? [] : readWhere(reader, entity, given[0]);
    return { accesses: [...main, ...eager, ...conditions] };
  }
  const options = given.map((part) => readFindOptions(reader, entity, part));
  return {
    accesses: [...main, ...(options.some(({ hasNoEager }) => hasNoEager) ? [] : eager), ...options.flatMap(({ accesses }) => accesses)],
    partial: options.some(({ isPartial }) => isPartial) ? [`${method}(…)`] : [],
  };
}

const changedRelations = (entity: Entity, method: string, members: Members): readonly MapperAccess[] => [
  ...cascadeAccesses(entity, method, members),
  ...(method === 'save' ? relinkedAccesses(entity, members) : []),
];

/** `manager.find(Book, …)`, `manager.save(book)`, `manager.save(Book, book)`. */
function readManagerCall(reader: MapperReader, call: PlacedCall): OperationReading | undefined {
  if (!Object.hasOwn(repositoryMethods, call.method) || call.method === 'exist') return undefined;
  const { site, context } = call;
  const argument = argumentOf(site, 0);
  if (argument === undefined) return undefined;
  const held = heldElements(reader, reader.values.of(argument, context));
  const takesEntities = repositoryMethods[call.method]?.takes === 'entities';
  const named = held.flatMap((one): readonly Held[] => {
    if (one.kind === 'class') return [instanceOf(one)];
    if (one.kind === 'literal') return entityByText(reader.entities, one);
    return one.kind === 'instance' && !takesEntities ? [] : [one];
  });
  const isTarget = held.some(({ kind }) => kind === 'class') || site.call.arguments.length > 1;
  const typed = site.call.typeArguments?.[0];
  const of =
    entitiesIn(reader.entities, named).length > 0 || typed === undefined
      ? named
      : reader.values.ofType({ module: site.module, owner: site.call.owner }, typed, context);
  return readRule(reader, call, of, takesEntities && !isTarget ? 0 : 1);
}

function readRecordCall(reader: MapperReader, call: PlacedCall, of: readonly Held[]): OperationReading {
  const operation = repositoryMethods[call.method]?.operation ?? 'read';
  const { callee } = call.site.call;
  const members =
    callee.kind === 'member' ? givenMembers(reader, { value: valueAt(call.site, callee.object), context: call.context }) : undefined;
  const reading = forEntities(reader, of, textOfCall(call), (entity) => ({
    accesses: [...accessTo(entity, operation), ...(call.method === 'reload' ? [] : changedRelations(entity, call.method, members))],
  }));
  return reading.accesses.length === 0 ? { ...NOTHING_READ, unknown: reading.unknown, opens: reading.opens } : reading;
}
