import type { MapperAccess, Relation } from '../mappers/entity.ts';
import { elementsOf, literalsOf, type Part, propertiesOf, textOf } from '../mappers/literals.ts';
import { accessTo, type MapperReader, mergeReadings, NOTHING_READ, type OperationReading } from '../mappers/reading.ts';
import { relationReads } from '../mappers/relation-paths.ts';
import type { Model, ModelIndex } from './models.ts';
import { parseRelationExpression, type RelationNode } from './relation-expression.ts';

export interface GraphReading {
  readonly reader: MapperReader;
  readonly models: ModelIndex;
  /** The method, as a person would name its call. */
  readonly text: string;
}

const DEEPEST = 6;

/** Tables that `withGraphFetched('author.[books]')` and its like read beyond that of the model. */
export function readExpression(reading: GraphReading, model: Model, given: Part): OperationReading {
  const readings = literalsOf(reading.reader, given).map((part): OperationReading => {
    const nodes = nodesOf(reading.reader, part, 0);
    return nodes === undefined ? partial(reading) : alongNodes(reading, model, nodes, 0);
  });
  return readings.length === 0 ? partial(reading) : mergeReadings(readings);
}

const partial = ({ text }: GraphReading): OperationReading => ({ ...NOTHING_READ, partial: [text] });

/** A text, or an object of relations: `{ author: { books: true } }`. */
function nodesOf(reader: MapperReader, part: Part, depth: number): readonly RelationNode[] | undefined {
  const { expression } = part.value;
  if (depth > DEEPEST) return [];
  if (expression.kind !== 'object') {
    const text = textOf(reader, part);
    return text === undefined ? undefined : parseRelationExpression(text);
  }
  const { properties, isComplete } = propertiesOf(reader, part);
  if (!isComplete) return undefined;
  return properties.flatMap(({ key, value, context }): readonly RelationNode[] => {
    if (key.startsWith('$')) return [];
    const inner = { value, context };
    const name = propertiesOf(reader, inner).properties.find((one) => one.key === '$relation');
    const children = value.expression.kind === 'object' ? (nodesOf(reader, inner, depth + 1) ?? []) : [];
    return [{ name: (name === undefined ? undefined : textOf(reader, name)) ?? key, children }];
  });
}

function alongNodes(reading: GraphReading, model: Model, nodes: readonly RelationNode[], depth: number): OperationReading {
  if (depth > DEEPEST) return NOTHING_READ;
  return mergeReadings(
    nodes.map(({ name, children }): OperationReading => {
      const relations =
        name === '*' ? [...model.relations.values()].filter(({ property }) => !property.startsWith('#')) : model.relations.get(name);
      if (relations === undefined) return partial(reading);
      return mergeReadings([relations].flat().map((relation) => alongRelation(reading, relation, children, depth)));
    }),
  );
}

function alongRelation(reading: GraphReading, relation: Relation, children: readonly RelationNode[], depth: number): OperationReading {
  const target = targetOf(reading.models, relation);
  const own: OperationReading = { ...NOTHING_READ, accesses: relationReads(relation) };
  if (target === undefined) return mergeReadings([own, partial(reading)]);
  return mergeReadings([own, alongNodes(reading, target, children, depth + 1)]);
}

const targetOf = (models: ModelIndex, relation: Relation): Model | undefined => {
  const target = relation.target();
  return target === undefined ? undefined : models.of(target.symbol);
};

/** What `insertGraph({ lines: [{ … }] })` and `upsertGraph` write beyond the table of the model. */
export function readGraph(reading: GraphReading, model: Model, given: Part, operation: 'create' | 'upsert', depth = 0): OperationReading {
  if (depth > DEEPEST || ownRelations(model).length === 0) return NOTHING_READ;
  const readings = elementsOf(reading.reader, given).map((element): OperationReading => {
    const { properties, isComplete } = propertiesOf(reading.reader, element);
    const found = properties.flatMap(({ key, value, context }): readonly OperationReading[] => {
      const relation = model.relations.get(key);
      if (relation === undefined) return [];
      const target = targetOf(reading.models, relation);
      const own = writtenAlong(relation, operation);
      return [
        { ...NOTHING_READ, accesses: own },
        target === undefined ? partial(reading) : readGraph(reading, target, { value, context }, operation, depth + 1),
      ];
    });
    return mergeReadings([...found, ...(isComplete ? [] : [partial(reading)])]);
  });
  return readings.length === 0 ? partial(reading) : mergeReadings(readings);
}

const ownRelations = ({ relations }: Model): readonly Relation[] =>
  [...relations.values()].filter(({ property }) => !property.startsWith('#'));

function writtenAlong(relation: Relation, operation: 'create' | 'upsert'): readonly MapperAccess[] {
  const target = relation.target();
  const between = relation.joinTable?.();
  return [...(target === undefined ? [] : accessTo(target, operation)), ...(between === undefined ? [] : [{ table: between, operation }])];
}
