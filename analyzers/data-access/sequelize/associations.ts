import type { SymbolId } from '../../../src/model/ids.ts';
import {
  argumentOf,
  type CallSite,
  type CodeValue,
  callSites,
  type Declared,
  declared,
  siteLocation,
  valueAt,
} from '../flow/code-value.ts';
import { followValue, propertyOf } from '../flow/follow-value.ts';
import { type DecoratorsOf, withName } from '../mappers/decorators.ts';
import type { Relation } from '../mappers/entity.ts';
import type { Held } from '../mappers/held-value.ts';
import type { HeldValues } from '../mappers/held-values.ts';
import { ownSituation } from '../mappers/lift.ts';
import { classChain, constantOf, namedClass } from '../mappers/named-classes.ts';
import { attributeReferences, type Model } from './models.ts';
import { pluralize, singularize } from './naming.ts';
import type { ModelIndex } from './vocabulary.ts';

const kinds: Readonly<Record<string, { readonly isList: boolean; readonly isOwner: boolean }>> = {
  belongsTo: { isList: false, isOwner: true },
  hasOne: { isList: false, isOwner: false },
  hasMany: { isList: true, isOwner: false },
  belongsToMany: { isList: true, isOwner: false },
};

/** Adds what `Author.hasMany(Book, { as, foreignKey })`, decorators and attributes say to the models. */
export function addAssociations(values: HeldValues, models: ModelIndex, decoratorsOf: DecoratorsOf): void {
  for (const site of callSites(values.program)) {
    const { callee } = site.call;
    const kind = callee.kind === 'member' && Object.hasOwn(kinds, callee.property) ? callee.property : undefined;
    if (callee.kind === 'member' && kind !== undefined) addCalled(values, models, site, kind);
  }
  for (const model of models.all) {
    addDecorated(values, models, decoratorsOf, model);
    addAttributes(values, models, model);
  }
}

function addCalled(values: HeldValues, models: ModelIndex, site: CallSite, kind: string): void {
  const { callee } = site.call;
  const { context } = ownSituation(values, site);
  const first = argumentOf(site, 0);
  if (callee.kind !== 'member' || first === undefined) return;
  const modelIn = (held: readonly Held[]): Model | undefined =>
    held.flatMap((one) => (one.kind === 'class' ? (models.of(one.symbol) ?? []) : []))[0];
  const source = modelIn(values.of(valueAt(site, callee.object), context));
  const target = modelIn(values.of(first, context));
  if (source === undefined || target === undefined) return;
  const second = argumentOf(site, 1);
  const options =
    second === undefined ? undefined : followValue(values.program, second).find(({ expression }) => expression.kind === 'object');
  const option = (name: string): CodeValue | undefined => (options === undefined ? undefined : propertyOf(values.program, options, name));
  const through = option('through');
  add(models, source, {
    kind,
    target: () => target,
    name: constantOf(values.program, option('as')),
    foreignKey: foreignKeyOf(values, option('foreignKey')),
    through: through === undefined ? undefined : throughOf(values, models, through, (value) => modelIn(values.of(value, context))),
    at: siteLocation(values.program, site),
  });
}

interface Association {
  readonly kind: string;
  readonly target: () => Model | undefined;
  readonly name: string | undefined;
  readonly foreignKey: string | undefined;
  readonly through: string | undefined;
  readonly at: Relation['at'];
}

function add(_models: ModelIndex, source: Model, { kind, target, name, foreignKey, through, at }: Association): void {
  const rule = kinds[kind];
  const other = target();
  if (rule === undefined || other === undefined) return;
  const property = name ?? (rule.isList ? pluralize(other.name) : singularize(other.name));
  const column = foreignKey ?? `${singularize(other.name)}Id`;
  const relation: Relation = {
    property,
    target,
    columns: rule.isOwner ? [column] : [],
    isList: rule.isList,
    ...(kind === 'belongsToMany' ? { isOwner: true, joinTable: () => through ?? undefined } : {}),
    at,
  };
  if (!source.relations.has(property)) source.relations.set(property, relation);
  // The key of `hasMany` stands in the other table.
  if ((kind === 'hasMany' || kind === 'hasOne') && foreignKey !== undefined && !hasColumn(other, foreignKey))
    other.relations.set(`#${foreignKey}`, { property: `#${foreignKey}`, target: () => source, columns: [foreignKey], isList: false, at });
}

