import { pluralize } from 'inflection';
import { ownEntry } from '../../../src/lib/own-entry.ts';
import { qualifiedTable } from '../../../src/lib/sql/qualified-table.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { argumentOf, bare, type CallSite, type CodeValue, callOf, valueAt } from '../flow/code-value.ts';
import { followValue, propertyOf } from '../flow/follow-value.ts';
import type { Entity, Relation } from '../mappers/entity.ts';
import { constantOf, namedClass } from '../mappers/named-classes.ts';
import { underscore } from './names.ts';
import { isMikroOrmPackage } from './packages.ts';

export interface WrittenSchemas {
  readonly entities: readonly Entity[];
  readonly targets: ReadonlyMap<SymbolId, SymbolId>;
}

type EntityOf = (name: SymbolId | string | undefined) => Entity | undefined;

/** How an entity is written as a value: MikroORM's `EntitySchema` and `defineEntity`, and `model.define` of Medusa, which becomes one. */
interface Form {
  readonly name: string | undefined;
  readonly table: string | undefined;
  readonly target: CodeValue | undefined;
  readonly properties: CodeValue | undefined;
  readonly isMedusa: boolean;
}

export function readWrittenSchemas(program: ProgramQueries, entityOf: EntityOf): WrittenSchemas {
  const entities: Entity[] = [];
  const targets = new Map<SymbolId, SymbolId>();
  for (const module of program.program.modules) {
    if (module.role !== 'source') continue;
    for (const [index, { kind, initializer, parent }] of module.syntax.declarations.entries()) {
      if (kind !== 'variable' || initializer === undefined) continue;
      const form = formOf(program, { module, owner: parent, expression: initializer });
      if (form?.name === undefined) continue;
      const symbol = program.symbolAt(module.id, index);
      const named = form.target === undefined ? undefined : namedClass(program, form.target);
      if (named !== undefined) targets.set(named as SymbolId, symbol);
      entities.push(
        readSchema(program, entityOf, { ...form, name: form.name }, { symbol, at: { module, owner: parent, expression: initializer } }),
      );
    }
  }
  return { entities, targets };
}

function formOf(program: ProgramQueries, value: CodeValue): Form | undefined {
  const site = definingCall(value);
  if (site === undefined) return undefined;
  const referent = program.resolveExpression(site.module.id, site.call.owner, site.call.callee);
  const { callee } = site.call;
  if (referent.kind === 'external' && isMikroOrmPackage(referent.package)) {
    const name = referent.path.at(-1);
    if (name === 'EntitySchema' || name === 'defineEntity') return mikroForm(program, site);
  }
  const isModel =
    callee.kind === 'member' && callee.property === 'define' && callee.object.kind === 'name' && callee.object.name === 'model';
  return isModel && isMedusa(program, site) ? medusaForm(program, site) : undefined;
}

/** The call at the start of a chain: `model.define(…).indexes([…])`. */
function definingCall(value: CodeValue): CallSite | undefined {
  const site = callOf(bare(value));
  const callee = site?.call.callee;
  if (site === undefined || callee?.kind !== 'member' || callee.object.kind !== 'call') return site;
  return definingCall(valueAt(site, callee.object));
}

function isMedusa(program: ProgramQueries, { module }: CallSite): boolean {
  return module.syntax.imports.some(({ specifier, bindings }, index) => {
    if (!bindings.some(({ local }) => local === 'model')) return false;
    const target = program.resolvedImport(module.id, index)?.target;
    return specifier?.startsWith('@medusajs/') === true || (target?.kind === 'module' && target.module.includes('/dml'));
  });
}

