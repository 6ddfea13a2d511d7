import type { Entity, MapperAccess, Relation } from './entity.ts';

/** What reading along a relation reads: the other table, and the one between. */
export function relationReads(relation: Relation, through?: string): readonly MapperAccess[] {
  const reason = through === undefined ? {} : { through };
  return [relation.joinTable?.(), relation.target()?.table].flatMap((table) =>
    table === undefined ? [] : [{ table, operation: 'read' as const, ...reason }],
  );
}

/** Follows `author.books` from an entity; `undefined` at the end where a name is no relation. */
export function alongRelations(
  entity: Entity,
  path: readonly string[],
): { readonly relations: readonly Relation[]; readonly end: Entity | undefined } {
  const relations: Relation[] = [];
  let current: Entity | undefined = entity;
  for (const [index, name] of path.entries()) {
    // Relations inside embedded objects are named with their whole path.
    const relation: Relation | undefined = relationOf(current, name) ?? relationOf(current, path.slice(0, index + 1).join('.'));
    if (relation === undefined) {
      if (current === undefined) return { relations, end: undefined };
      continue;
    }
    relations.push(relation);
    current = relation.target();
  }
  return { relations, end: relations.length === 0 ? undefined : current };
}

/** A relation of an entity, or of a child that lives in the same table. */
export const relationOf = (entity: Entity | undefined, name: string): Relation | undefined =>
  entity?.relations.get(name) ??
  entity
    ?.children?.()
    .map((child) => child.relations.get(name))
    .find((relation) => relation !== undefined);

/** Relations that are loaded with an entity without being asked for, and theirs. */
export function eagerReads(entity: Entity, seen: ReadonlySet<Entity> = new Set()): readonly MapperAccess[] {
  if (seen.has(entity)) return [];
  const inner = new Set([...seen, entity]);
  return [...entity.relations.values()].flatMap((relation) => {
    if (relation.isEager !== true) return [];
    const target = relation.target();
    return [
      ...relationReads(relation, `eager ${entity.name}.${relation.property}`),
      ...(target === undefined ? [] : eagerReads(target, inner)),
    ];
  });
}
