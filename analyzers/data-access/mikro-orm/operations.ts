import type { TableOperation } from '../../../src/model/fact.ts';
import type { Expression } from '../../../src/model/file-syntax.ts';
import { argumentOf, type CallSite, type CodeValue, valueAt } from '../flow/code-value.ts';
import { type AliasTable, joinedEntity } from '../mappers/aliases.ts';
import { type Entity, entitiesIn, type MapperAccess } from '../mappers/entity.ts';
import { libraryAnswering } from '../mappers/held-members.ts';
import { type Context, type Held, instanceOf, type LibraryHeld, opensIn } from '../mappers/held-value.ts';
import { elementsOf, heldElements, type Part, propertiesOf, textOf } from '../mappers/literals.ts';
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
import { alongRelations, eagerReads, relationOf, relationReads } from '../mappers/relation-paths.ts';

/** What each method does to the table of its entity. */
export const entityMethods: Readonly<Record<string, TableOperation>> = {
  ...Object.fromEntries(
    ['find', 'findOne', 'findOneOrFail', 'findAll', 'findAndCount', 'findByCursor', 'count', 'countBy', 'refresh', 'stream'].map((name) => [
      name,
      'read',
    ]),
  ),
  insert: 'create',
  insertMany: 'create',
  nativeInsert: 'create',
  nativeUpdate: 'update',
  nativeDelete: 'delete',
  upsert: 'upsert',
  upsertMany: 'upsert',
};

/** Methods that take entities, which are written when the work is flushed. */
export const workMethods: Readonly<Record<string, TableOperation>> = {
  persist: 'upsert',
  persistAndFlush: 'upsert',
  persistLater: 'upsert',
  remove: 'delete',
  removeAndFlush: 'delete',
  removeLater: 'delete',
  removeEntity: 'delete',
  assign: 'update',
};

export const otherMethods: ReadonlySet<string> = new Set([
  ...[
    'create',
    'populate',
    'flush',
    'createQueryBuilder',
    'qb',
    'init',
    'load',
    'loadItems',
    'loadCount',
    'matching',
    'add',
    'set',
    'removeAll',
  ],
  ...['leftJoin', 'innerJoin', 'join', 'leftJoinAndSelect', 'innerJoinAndSelect', 'joinAndSelect', 'loadOrFail'],
]);

const tellingMethods: ReadonlySet<string> = new Set([
  'persistAndFlush',
  'removeAndFlush',
  'findOneOrFail',
  'nativeInsert',
  'nativeUpdate',
  'nativeDelete',
]);

export interface MikroOrmReading {
  readonly reader: MapperReader;
  readonly aliases: AliasTable;
  /** Entities that are created are also stored (`persistOnCreate`). */
  readonly storesCreated: boolean;
}

export function readOperation(given: MikroOrmReading, call: PlacedCall): OperationReading | undefined {
  const { reader } = given;
  const { site, context, method } = call;
  const { callee } = site.call;
  if (callee.kind !== 'member') return undefined;
  const receivers = reader.values.of(valueAt(site, callee.object), context);
  if (tellingMethods.has(method) && receivers.every(({ kind }) => kind === 'open')) return { ...NOTHING_READ, opens: opensIn(receivers) };
  if (receivers.every(({ kind }) => kind === 'open') && isRepositoryName(callee.object) && isRepositoryMethod(method))
    return { ...NOTHING_READ, opens: opensIn(receivers), unknown: [textOfCall(call)] };
  const found = receivers.flatMap((held) => {
    const library = libraryAnswering(reader.values, held, method);
    return library === undefined ? [] : (readOn(given, call, library) ?? []);
  });
  return found.length === 0 ? undefined : mergeReadings(found);
}

const isRepositoryMethod = (method: string): boolean => Object.hasOwn(entityMethods, method) || changing.has(method);

const changing: ReadonlySet<string> = new Set(['create', 'update', 'delete', 'softDelete', 'restore']);

/** What is called a repository and has no type that is known may be one of MikroORM: its accesses are told as unknown, not passed over. */
const isRepositoryName = (expression: Expression): boolean =>
  (expression.kind === 'member' && /[rR]epository_?$/.test(expression.property)) ||
  (expression.kind === 'name' && /[rR]epository$/.test(expression.name));

function readOn(given: MikroOrmReading, call: PlacedCall, held: LibraryHeld): OperationReading | undefined {
  switch (held.type) {
    case 'EntityManager':
    case 'MikroORM':
    case 'Repository':
      return readManagerCall(given, call, held);
    case 'Builder':
      return readJoin(given, call, held);
    case 'Collection':
      return readCollectionCall(given.reader, call, held);
    case 'Record':
      return readRecordCall(given.reader, call, held);
    default:
      return undefined;
  }
}

