import { qualifiedTable } from '../../../src/lib/sql/qualified-table.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import type { Declared } from '../flow/code-value.ts';
import { declared } from '../flow/code-value.ts';
import { propertyOf } from '../flow/follow-value.ts';
import { type MapperDecorator, optionOf, optionsOf, withName } from '../mappers/decorators.ts';
import { type Entities, type Entity, indexEntities, type Relation } from '../mappers/entity.ts';
import { classChain, constantOf, namedClass } from '../mappers/named-classes.ts';
import { cascadeOperations, type EntityReading, isTrue, ownJoinTable } from './entity-parts.ts';
import { readEntitySchemas } from './entity-schemas.ts';
import { camelCase, snakeCase } from './names.ts';

/** Every entity of the program, whether start-up comes to its module or not: they are often loaded by a pattern of names. */
export function readEntities(
  given: Omit<EntityReading, 'entityOf' | 'childrenOf'>,
  classes: readonly Declared[],
): { readonly entities: Entities; readonly diagnostics: readonly Diagnostic[] } {
  const index: { entities: Entities } = { entities: indexEntities([]) };
  const children = new Map<SymbolId, readonly Entity[]>();
  const reading: EntityReading = {
    ...given,
    entityOf: (name) => (name === undefined ? undefined : (index.entities.of(name as SymbolId) ?? index.entities.named(name))),
    childrenOf: (symbol) => children.get(symbol) ?? [],
  };
  const schemas = readEntitySchemas(reading);
  const decorated = classes.flatMap((one) => readEntity(reading, one) ?? []);
  for (const one of decorated) {
    const found = declared(given.program, one.symbol);
    for (const ancestor of found === undefined ? [] : classChain(given.program, found).slice(1))
      children.set(ancestor.symbol, [...(children.get(ancestor.symbol) ?? []), one]);
  }
  index.entities = indexEntities([...decorated, ...schemas.entities], schemas.targets);
  return { entities: index.entities, diagnostics: index.entities.all.flatMap((one) => unnamed(reading, one)) };
}

const unnamed = ({ settings }: EntityReading, { table, name, at }: Entity): readonly Diagnostic[] =>
  table === undefined
    ? [
        {
          code: 'unknown-table',
          data: { library: 'typeorm', text: `entity ${name}${settings.strategyAt === undefined ? '' : ', named by a naming strategy'}` },
          at,
        },
      ]
    : [];

function readEntity(reading: EntityReading, found: Declared): Entity | undefined {
  const { program, decoratorsOf } = reading;
  const decorators = decoratorsOf(found);
  const marked = withName(decorators, 'Entity', 'ViewEntity', 'ChildEntity');
  if (marked === undefined) return undefined;
  const chain = classChain(program, found);
  const holder = withName(decorators, 'ChildEntity') === undefined ? found : (chain.slice(1).find((one) => isRoot(reading, one)) ?? found);
  const mark = withName(decoratorsOf(holder), 'Entity', 'ViewEntity') ?? marked;
  const table = tableName(reading, mark, className(holder));
  const members = chain.flatMap((one) => membersOf(reading, one, ''));
  const names = new Set<string>();
  const own = members.filter(({ path }) => !names.has(path) && names.add(path));
  const self = (): Entity | undefined => reading.entityOf(found.symbol);
  const relations = own.flatMap((member) => readRelation(reading, member, self) ?? []);
  const companion = closureTable(reading, withName(decorators, 'Tree'), table);
  const reads = viewReads(reading, mark);
  return {
    symbol: found.symbol,
    name: className(found),
    table,
    columns: [...own.flatMap(({ column }) => column ?? []), ...relations.flatMap(({ columns }) => columns)],
    relations: new Map(relations.map((relation) => [relation.property, relation])),
    ...(withName(decorators, 'TableInheritance') === undefined ? {} : { children: once(() => reading.childrenOf(found.symbol)) }),
    ...(companion === undefined ? {} : { companions: [companion] }),
    ...(reads.length === 0 ? {} : { reads }),
    ...(holder === found ? {} : { owner: { name: className(holder), at: placeOf(reading, holder) } }),
    at: placeOf(reading, found),
  };
}

const placeOf = ({ program }: EntityReading, { module, declaration }: Declared): SourceLocation =>
  program.location(module.id, declaration.span.start);