function mikroForm(program: ProgramQueries, site: CallSite): Form | undefined {
  const argument = argumentOf(site, 0);
  const options =
    argument === undefined ? undefined : followValue(program, argument).find(({ expression }) => expression.kind === 'object');
  if (options === undefined) return undefined;
  const target = propertyOf(program, options, 'class');
  const className = target === undefined ? undefined : namedClass(program, target)?.split('#').at(-1);
  const name = constantOf(program, propertyOf(program, options, 'name')) ?? className;
  const table = constantOf(program, propertyOf(program, options, 'tableName') ?? propertyOf(program, options, 'collection'));
  const schema = constantOf(program, propertyOf(program, options, 'schema'));
  const inferred = table ?? (name === undefined ? undefined : underscore(name));
  return {
    name,
    table: inferred === undefined ? undefined : qualifiedTable(schema, inferred),
    target,
    properties: propertyOf(program, options, 'properties'),
    isMedusa: false,
  };
}

function medusaForm(program: ProgramQueries, site: CallSite): Form | undefined {
  const [first, properties] = [argumentOf(site, 0), argumentOf(site, 1)];
  const options = first === undefined ? undefined : followValue(program, first).find(({ expression }) => expression.kind === 'object');
  const given = options === undefined ? constantOf(program, first) : constantOf(program, propertyOf(program, options, 'name'));
  const table = options === undefined ? undefined : constantOf(program, propertyOf(program, options, 'tableName'));
  const name = given?.split('.').at(-1);
  return { name, table: table ?? (given === undefined ? undefined : underscore(given)), target: undefined, properties, isMedusa: true };
}

function readSchema(
  program: ProgramQueries,
  entityOf: EntityOf,
  form: Form & { readonly name: string },
  { symbol, at }: { readonly symbol: SymbolId; readonly at: CodeValue },
): Entity {
  const self = (): Entity | undefined => entityOf(symbol);
  const properties = literalsIn(program, form.properties).flatMap((literal) =>
    literal.expression.kind === 'object'
      ? literal.expression.properties.map(({ key, value }) => ({ key, value: { ...literal, expression: value } }))
      : [],
  );
  const relations = properties.flatMap(({ key, value }) =>
    key === undefined ? [] : (relationOf(program, entityOf, { key, value, self, isMedusa: form.isMedusa }) ?? []),
  );
  const related = new Set(relations.map(({ property }) => property));
  const columns = properties.flatMap(({ key }) => (key === undefined || related.has(key) ? [] : [form.isMedusa ? key : underscore(key)]));
  return {
    symbol,
    name: form.name,
    table: form.table,
    columns: [...columns, ...relations.flatMap((relation) => relation.columns)],
    relations: new Map(relations.map((relation) => [relation.property, relation])),
    at: program.location(at.module.id, at.expression.span.start),
  };
}

/** The literal itself, or what `(p) => ({ … })` returns. */
function literalsIn(program: ProgramQueries, value: CodeValue | undefined): readonly CodeValue[] {
  if (value === undefined) return [];
  return followValue(program, value).flatMap((one): readonly CodeValue[] => {
    if (one.expression.kind !== 'function') return [one];
    const { declaration } = one.expression;
    return (one.module.syntax.declarations[declaration]?.returns?.values ?? []).map((expression) => ({
      module: one.module,
      owner: declaration,
      expression,
    }));
  });
}

interface Written {
  readonly key: string;
  readonly value: CodeValue;
  readonly self: () => Entity | undefined;
  readonly isMedusa: boolean;
}

