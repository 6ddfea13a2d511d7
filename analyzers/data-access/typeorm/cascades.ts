import type { TableOperation } from '../../../src/model/fact.ts';
import type { Entity, MapperAccess, Relation } from '../mappers/entity.ts';
import { type Members, NO_MEMBERS } from '../mappers/members.ts';

/** Tables that saving or removing an entity also changes: those its relations cascade to, and those between two lists. */
export function cascadeAccesses(
  entity: Entity,
  method: string,
  members: Members,
  seen: ReadonlySet<Entity> = new Set(),
): readonly MapperAccess[] {
  if (seen.has(entity) || seen.size > 3) return [];
  const inner = new Set([...seen, entity]);
  return [...entity.relations.values()].flatMap((relation) => {
    const giving = members === undefined ? 'set' : members.get(relation.property.split('.')[0] ?? '');
    if (giving === undefined) return [];
    const through = `cascade ${entity.name}.${relation.property}`;
    const operation = operationFor(relation, method);
    const target = operation === undefined ? undefined : relation.target();
    const join = method === 'save' && giving !== 'below' ? relation.joinTable?.() : undefined;
    return [
      ...(join === undefined
        ? []
        : [{ table: join, operation: 'upsert' as const, through: `relation ${entity.name}.${relation.property}` }]),
      ...(operation === undefined || target?.table === undefined ? [] : [{ table: target.table, operation, through }]),
      ...(target === undefined ? [] : cascadeAccesses(target, method, members === undefined ? undefined : NO_MEMBERS, inner)),
    ];
  });
}

/**
 * `author.books.push(book); repository.save(author)`: the foreign key stands in the rows of the list, so saving writes them,
 * cascade or not.
 */
export const relinkedAccesses = (entity: Entity, members: Members): readonly MapperAccess[] =>
  [...(members ?? [])].flatMap(([property, giving]): readonly MapperAccess[] => {
    const relation = giving === 'set' ? entity.relations.get(property) : undefined;
    const isOnOtherSide = relation?.isList === true && relation.joinTable?.() === undefined && relation.columns.length === 0;
    const table = isOnOtherSide ? relation?.target()?.table : undefined;
    return table === undefined ? [] : [{ table, operation: 'update', through: `relation ${entity.name}.${property}` }];
  });

function operationFor({ cascades = [] }: Relation, method: string): TableOperation | undefined {
  if (method === 'remove') return cascades.includes('remove') ? 'delete' : undefined;
  if (method !== 'save') return undefined;
  const inserts = cascades.includes('insert');
  const updates = cascades.includes('update');
  return inserts && updates ? 'upsert' : inserts ? 'create' : updates ? 'update' : undefined;
}
