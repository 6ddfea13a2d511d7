import type { Entity, MapperAccess } from '../mappers/entity.ts';
import { elementsOf, type Part, propertiesOf, textOf } from '../mappers/literals.ts';
import type { MapperReader } from '../mappers/reading.ts';
import { alongRelations, eagerReads, relationOf, relationReads } from '../mappers/relation-paths.ts';

export interface FindOptionsReading {
  readonly accesses: readonly MapperAccess[];
  readonly hasNoEager: boolean;
  /** Something that may name relations could not be read. */
  readonly isPartial: boolean;
}

/** `{ relations, where, order, join }` of an entity. */
export function readFindOptions(reader: MapperReader, entity: Entity, part: Part): FindOptionsReading {
  const { properties } = propertiesOf(reader, part);
  const readings = properties.map((property): Partial<FindOptionsReading> => {
    switch (property.key) {
      case 'relations':
        return readRelations(reader, entity, property);
      case 'where':
        return { accesses: readWhere(reader, entity, property) };
      case 'order':
        return { accesses: readOrder(reader, entity, property) };
      case 'join':
        return { accesses: readJoin(reader, entity, property) };
      case 'loadEagerRelations':
        return { hasNoEager: property.value.expression.kind === 'literal' && property.value.expression.value === false };
      default:
        return {};
    }
  });
  return {
    accesses: readings.flatMap(({ accesses = [] }) => accesses),
    hasNoEager: readings.some(({ hasNoEager }) => hasNoEager === true),
    isPartial: readings.some(({ isPartial }) => isPartial === true),
  };
}

/** `['lines', 'lines.book']` or `{ lines: { book: true } }`. */
export function readRelations(reader: MapperReader, entity: Entity, part: Part): Partial<FindOptionsReading> {
  const all = elementsOf(reader, part);
  const elements = all.filter(
    ({ value: { expression } }) => expression.kind !== 'literal' || (expression.value ?? undefined) !== undefined,
  );
  const isPartial = all.length === 0 && part.value.expression.kind !== 'array';
  const accesses = elements.flatMap((element) => {
    const { kind } = element.value.expression;
    if (kind === 'object') return readRelationTree(reader, entity, element, 0);
    const text = textOf(reader, element);
    if (text === undefined) return [];
    const { relations, end } = alongRelations(entity, text.split('.'));
    return [...relations.flatMap((relation) => relationReads(relation)), ...(end === undefined ? [] : eagerReads(end))];
  });
  const unread = elements.some((element) => element.value.expression.kind !== 'object' && textOf(reader, element) === undefined);
  return { accesses, isPartial: isPartial || unread };
}

function readRelationTree(reader: MapperReader, entity: Entity, part: Part, depth: number): readonly MapperAccess[] {
  if (depth > 8) return [];
  return propertiesOf(reader, part).properties.flatMap((property) => {
    const relation = relationOf(entity, property.key);
    const { expression } = property.value;
    if (relation === undefined || (expression.kind === 'literal' && expression.value !== true)) return [];
    const target = relation.target();
    const inner = expression.kind === 'object' && target !== undefined ? readRelationTree(reader, target, property, depth + 1) : [];
    return [...relationReads(relation), ...(target === undefined ? [] : eagerReads(target)), ...inner];
  });
}

/** Conditions on a relation's properties join its table. */
export function readWhere(reader: MapperReader, entity: Entity, part: Part, depth = 0): readonly MapperAccess[] {
  if (depth > 8) return [];
  return elementsOf(reader, part).flatMap((element) =>
    propertiesOf(reader, element).properties.flatMap((property) => {
      const relation = relationOf(entity, property.key);
      if (relation === undefined || property.value.expression.kind !== 'object') return [];
      const target = relation.target();
      return [...relationReads(relation), ...(target === undefined ? [] : readWhere(reader, target, property, depth + 1))];
    }),
  );
}

const readOrder = (reader: MapperReader, entity: Entity, part: Part): readonly MapperAccess[] => readWhere(reader, entity, part);

/** `{ alias: 'book', leftJoinAndSelect: { author: 'book.author', country: 'author.country' } }`. */
function readJoin(reader: MapperReader, entity: Entity, part: Part): readonly MapperAccess[] {
  const { properties } = propertiesOf(reader, part);
  const alias = properties.find(({ key }) => key === 'alias');
  const joins = properties.filter(({ key }) => /Join/i.test(key)).flatMap((property) => propertiesOf(reader, property).properties);
  const known = new Map<string, Entity>();
  const name = alias === undefined ? undefined : textOf(reader, alias);
  if (name !== undefined) known.set(name, entity);
  return joins.flatMap((join) => {
    const [from = '', ...path] = (textOf(reader, join) ?? '').split('.');
    const start = known.get(from);
    if (start === undefined) return [];
    const { relations, end } = alongRelations(start, path);
    if (end !== undefined) known.set(join.key, end);
    return relations.flatMap((relation) => relationReads(relation));
  });
}