const hasColumn = (model: Model, column: string): boolean => [...model.relations.values()].some(({ columns }) => columns.includes(column));

function foreignKeyOf(values: HeldValues, value: CodeValue | undefined): string | undefined {
  const inner = value?.expression.kind === 'object' ? propertyOf(values.program, value, 'name') : value;
  return constantOf(values.program, inner);
}

/** A model, or the name of one, or of a table that nothing else defines. */
function throughOf(
  values: HeldValues,
  models: ModelIndex,
  given: CodeValue,
  modelIn: (value: CodeValue) => Model | undefined,
): string | undefined {
  const value = given.expression.kind === 'object' ? (propertyOf(values.program, given, 'model') ?? given) : given;
  const text = constantOf(values.program, value);
  return modelIn(value)?.table ?? (text === undefined ? undefined : (models.named(text)?.table ?? text));
}

/** `@BelongsTo(() => Author) author`, `@ForeignKey(() => Author) authorId`. */
function addDecorated(values: HeldValues, models: ModelIndex, decoratorsOf: DecoratorsOf, model: Model): void {
  const { program } = values;
  const found = declared(program, model.symbol);
  if (found?.declaration.kind !== 'class') return;
  const members = classChain(program, found).flatMap(({ symbol }) =>
    program.childrenOf(symbol).flatMap((child) => declared(program, child) ?? []),
  );
  const targetOf = (member: Declared, ...names: readonly string[]) => {
    const mark = withName(decoratorsOf(member), ...names);
    const [first] = mark?.arguments ?? [];
    const symbol = first === undefined ? undefined : namedClass(program, first);
    return mark === undefined ? undefined : { mark, target: symbol === undefined ? undefined : models.of(symbol as SymbolId) };
  };
  for (const member of members) {
    const at = program.location(member.module.id, member.declaration.span.start);
    const property = member.declaration.binding ?? '';
    const key = targetOf(member, 'ForeignKey');
    if (key?.target !== undefined && !hasColumn(model, property))
      model.relations.set(`#${property}`, { property: `#${property}`, target: () => key.target, columns: [property], isList: false, at });
    const one = targetOf(member, 'BelongsTo', 'HasOne', 'HasMany', 'BelongsToMany');
    if (one?.target === undefined) continue;
    const [, second] = one.mark.arguments;
    const isMany = one.mark.names.has('BelongsToMany');
    const options = second?.expression.kind === 'object' ? propertyOf(program, second, 'through') : second;
    const named = options === undefined || !isMany ? undefined : namedClass(program, options);
    const through = named === undefined ? undefined : (models.of(named as SymbolId)?.table ?? models.named(named)?.table ?? named);
    model.relations.set(property, {
      property,
      target: () => one.target,
      columns: [],
      isList: isMany || one.mark.names.has('HasMany'),
      ...(isMany ? { isOwner: true, joinTable: () => through } : {}),
      at,
    });
  }
}

/** `authorId: { references: { model: 'authors' } }`. */
function addAttributes(values: HeldValues, models: ModelIndex, model: Model): void {
  for (const { column, target, at } of attributeReferences(values.program, model)) {
    const other = models.of(target as SymbolId) ?? models.all.find(({ table }) => table === target) ?? models.named(target);
    if (other === undefined || hasColumn(model, column)) continue;
    const place = values.program.location(at.module.id, at.expression.span.start);
    model.relations.set(`#${column}`, { property: `#${column}`, target: () => other, columns: [column], isList: false, at: place });
  }
}
