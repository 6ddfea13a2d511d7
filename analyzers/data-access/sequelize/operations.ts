import type { TableOperation } from '../../../src/model/fact.ts';
import type { Expression } from '../../../src/model/file-syntax.ts';
import { type CodeValue, valueAt } from '../flow/code-value.ts';
import { type Entity, entitiesIn, type MapperAccess } from '../mappers/entity.ts';
import { libraryAnswering } from '../mappers/held-members.ts';
import { type Held, type LibraryHeld, opensIn } from '../mappers/held-value.ts';
import { elementsOf, type Part, propertiesOf, textOf } from '../mappers/literals.ts';
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
import { relationReads } from '../mappers/relation-paths.ts';
import { type Mixin, mixinOf } from './mixins.ts';

const reading = [
  'findAll',
  'findOne',
  'findByPk',
  'findById',
  'findByPrimary',
  'findAndCountAll',
  'findAndCount',
  'findOrBuild',
  'count',
  'min',
  'max',
  'sum',
  'aggregate',
  'find',
  'all',
];

/** What each static method does to the model's table. */
export const staticMethods: Readonly<Record<string, TableOperation>> = {
  ...Object.fromEntries(reading.map((name) => [name, 'read'])),
  create: 'create',
  bulkCreate: 'create',
  findOrCreate: 'upsert',
  findCreateFind: 'upsert',
  upsert: 'upsert',
  update: 'update',
  increment: 'update',
  decrement: 'update',
  restore: 'update',
  destroy: 'delete',
  truncate: 'delete',
};

export const instanceMethods: Readonly<Record<string, TableOperation>> = {
  save: 'upsert',
  update: 'update',
  updateAttributes: 'update',
  increment: 'update',
  decrement: 'update',
  restore: 'update',
  destroy: 'delete',
  reload: 'read',
};

/** Methods that hardly anything but a model has. */
export const tellingMethods: ReadonlySet<string> = new Set([
  'findByPk',
  'findAndCountAll',
  'findOrCreate',
  'bulkCreate',
  'findCreateFind',
  'findOrBuild',
]);

export function readOperation(reader: MapperReader, call: PlacedCall): OperationReading | undefined {
  const { site, context, method } = call;
  const { callee } = site.call;
  if (callee.kind !== 'member') return undefined;
  const receivers = reader.values.of(valueAt(site, callee.object), context);
  if (tellingMethods.has(method) && receivers.every(({ kind }) => kind === 'open'))
    return { ...NOTHING_READ, opens: opensIn(receivers), unknown: [textOfCall(call)] };
  if (Object.hasOwn(staticMethods, method) && isGivenToClass(callee.object, receivers))
    return { ...NOTHING_READ, opens: opensIn(receivers) };
  const found = receivers.flatMap((held) => {
    const library = libraryAnswering(reader.values, held, method);
    return library === undefined ? [] : (readOn(reader, call, library) ?? []);
  });
  return found.length === 0 ? undefined : mergeReadings(found);
}

/** A field, or a value of a type parameter: what it holds is known where classes below say it, or where one is made. */
const isGivenToClass = (object: Expression, receivers: readonly Held[]): boolean =>
  receivers.length > 0 &&
  receivers.every(
    (held) => held.kind === 'open' && (held.name !== undefined || (object.kind === 'member' && object.object.kind === 'this')),
  );

function readOn(reader: MapperReader, call: PlacedCall, held: LibraryHeld): OperationReading | undefined {
  const { method } = call;
  if (held.type === 'Model' && Object.hasOwn(staticMethods, method)) {
    const operation = operationOf(reader, call);
    return forEntities(reader, held.of, textOfCall(call), (entity) => ({
      accesses: [...accessTo(entity, operation), ...included(reader, call, entity)],
    }));
  }
  if (held.type !== 'Record') return undefined;
  const operation = instanceMethods[method];
  if (Object.hasOwn(instanceMethods, method) && operation !== undefined)
    return forEntities(reader, held.of, textOfCall(call), (entity) => ({
      accesses: [...accessTo(entity, operation), ...included(reader, call, entity)],
    }));
  const mixins = entitiesIn(reader.entities, held.of).flatMap((entity) => {
    const mixin = mixinOf(entity, method);
    return mixin === undefined
      ? []
      : [{ ...NOTHING_READ, accesses: [...mixinAccesses(entity, mixin), ...included(reader, call, mixin.relation.target())] }];
  });
  return mixins.length === 0 ? undefined : mergeReadings(mixins);
}

/** `bulkCreate(rows, { updateOnDuplicate })` also updates. */
function operationOf(reader: MapperReader, { site, context, method }: PlacedCall): TableOperation {
  const operation = staticMethods[method] ?? 'read';
  if (method !== 'bulkCreate') return operation;
  const options = site.call.arguments
    .slice(1)
    .flatMap((expression) => propertiesOf(reader, { value: valueAt(site, expression), context }).properties);
  return options.some(({ key }) => key === 'updateOnDuplicate') ? 'upsert' : operation;
}

