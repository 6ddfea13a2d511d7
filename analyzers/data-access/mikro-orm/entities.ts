import { qualifiedTable } from '../../../src/lib/sql/qualified-table.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import type { CodeValue, Declared } from '../flow/code-value.ts';
import { declared } from '../flow/code-value.ts';
import { type DecoratorsOf, type MapperDecorator, optionOf, withName } from '../mappers/decorators.ts';
import { type Entities, type Entity, indexEntities, type Relation } from '../mappers/entity.ts';
import { classChain, constantOf, namedClass } from '../mappers/named-classes.ts';
import { underscore } from './names.ts';
import { readWrittenSchemas } from './written-schemas.ts';

export interface EntityReading {
  readonly program: ProgramQueries;
  readonly decoratorsOf: DecoratorsOf;
  readonly entityOf: (name: SymbolId | string | undefined) => Entity | undefined;
}

/** Every entity of the program, by decorators, schemas and definitions. */
export function readEntities(
  program: ProgramQueries,
  decoratorsOf: DecoratorsOf,
  classes: readonly Declared[],
): { readonly entities: Entities; readonly diagnostics: readonly Diagnostic[] } {
  const index: { entities: Entities } = { entities: indexEntities([]) };
  const reading: EntityReading = {
    program,
    decoratorsOf,
    entityOf: (name) => (name === undefined ? undefined : (index.entities.of(name as SymbolId) ?? index.entities.named(name))),
  };
  const written = readWrittenSchemas(reading.program, reading.entityOf);
  const decorated = classes.flatMap((one) => readEntity(reading, one) ?? []);
  index.entities = indexEntities([...decorated, ...written.entities], written.targets);
  return {
    entities: index.entities,
    diagnostics: index.entities.all.flatMap(({ table, name, at }) =>
      table === undefined ? [{ code: 'unknown-table' as const, data: { library: 'mikro-orm', text: `entity ${name}` }, at }] : [],
    ),
  };
}

function readEntity(reading: EntityReading, found: Declared): Entity | undefined {
  const { program, decoratorsOf } = reading;
  const mark = withName(decoratorsOf(found), 'Entity');
  if (mark === undefined || isTrue(optionOf(program, mark, 'abstract'))) return undefined;
  const chain = classChain(program, found);
  const root = chain.slice(1).find((one) => isInheritanceRoot(reading, one)) ?? found;
  const name = found.declaration.binding ?? found.declaration.name;
  const own = new Set<string>();
  const members = chain
    .flatMap(({ symbol }) => program.childrenOf(symbol).flatMap((child) => declared(program, child) ?? []))
    .filter(({ declaration }) => !own.has(declaration.binding ?? '') && own.add(declaration.binding ?? ''));
  const self = (): Entity | undefined => reading.entityOf(found.symbol);
  const relations = members.flatMap((member) => readRelation(reading, member, self) ?? []);
  const columns = members.flatMap((member) => columnOf(reading, member) ?? []);
  return {
    symbol: found.symbol,
    name,
    table: tableOf(program, withName(decoratorsOf(root), 'Entity') ?? mark, root.declaration.binding ?? name),
    columns: [...columns, ...relations.flatMap((relation) => relation.columns)],
    relations: new Map(relations.map((relation) => [relation.property, relation])),
    ...(root === found
      ? {}
      : { owner: { name: root.declaration.binding ?? name, at: program.location(root.module.id, root.declaration.span.start) } }),
    at: program.location(found.module.id, found.declaration.span.start),
  };
}

const isInheritanceRoot = ({ program, decoratorsOf }: EntityReading, found: Declared): boolean => {
  const mark = withName(decoratorsOf(found), 'Entity');
  return mark !== undefined && ['discriminatorColumn', 'discriminatorMap'].some((name) => optionOf(program, mark, name) !== undefined);
};

function tableOf(program: ProgramQueries, mark: MapperDecorator, name: string): string | undefined {
  const given =
    optionOf(program, mark, 'tableName') ??
    optionOf(program, mark, 'collection') ??
    mark.arguments.find(({ expression }) => expression.kind !== 'object');
  const table = given === undefined ? underscore(name) : constantOf(program, given);
  const schema = constantOf(program, optionOf(program, mark, 'schema'));
  return table === undefined ? undefined : qualifiedTable(schema, table);
}