function relationOf(program: ProgramQueries, entityOf: EntityOf, { key, value, self, isMedusa }: Written): Relation | undefined {
  const found = value.expression.kind === 'object' ? kindInObject(program, value) : kindInChain(program, value);
  if (found === undefined) return undefined;
  const { kind, target: named, pivot, isInverse, isEager } = found;
  const target = (): Entity | undefined => entityOf(named === undefined ? undefined : namedClass(program, named));
  const base: Relation = {
    property: key,
    target,
    columns: kind === 'manyToOne' || kind === 'belongsTo' || (kind === 'oneToOne' && !isInverse) ? [`${underscore(key)}_id`] : [],
    isList: kind === 'oneToMany' || kind === 'manyToMany' || kind === 'hasMany',
    ...(isEager ? { isEager: true } : {}),
    at: program.location(value.module.id, value.expression.span.start),
  };
  if (kind !== 'manyToMany') return base;
  const inferred = (): string | undefined => {
    const [left, right] = [self()?.table, target()?.table];
    if (left === undefined || right === undefined) return undefined;
    return isMedusa
      ? [left, right]
          .sort()
          .map((name, index) => (index === 1 ? pluralize(name) : name))
          .join('_')
      : `${left}_${underscore(key)}`;
  };
  const other = (): string | undefined =>
    [...(target()?.relations.values() ?? [])].find((one) => one.isOwner === true && one.target() === self())?.joinTable?.();
  if (isInverse) return { ...base, joinTable: () => other() ?? (isMedusa ? inferred() : undefined) };
  return { ...base, isOwner: true, joinTable: () => pivot ?? inferred() };
}

interface WrittenRelation {
  readonly kind: string;
  readonly target: CodeValue | undefined;
  readonly pivot: string | undefined;
  readonly isInverse: boolean;
  readonly isEager: boolean;
}

const mikroKinds: Readonly<Record<string, string>> = {
  'm:1': 'manyToOne',
  '1:m': 'oneToMany',
  'm:n': 'manyToMany',
  '1:1': 'oneToOne',
  m: 'manyToOne',
};

/** `{ kind: 'm:1', entity: () => Author }`. */
function kindInObject(program: ProgramQueries, value: CodeValue): WrittenRelation | undefined {
  const option = (name: string): CodeValue | undefined => propertyOf(program, value, name);
  const written = option('kind') ?? option('reference');
  const text = constantOf(program, written) ?? (written?.expression.kind === 'member' ? written.expression.property : undefined);
  if (text === undefined) return undefined;
  const kind = ownEntry(mikroKinds, text.toLowerCase()) ?? ownEntry(enumKinds, text);
  if (kind === undefined) return undefined;
  return {
    kind,
    target: option('entity') ?? option('type'),
    pivot: constantOf(program, option('pivotTable')),
    isInverse: option('mappedBy') !== undefined,
    isEager: isTrue(option('eager')),
  };
}

const enumKinds: Readonly<Record<string, string>> = {
  MANY_TO_ONE: 'manyToOne',
  ONE_TO_MANY: 'oneToMany',
  MANY_TO_MANY: 'manyToMany',
  ONE_TO_ONE: 'oneToOne',
};
const chainKinds: ReadonlySet<string> = new Set([
  'belongsTo',
  'hasMany',
  'hasOne',
  'manyToMany',
  'manyToOne',
  'oneToMany',
  'oneToOne',
  'hasOneWithFK',
]);

/** `model.belongsTo(() => Author, { mappedBy: 'books' }).nullable()`, `() => p.manyToOne(Author)`. */
function kindInChain(program: ProgramQueries, given: CodeValue): WrittenRelation | undefined {
  const [value = given] = given.expression.kind === 'function' ? literalsIn(program, given) : [given];
  for (let site = callOf(bare(value)); site !== undefined; ) {
    const { callee } = site.call;
    if (callee.kind !== 'member') return undefined;
    if (chainKinds.has(callee.property)) {
      const options = argumentOf(site, 1);
      const option = (name: string): CodeValue | undefined => (options === undefined ? undefined : propertyOf(program, options, name));
      const isOwning = callee.property === 'belongsTo' || option('pivotTable') !== undefined || option('pivotEntity') !== undefined;
      return {
        kind: callee.property,
        target: argumentOf(site, 0),
        pivot: constantOf(program, option('pivotTable')),
        isInverse: option('mappedBy') !== undefined && !isOwning,
        isEager: false,
      };
    }
    site = callee.object.kind === 'call' ? callOf(valueAt(site, callee.object)) : undefined;
  }
  return undefined;
}

const isTrue = (value: CodeValue | undefined): boolean => value?.expression.kind === 'literal' && value.expression.value === true;
