import type { TableOperation } from '../../../src/model/fact.ts';
import { argumentOf, type CallSite, callOf, declarationOfName } from '../flow/code-value.ts';
import type { Entity, MapperAccess, Relation } from '../mappers/entity.ts';
import { elementsOf, type Part, propertiesOf, textOf } from '../mappers/literals.ts';
import type { MapperReader } from '../mappers/reading.ts';

/** Tables that saving or removing an entity also changes: those its relations cascade to, and those between two lists. */
export function cascadeAccesses(
  entity: Entity,
  method: string,
  keys: ReadonlySet<string> | undefined,
  seen: ReadonlySet<Entity> = new Set(),
): readonly MapperAccess[] {
  if (seen.has(entity) || seen.size > 3) return [];
  const inner = new Set([...seen, entity]);
  return [...entity.relations.values()].flatMap((relation) => {
    if (keys !== undefined && !keys.has(relation.property.split('.')[0] ?? '')) return [];
    const through = `cascade ${entity.name}.${relation.property}`;
    const operation = operationFor(relation, method);
    const target = operation === undefined ? undefined : relation.target();
    const join = method === 'save' ? relation.joinTable?.() : undefined;
    return [
      ...(join === undefined
        ? []
        : [{ table: join, operation: 'upsert' as const, through: `relation ${entity.name}.${relation.property}` }]),
      ...(operation === undefined || target?.table === undefined ? [] : [{ table: target.table, operation, through }]),
      ...(target === undefined ? [] : cascadeAccesses(target, method, undefined, inner)),
    ];
  });
}

/**
 * `author.books.push(book); repository.save(author)`: the foreign key stands in the rows of the list, so saving writes them,
 * cascade or not.
 */
export function relinkedAccesses(entity: Entity, { module, call }: CallSite, saved: Part): readonly MapperAccess[] {
  const { expression } = saved.value;
  if (expression.kind !== 'name') return [];
  const changed = module.syntax.calls.flatMap(({ callee, owner }) => {
    if (owner !== call.owner || callee.kind !== 'member' || !listChanges.has(callee.property) || callee.object.kind !== 'member') return [];
    const { object, property } = callee.object;
    return object.kind === 'name' && object.name === expression.name ? [property] : [];
  });
  return [...new Set(changed)].flatMap((property): readonly MapperAccess[] => {
    const relation = entity.relations.get(property);
    const isOnOtherSide = relation?.isList === true && relation.joinTable?.() === undefined && relation.columns.length === 0;
    const table = isOnOtherSide ? relation?.target()?.table : undefined;
    return table === undefined ? [] : [{ table, operation: 'update', through: `relation ${entity.name}.${property}` }];
  });
}

const listChanges: ReadonlySet<string> = new Set(['push', 'unshift', 'splice', 'pop', 'shift']);

function operationFor({ cascades = [] }: Relation, method: string): TableOperation | undefined {
  if (method === 'remove') return cascades.includes('remove') ? 'delete' : undefined;
  if (method !== 'save') return undefined;
  const inserts = cascades.includes('insert');
  const updates = cascades.includes('update');
  return inserts && updates ? 'upsert' : inserts ? 'create' : updates ? 'update' : undefined;
}

/** Properties that a saved value may have; undefined when that is not known. */
export function keysOf(reader: MapperReader, part: Part, depth = 0): ReadonlySet<string> | undefined {
  if (depth > 4) return undefined;
  const name = declarationOfName(reader.flow.program, part.value);
  if (name?.declaration.changed !== undefined) return undefined;
  const { initializer, parent, bindingPath } = name?.declaration ?? {};
  if (name?.declaration.kind === 'variable' && initializer !== undefined && parent !== undefined && bindingPath === undefined)
    return keysOf(reader, { ...part, value: { module: name.module, owner: parent, expression: initializer } }, depth + 1);
  const { expression } = part.value;
  if (expression.kind === 'await' || expression.kind === 'assertion')
    return keysOf(reader, { ...part, value: { ...part.value, expression: expression.value } }, depth + 1);
  const picked = pickedFrom(reader, part);
  if (picked !== undefined) return picked;
  const made = madeOf(part);
  if (made !== undefined) return made === 'loaded' ? new Set() : keysOf(reader, made, depth + 1);
  if (expression.kind !== 'object' && expression.kind !== 'array') return undefined;
  const found = elementsOf(reader, part).map((element) => propertiesOf(reader, element));
  return found.every(({ isComplete }) => isComplete)
    ? new Set(found.flatMap(({ properties }) => properties.map(({ key }) => key)))
    : undefined;
}

/** `pick(book, ['id', 'title'])` has no more than these. */
function pickedFrom(reader: MapperReader, { value, context }: Part): ReadonlySet<string> | undefined {
  const site = callOf(value);
  const { callee } = site?.call ?? {};
  const isPick = (callee?.kind === 'name' && callee.name === 'pick') || (callee?.kind === 'member' && callee.property === 'pick');
  const list = site === undefined || !isPick ? undefined : argumentOf(site, 1);
  if (list?.expression.kind !== 'array') return undefined;
  const keys = elementsOf(reader, { value: list, context }).map((element) => textOf(reader, element));
  return keys.every((key) => key !== undefined) ? new Set(keys) : undefined;
}

/** What `repository.create(value)` was given; an entity that was only loaded has nothing new. */
function madeOf({ value, context }: Part): Part | 'loaded' | undefined {
  const site = callOf(value);
  const callee = site?.call.callee;
  if (site === undefined || callee?.kind !== 'member') return undefined;
  if (/^find(?:One|By|OneBy|OneOrFail)/.test(callee.property)) return 'loaded';
  const given = callee.property === 'create' ? site.call.arguments.at(-1) : undefined;
  return given === undefined ? undefined : { value: { module: site.module, owner: site.call.owner, expression: given }, context };
}