function mixinAccesses(entity: Entity, { relation, action }: Mixin): readonly MapperAccess[] {
  const join = relation.joinTable?.();
  const target = relation.target();
  if (action === 'read') return relationReads(relation);
  const joined: readonly MapperAccess[] = join === undefined ? [] : [{ table: join, operation: action === 'remove' ? 'delete' : 'upsert' }];
  if (action === 'create') return [...(target === undefined ? [] : accessTo(target, 'create')), ...joined];
  if (join !== undefined) return joined;
  // The key stands in this table when the instance belongs to the other.
  return relation.columns.length > 0 ? accessTo(entity, 'update') : target === undefined ? [] : accessTo(target, 'update');
}

/** Models that `include` of any argument joins. */
function included(reader: MapperReader, { site, context }: PlacedCall, entity: Entity | undefined): readonly MapperAccess[] {
  if (entity === undefined) return [];
  return site.call.arguments.flatMap((expression) => {
    const options = propertiesOf(reader, { value: valueAt(site, expression), context }).properties;
    const written = options.flatMap((property) => (property.key === 'include' ? readInclude(reader, entity, property, 0) : []));
    const added = pushedIncludes(valueAt(site, expression)).map((value) => ({ value, context }));
    return [...written, ...added.flatMap((part) => readIncluded(reader, entity, part, 0))];
  });
}

/** `query.include.push({ model: Author })`, in the same function. */
function pushedIncludes({ module, owner, expression }: CodeValue): readonly CodeValue[] {
  if (expression.kind !== 'name') return [];
  return module.syntax.calls.flatMap(({ callee, owner: around, arguments: given }) => {
    if (around !== owner || callee.kind !== 'member' || callee.property !== 'push') return [];
    const list = callee.object;
    const isInclude =
      list.kind === 'member' && list.property === 'include' && list.object.kind === 'name' && list.object.name === expression.name;
    return isInclude ? given.map((element) => ({ module, owner, expression: element })) : [];
  });
}

function readInclude(reader: MapperReader, entity: Entity, part: Part, depth: number): readonly MapperAccess[] {
  if (depth > 6) return [];
  return [...elementsOf(reader, part), ...modelsIn(reader, part)].flatMap((element) => readIncluded(reader, entity, element, depth));
}

/** A list whose elements are models and no literals. */
function modelsIn(reader: MapperReader, part: Part): readonly Part[] {
  const held = reader.values.of(part.value, part.context);
  return held.some(({ kind }) => kind === 'class') ? [part] : [];
}

function readIncluded(reader: MapperReader, entity: Entity, element: Part, depth: number): readonly MapperAccess[] {
  const { expression } = element.value;
  if (expression.kind === 'literal') return byName(reader, entity, textOf(reader, element));
  const direct = entitiesIn(reader.entities, classesOnly(reader.values.of(element.value, element.context)));
  if (direct.length > 0) return direct.flatMap((target) => readTarget(entity, target));
  const { properties } = propertiesOf(reader, element);
  const option = (key: string): Part | undefined => properties.find((one) => one.key === key);
  const model = option('model');
  const named = model === undefined ? [] : entitiesIn(reader.entities, classesOnly(reader.values.of(model.value, model.context)));
  const alias = option('as') ?? option('association');
  const name = alias === undefined ? undefined : textOf(reader, alias);
  const relation = name === undefined ? undefined : entity.relations.get(name);
  const target = named[0] ?? relation?.target();
  const own = relation !== undefined ? relationReads(relation) : target === undefined ? [] : readTarget(entity, target);
  const inner = option('include');
  return [...own, ...(inner === undefined || target === undefined ? [] : readInclude(reader, target, inner, depth + 1))];
}

const classesOnly = (held: readonly Held[]): readonly Held[] => held.filter(({ kind }) => kind === 'class');

function byName(_reader: MapperReader, entity: Entity, name: string | undefined): readonly MapperAccess[] {
  const relation = name === undefined ? undefined : entity.relations.get(name);
  return relation === undefined ? [] : relationReads(relation);
}

/** The association with a model, and the table between when there is one. */
function readTarget(entity: Entity, target: Entity): readonly MapperAccess[] {
  const relation = [...entity.relations.values()].find((one) => one.target() === target);
  return relation === undefined ? accessTo(target, 'read') : relationReads(relation);
}

/** The `transaction` of a call's options. */
export function transactionOption(reader: MapperReader, { site, context }: PlacedCall): CodeValue | undefined {
  for (const expression of site.call.arguments) {
    const value = valueAt(site, expression);
    const options = expression.kind === 'object' ? propertiesOf(reader, { value, context }).properties : [];
    const found = options.find(({ key }) => key === 'transaction');
    if (found !== undefined) return found.value;
  }
  return undefined;
}
