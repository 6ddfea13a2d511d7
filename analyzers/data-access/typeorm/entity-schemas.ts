import { qualifiedTable } from '../../../src/lib/sql/qualified-table.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import { argumentOf, type CodeValue, callOf } from '../flow/code-value.ts';
import { followValue, propertyOf } from '../flow/follow-value.ts';
import type { Entity, Relation } from '../mappers/entity.ts';
import { constantOf, namedClass } from '../mappers/named-classes.ts';
import { cascadeOperations, type EntityReading, isTrue, ownJoinTable } from './entity-parts.ts';
import { camelCase, snakeCase } from './names.ts';

export interface EntitySchemas {
  readonly entities: readonly Entity[];
  /** Classes that a schema describes, and the variable that holds it. */
  readonly targets: ReadonlyMap<SymbolId, SymbolId>;
}

/** `export const BookSchema = new EntitySchema<Book>({ … })`. */
export function readEntitySchemas(reading: EntityReading): EntitySchemas {
  const entities: Entity[] = [];
  const targets = new Map<SymbolId, SymbolId>();
  for (const module of reading.program.program.modules) {
    if (module.role !== 'source') continue;
    for (const [index, { kind, initializer, parent }] of module.syntax.declarations.entries()) {
      if (kind !== 'variable' || initializer?.kind !== 'call') continue;
      const options = schemaOptions(reading, { module, owner: parent, expression: initializer });
      if (options === undefined) continue;
      const symbol = reading.program.symbolAt(module.id, index);
      const target = propertyOf(reading.program, options, 'target');
      const named = target === undefined ? undefined : namedClass(reading.program, target);
      if (named !== undefined) targets.set(named as SymbolId, symbol);
      const entity = readSchema(reading, symbol, options);
      if (entity !== undefined) entities.push(entity);
    }
  }
  return { entities, targets };
}

function schemaOptions({ program }: EntityReading, value: CodeValue): CodeValue | undefined {
  const site = callOf(value);
  if (site?.call.kind !== 'new') return undefined;
  const referent = program.resolveExpression(site.module.id, site.call.owner, site.call.callee);
  if (referent.kind !== 'external' || referent.package !== 'typeorm' || referent.path.at(-1) !== 'EntitySchema') return undefined;
  const argument = argumentOf(site, 0);
  return argument === undefined ? undefined : followValue(program, argument).find(({ expression }) => expression.kind === 'object');
}

function readSchema(reading: EntityReading, symbol: SymbolId, options: CodeValue): Entity | undefined {
  const { program, settings } = reading;
  const text = (name: string): string | undefined => constantOf(program, propertyOf(program, options, name));
  const target = propertyOf(program, options, 'target');
  const targetName =
    target === undefined
      ? undefined
      : String(namedClass(program, target) ?? '')
          .split('#')
          .at(-1);
  const name = text('name') ?? targetName;
  if (name === undefined) return undefined;
  const table = text('tableName') ?? settings.tableName(name);
  const self = (): Entity | undefined => reading.entityOf(symbol);
  const relations = propertiesOf(reading, propertyOf(program, options, 'relations')).map(([property, value]) =>
    readRelation(reading, { property, value, self }),
  );
  const columns = propertiesOf(reading, propertyOf(program, options, 'columns')).map(
    ([property, value]) =>
      constantOf(program, propertyOf(program, value, 'name')) ?? (settings.hasSnakeColumns ? snakeCase(property) : property),
  );
  return {
    symbol,
    name,
    table: table === undefined ? undefined : qualifiedTable(text('schema'), `${settings.prefix}${table}`),
    columns: [...columns, ...relations.flatMap((relation) => relation.columns)],
    relations: new Map(relations.map((relation) => [relation.property, relation])),
    at: program.location(options.module.id, options.expression.span.start),
  };
}

/** Properties of a literal, those it spreads included. */
function propertiesOf({ program }: EntityReading, value: CodeValue | undefined): readonly (readonly [string, CodeValue])[] {
  if (value === undefined) return [];
  return followValue(program, value).flatMap((literal): readonly (readonly [string, CodeValue])[] => {
    if (literal.expression.kind !== 'object') return [];
    return literal.expression.properties.flatMap(({ key, value: inner }) => {
      const at = { ...literal, expression: inner.kind === 'spread' ? inner.value : inner };
      return key === undefined ? propertiesOf({ program } as EntityReading, at) : [[key, at] as const];
    });
  });
}

function readRelation(
  reading: EntityReading,
  { property, value, self }: { readonly property: string; readonly value: CodeValue; readonly self: () => Entity | undefined },
): Relation {
  const { program, settings } = reading;
  const option = (name: string): CodeValue | undefined => propertyOf(program, value, name);
  const type = constantOf(program, option('type'));
  const named = option('target');
  const target = (): Entity | undefined => reading.entityOf(named === undefined ? undefined : namedClass(program, named));
  const joinColumn = option('joinColumn');
  const isOwner = type === 'many-to-one' || (type === 'one-to-one' && joinColumn !== undefined);
  const column = joinColumn === undefined ? undefined : constantOf(program, propertyOf(program, joinColumn, 'name'));
  const joinTable = option('joinTable');
  const base: Relation = {
    property,
    target,
    columns: isOwner ? [column ?? (settings.hasSnakeColumns ? `${snakeCase(property)}_id` : camelCase(`${property}_id`))] : [],
    isList: type === 'one-to-many' || type === 'many-to-many',
    ...(isTrue(option('eager')) ? { isEager: true } : {}),
    cascades: cascadeOperations(program, option('cascade')),
    at: program.location(value.module.id, value.expression.span.start),
  };
  if (type !== 'many-to-many') return base;
  if (joinTable === undefined) return { ...base, joinTable: () => ownJoinTable(target(), self(), undefined) };
  const name = constantOf(program, propertyOf(program, joinTable, 'name'));
  const [left, right] = [self, target];
  return {
    ...base,
    isOwner: true,
    joinTable: () => {
      const ends = [left()?.table, right()?.table];
      if (name !== undefined) return `${settings.prefix}${name}`;
      return ends.includes(undefined) ? undefined : `${settings.prefix}${snakeCase(`${ends[0]}_${property}_${ends[1]}`)}`;
    },
  };
}