function readManagerCall(given: MikroOrmReading, call: PlacedCall, held: LibraryHeld): OperationReading | undefined {
  const { reader } = given;
  const { site, context, method } = call;
  const isRepository = held.type === 'Repository';
  const first = argumentOf(site, 0);
  const firstHeld = (): readonly Held[] => (first === undefined ? [] : heldElements(reader, reader.values.of(first, context)));
  const named = (): readonly Held[] => (isRepository ? held.of : firstHeld().flatMap((one) => targetOf(reader, one)));
  if (method === 'createQueryBuilder' || method === 'qb')
    return forEntities(reader, named(), textOfCall(call), (entity) => ({ accesses: accessTo(entity, builderOperation(reader, site)) }));
  if (method === 'flush') return readFlush(reader, site, context);
  if (method === 'populate')
    return forEntities(reader, isRepository ? held.of : firstHeld(), textOfCall(call), (entity) => ({
      accesses: populated(reader, call, entity, 1),
    }));
  if (method === 'create')
    return given.storesCreated
      ? forEntities(reader, named(), textOfCall(call), (entity) => ({ accesses: accessTo(entity, 'create') }))
      : undefined;
  const work = workMethods[method];
  if (Object.hasOwn(workMethods, method) && work !== undefined) {
    const of = firstHeld().filter(({ kind }) => kind === 'instance' || kind === 'open');
    return forEntities(reader, of.length > 0 ? of : isRepository ? held.of : [], textOfCall(call), (entity) => ({
      accesses: accessTo(entity, work),
    }));
  }
  const operation = entityMethods[method];
  if (!Object.hasOwn(entityMethods, method) || operation === undefined) return undefined;
  return forEntities(reader, named(), textOfCall(call), (entity) => ({
    accesses: [...accessTo(entity, operation), ...(operation === 'read' ? readFind(reader, call, entity, isRepository ? 0 : 1) : [])],
  }));
}

const targetOf = ({ entities }: MapperReader, one: Held): readonly Held[] => {
  if (one.kind === 'class') return [instanceOf(one)];
  if (one.kind !== 'literal') return one.kind === 'library' ? [] : [one];
  const { expression } = one.value;
  const entity = expression.kind === 'literal' && typeof expression.value === 'string' ? entities.named(expression.value) : undefined;
  return entity === undefined ? [] : [{ kind: 'instance', symbol: entity.symbol, bound: one.context.bound }];
};

/** Conditions, `populate` (`relations` of a service), and what is loaded without being asked for. */
export function readFind(
  reader: MapperReader,
  { site, context, optionContext = context }: PlacedCall,
  entity: Entity,
  first: number,
): readonly MapperAccess[] {
  const parts = site.call.arguments.slice(first).map((expression): Part => ({ value: valueAt(site, expression), context: optionContext }));
  const [where] = parts;
  const options = parts.flatMap((part) => propertiesOf(reader, part).properties);
  return [
    ...eagerReads(entity),
    ...(where === undefined ? [] : readWhere(reader, entity, where, 0)),
    ...options.flatMap((property) => {
      if (property.key === 'populate' || property.key === 'relations') return readPopulate(reader, entity, property);
      return property.key === 'where' || property.key === 'orderBy' ? readWhere(reader, entity, property, 0) : [];
    }),
  ];
}

const populated = (reader: MapperReader, { site, context }: PlacedCall, entity: Entity, position: number): readonly MapperAccess[] => {
  const paths = argumentOf(site, position);
  return paths === undefined ? [] : readPopulate(reader, entity, { value: paths, context });
};

/** `['books', 'books.tags']`. */
const readPopulate = (reader: MapperReader, entity: Entity, part: Part): readonly MapperAccess[] =>
  elementsOf(reader, part).flatMap((element) => {
    const text = textOf(reader, element)?.split(':')[0];
    if (text === undefined) return [];
    if (text === '*') return [...entity.relations.values()].flatMap((relation) => relationReads(relation));
    return alongRelations(entity, text.split('.')).relations.flatMap((relation) => relationReads(relation));
  });

/** Conditions on more than the key of a relation join its table. */
function readWhere(reader: MapperReader, entity: Entity, part: Part, depth: number): readonly MapperAccess[] {
  if (depth > 6) return [];
  return elementsOf(reader, part).flatMap((element) =>
    propertiesOf(reader, element).properties.flatMap((property): readonly MapperAccess[] => {
      if (property.key === '$and' || property.key === '$or' || property.key === '$not')
        return readWhere(reader, entity, property, depth + 1);
      const relation = relationOf(entity, property.key);
      if (relation === undefined || property.value.expression.kind !== 'object') return [];
      const keys = propertiesOf(reader, property).properties.map(({ key }) => key);
      const isKeyOnly =
        relation.columns.length > 0 &&
        keys.length > 0 &&
        keys.every((key) => key === 'id' || key === '$in' || key === '$ne' || key === '$eq');
      if (isKeyOnly) return [];
      const target = relation.target();
      return [...relationReads(relation), ...(target === undefined ? [] : readWhere(reader, target, property, depth + 1))];
    }),
  );
}