const className = ({ declaration }: Declared): string => declaration.binding ?? declaration.name;

const isRoot = ({ decoratorsOf }: EntityReading, found: Declared): boolean => withName(decoratorsOf(found), 'Entity') !== undefined;

/** `@Entity('books')`, `@Entity({ name, schema })`, or what the naming strategy makes of the class. */
function tableName({ program, settings }: EntityReading, mark: MapperDecorator, name: string): string | undefined {
  const options = optionsOf(mark);
  const named = options === undefined ? undefined : propertyOf(program, options, 'name');
  const given = named ?? mark.arguments.find(({ expression }) => expression.kind !== 'object');
  const text = given === undefined ? settings.tableName(name) : constantOf(program, given);
  if (text === undefined) return undefined;
  const schema = options === undefined ? undefined : propertyOf(program, options, 'schema');
  return qualifiedTable(
    schema === undefined ? undefined : constantOf(program, schema),
    `${settings.prefix}${text || settings.tableName(name)}`,
  );
}

function closureTable(
  { program, settings }: EntityReading,
  tree: MapperDecorator | undefined,
  table: string | undefined,
): string | undefined {
  const [kind] = tree?.arguments ?? [];
  if (tree === undefined || table === undefined || constantOf(program, kind) !== 'closure-table') return undefined;
  const named = constantOf(program, optionOf(program, tree, 'closureTableName'));
  return `${named === undefined ? table : `${settings.prefix}${named}`}_closure`;
}

function viewReads({ program, sql }: EntityReading, mark: MapperDecorator): readonly string[] {
  const text = mark.names.has('ViewEntity') ? constantOf(program, optionOf(program, mark, 'expression')) : undefined;
  const reading = text === undefined ? undefined : sql(text);
  return reading?.kind === 'statements' ? [...new Set(reading.accesses.map(({ table }) => table))] : [];
}

interface Member {
  /** With the properties of the embedded objects around it. */
  readonly path: string;
  readonly declared: Declared;
  readonly decorators: readonly MapperDecorator[];
  readonly column?: string;
}

const columnMarks = [
  ...['Column', 'PrimaryColumn', 'PrimaryGeneratedColumn', 'CreateDateColumn', 'UpdateDateColumn', 'DeleteDateColumn', 'VersionColumn'],
  ...['ObjectIdColumn', 'ObjectIDColumn', 'ViewColumn', 'TreeLevelColumn'],
];
const relationMarks = ['ManyToOne', 'OneToMany', 'OneToOne', 'ManyToMany', 'TreeParent', 'TreeChildren'];

function membersOf(reading: EntityReading, found: Declared, prefix: string, depth = 0): readonly Member[] {
  const { program, decoratorsOf } = reading;
  return program.childrenOf(found.symbol).flatMap((child): readonly Member[] => {
    const member = declared(program, child);
    const decorators = member === undefined ? [] : decoratorsOf(member);
    if (member === undefined || decorators.length === 0) return [];
    const property = member.declaration.binding ?? '';
    const path = prefix === '' ? property : `${prefix}.${property}`;
    if (withName(decorators, ...relationMarks) !== undefined) return [{ path, declared: member, decorators }];
    const column = withName(decorators, ...columnMarks);
    if (column === undefined) return [];
    const embedded = embeddedClass(program, column);
    if (embedded !== undefined && depth < 4)
      return classChain(program, embedded).flatMap((one) => membersOf(reading, one, path, depth + 1));
    return [{ path, declared: member, decorators, column: columnName(reading, column, path) }];
  });
}

function embeddedClass(program: ProgramQueries, column: MapperDecorator): Declared | undefined {
  const [first] = column.arguments;
  const symbol = first?.expression.kind === 'function' ? namedClass(program, first) : undefined;
  const found = symbol === undefined ? undefined : declared(program, symbol as SymbolId);
  return found?.declaration.kind === 'class' ? found : undefined;
}

function columnName({ program, settings }: EntityReading, column: MapperDecorator, path: string): string {
  const named = constantOf(program, optionOf(program, column, 'name'));
  if (named !== undefined) return named;
  return settings.hasSnakeColumns ? snakeCase(path.replaceAll('.', '_')) : camelCase(path);
}