const columnMarks = ['Property', 'PrimaryKey', 'Enum', 'SerializedPrimaryKey', 'Formula'];

function columnOf({ program, decoratorsOf }: EntityReading, member: Declared): string | undefined {
  const mark = withName(decoratorsOf(member), ...columnMarks);
  if (mark === undefined || isFalse(optionOf(program, mark, 'persist'))) return undefined;
  return (
    constantOf(program, optionOf(program, mark, 'fieldName') ?? optionOf(program, mark, 'name')) ??
    underscore(member.declaration.binding ?? '')
  );
}

function readRelation(
  { program, decoratorsOf, entityOf }: EntityReading,
  member: Declared,
  self: () => Entity | undefined,
): Relation | undefined {
  const decorators = decoratorsOf(member);
  const mark = withName(decorators, 'ManyToOne', 'OneToMany', 'OneToOne', 'ManyToMany');
  const property = member.declaration.binding ?? '';
  if (mark === undefined) return undefined;
  const option = (name: string): CodeValue | undefined => optionOf(program, mark, name);
  const [first] = mark.arguments;
  const named = first?.expression.kind === 'object' ? option('entity') : first;
  const target = (): Entity | undefined =>
    entityOf((named === undefined ? undefined : namedClass(program, named)) ?? typedEntity(program, member));
  const isToMany = mark.names.has('ManyToMany') || mark.names.has('OneToMany');
  const inverse = option('mappedBy') ?? (mark.names.has('OneToMany') || first?.expression.kind === 'object' ? undefined : mappedBy(mark));
  const isOwner = mark.names.has('ManyToOne') || (mark.names.has('OneToOne') && inverse === undefined);
  const column = constantOf(program, option('joinColumn') ?? option('fieldName'));
  const base: Relation = {
    property,
    target,
    columns: isOwner ? [column ?? `${underscore(property)}_id`] : [],
    isList: isToMany,
    ...(isTrue(option('eager')) ? { isEager: true } : {}),
    at: program.location(member.module.id, member.declaration.span.start),
  };
  if (!mark.names.has('ManyToMany')) return base;
  if (inverse !== undefined && !isTrue(option('owner'))) return { ...base, joinTable: () => ownPivot(target(), self()) };
  const pivot = constantOf(program, option('pivotTable'));
  const entity = option('pivotEntity');
  const between = (): Entity | undefined => (entity === undefined ? undefined : entityOf(namedClass(program, entity)));
  return { ...base, isOwner: true, joinTable: () => pivot ?? between()?.table ?? pivotName(self(), property) };
}

/** The second argument that names the other side makes this one the inverse. */
const mappedBy = ({ arguments: [, second] }: MapperDecorator): CodeValue | undefined =>
  second?.expression.kind === 'function' || second?.expression.kind === 'literal' ? second : undefined;

export const pivotName = (self: Entity | undefined, property: string): string | undefined =>
  self?.table === undefined ? undefined : `${self.table}_${underscore(property)}`;

/** The table between, as the owning side names it. */
export function ownPivot(target: Entity | undefined, self: Entity | undefined): string | undefined {
  const relations = [...(target?.relations.values() ?? [])].filter(({ isOwner }) => isOwner === true);
  return relations.find((one) => one.target() === self)?.joinTable?.();
}

/** `author: Author`, `author!: Ref<Author>`, `books = new Collection<Book>(this)`. */
function typedEntity(program: ProgramQueries, { module, declaration }: Declared): SymbolId | undefined {
  for (let type = declaration.type; type?.kind === 'reference'; type = type.arguments[0]) {
    const referent = program.resolveName(module.id, declaration.parent, type.name[0] ?? '');
    if (referent.kind === 'symbol') return referent.symbol;
  }
  return undefined;
}

const isTrue = (value: CodeValue | undefined): boolean => value?.expression.kind === 'literal' && value.expression.value === true;
const isFalse = (value: CodeValue | undefined): boolean => value?.expression.kind === 'literal' && value.expression.value === false;