/** What the chain of a builder turns it into. */
function builderOperation({ chains }: MapperReader, site: CallSite): TableOperation {
  const after = chains.after(site);
  if (after.includes('insert')) return after.some((method) => method === 'onConflict') ? 'upsert' : 'create';
  if (after.includes('update')) return 'update';
  return after.includes('delete') || after.includes('truncate') ? 'delete' : 'read';
}

function readJoin({ reader, aliases }: MikroOrmReading, call: PlacedCall, held: LibraryHeld): OperationReading | undefined {
  const argument = argumentOf(call.site, 0);
  if (!/[jJ]oin/.test(call.method) || argument === undefined) return undefined;
  const text = textOf(reader, { value: argument, context: call.context });
  const [from = '', ...path] = (text ?? '').split('.');
  const start = aliases.entityOf(from, call, held) ?? entitiesIn(reader.entities, held.of)[0];
  const relations = start === undefined ? [] : alongRelations(start, path).relations;
  if (relations.length > 0) return { ...NOTHING_READ, accesses: relations.flatMap((relation) => relationReads(relation)) };
  const entity = joinedEntity(reader, aliases, call);
  return entity === undefined
    ? { ...NOTHING_READ, unknown: [`${call.method}(${text ?? '…'})`] }
    : { ...NOTHING_READ, accesses: accessTo(entity, 'read') };
}

/** `author.books.init()` reads, `author.books.add(book)` changes what is between. */
function readCollectionCall(reader: MapperReader, call: PlacedCall, held: LibraryHeld): OperationReading | undefined {
  const { site, context, method } = call;
  const { callee } = site.call;
  const isRead = /^(?:init|load|loadItems|loadCount|matching)$/.test(method);
  const isWrite = /^(?:add|set|remove|removeAll)$/.test(method);
  if (callee.kind !== 'member' || (!isRead && !isWrite)) return undefined;
  const { object } = callee;
  const owners = object.kind === 'member' ? entitiesIn(reader.entities, reader.values.of(valueAt(site, object.object), context)) : [];
  const relations = owners.flatMap((owner) => (object.kind === 'member' ? (owner.relations.get(object.property) ?? []) : []));
  if (isRead)
    return relations.length > 0
      ? { ...NOTHING_READ, accesses: relations.flatMap((relation) => relationReads(relation)) }
      : forEntities(reader, held.of, textOfCall(call), (entity) => ({ accesses: accessTo(entity, 'read') }));
  const accesses = relations.flatMap((relation): readonly MapperAccess[] => {
    const join = relation.joinTable?.();
    const target = relation.target()?.table;
    if (join !== undefined) return [{ table: join, operation: method.startsWith('remove') ? 'delete' : 'upsert' }];
    return target === undefined ? [] : [{ table: target, operation: 'update' }];
  });
  return { ...NOTHING_READ, accesses };
}

/** `wrap(book).assign(…)`, `book.author.load()`. */
function readRecordCall(reader: MapperReader, call: PlacedCall, held: LibraryHeld): OperationReading | undefined {
  const operation = call.method === 'assign' ? 'update' : /^(?:load|init|loadOrFail|populate)$/.test(call.method) ? 'read' : undefined;
  return operation === undefined
    ? undefined
    : forEntities(reader, held.of, textOfCall(call), (entity) => ({ accesses: accessTo(entity, operation) }));
}

/** `flush` writes entities that the function has changed. */
function readFlush(reader: MapperReader, { module, call }: CallSite, context: Context): OperationReading {
  const changed = module.syntax.declarations.flatMap(({ kind, changed: written, parent, binding, span }): readonly CodeValue[] => {
    if (written === undefined || parent !== call.owner || binding === undefined || (kind !== 'variable' && kind !== 'parameter')) return [];
    return [{ module, owner: call.owner, expression: { kind: 'name', name: binding, span } }];
  });
  const entities = entitiesIn(
    reader.entities,
    changed.flatMap((value) => reader.values.of(value, context)).filter(({ kind }) => kind === 'instance'),
  );
  return { ...NOTHING_READ, accesses: entities.flatMap((entity) => accessTo(entity, 'update', `flush of changed ${entity.name}`)) };
}