function readRelation(
  reading: EntityReading,
  { path, declared: member, decorators }: Member,
  self: () => Entity | undefined,
): Relation | undefined {
  const { program, settings } = reading;
  const mark = withName(decorators, ...relationMarks);
  if (mark === undefined) return undefined;
  const isTree = mark.names.has('TreeParent') || mark.names.has('TreeChildren');
  const isOwner =
    mark.names.has('ManyToOne') ||
    mark.names.has('TreeParent') ||
    (mark.names.has('OneToOne') && withName(decorators, 'JoinColumn') !== undefined);
  const target = isTree ? self : once(() => reading.entityOf(namedOf(program, mark)));
  const base = {
    property: path,
    target,
    columns: isOwner ? joinColumns(reading, withName(decorators, 'JoinColumn'), path) : [],
    isList: mark.names.has('OneToMany') || mark.names.has('ManyToMany') || mark.names.has('TreeChildren'),
    ...(isTrue(optionOf(program, mark, 'eager')) ? { isEager: true } : {}),
    cascades: cascadesOf(program, mark),
    at: program.location(member.module.id, member.declaration.span.start),
  };
  if (!mark.names.has('ManyToMany')) return base;
  const table = withName(decorators, 'JoinTable');
  if (table !== undefined)
    return { ...base, isOwner: true, joinTable: once(() => joinTableName(reading, table, { self, target, property: path })) };
  const inverse = inverseOf(program, mark);
  return { ...base, joinTable: once(() => ownJoinTable(target(), self(), inverse)) };

  function joinTableName(
    { program: queries }: EntityReading,
    options: MapperDecorator,
    ends: { readonly self: () => Entity | undefined; readonly target: () => Entity | undefined; readonly property: string },
  ): string | undefined {
    const schema = constantOf(queries, optionOf(queries, options, 'schema'));
    const named = constantOf(queries, optionOf(queries, options, 'name'));
    if (named !== undefined) return qualifiedTable(schema, `${settings.prefix}${named}`);
    const [left, right] = [ends.self()?.table, ends.target()?.table].map((table) => plainTable(table, settings.prefix));
    const name =
      left === undefined || right === undefined ? undefined : snakeCase(`${left}_${ends.property.replaceAll('.', '_')}_${right}`);
    return name === undefined ? undefined : qualifiedTable(schema ?? schemaOf(ends.self()?.table), `${settings.prefix}${name}`);
  }
}

const plainTable = (table: string | undefined, prefix: string): string | undefined => table?.split('.').at(-1)?.slice(prefix.length);
const schemaOf = (table: string | undefined): string | undefined => (table?.includes('.') === true ? table.split('.')[0] : undefined);

const namedOf = (program: ProgramQueries, { arguments: [first] }: MapperDecorator): SymbolId | string | undefined =>
  first === undefined ? undefined : namedClass(program, first);

/** `(book) => book.authors` or `'authors'`. */
function inverseOf(program: ProgramQueries, { arguments: [, second] }: MapperDecorator): string | undefined {
  if (second?.expression.kind !== 'function') return constantOf(program, second);
  const [returned] = second.module.syntax.declarations[second.expression.declaration]?.returns?.values ?? [];
  return returned?.kind === 'member' ? returned.property : undefined;
}

function joinColumns({ program, settings }: EntityReading, mark: MapperDecorator | undefined, path: string): readonly string[] {
  const named = constantOf(program, optionOf(program, mark, 'name'));
  const list = mark?.arguments.find(({ expression }) => expression.kind === 'array');
  const several = list?.expression.kind === 'array' ? list.expression.elements : [];
  const names = several.flatMap((element) =>
    list === undefined ? [] : (constantOf(program, propertyOf(program, { ...list, expression: element }, 'name')) ?? []),
  );
  if (names.length > 0) return names;
  return [named ?? (settings.hasSnakeColumns ? `${snakeCase(path.replaceAll('.', '_'))}_id` : camelCase(`${path}_id`))];
}

/** `cascade: true` or `['insert', 'update']`. */
function cascadesOf(program: ProgramQueries, mark: MapperDecorator): NonNullable<Relation['cascades']> {
  const option = optionOf(program, mark, 'cascade');
  return cascadeOperations(program, option);
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
