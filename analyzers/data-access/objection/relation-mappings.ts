import type { ProgramQueries } from '../../../src/model/program.ts';
import { argumentOf, bare, type CodeValue, callOf, type Declared } from '../flow/code-value.ts';
import { textsOf } from '../flow/constant-text.ts';
import { followValue, propertyOf } from '../flow/follow-value.ts';
import { NO_CONTEXT } from '../mappers/held-value.ts';
import type { HeldValues } from '../mappers/held-values.ts';
import { baseClass, constantOf } from '../mappers/named-classes.ts';
import type { Model, ModelIndex } from './models.ts';
import { staticMember } from './static-members.ts';

/** Adds what `relationMappings` say to the models. */
export function addRelations(values: HeldValues, models: ModelIndex): void {
  for (const model of models.all)
    for (const { name, mapping } of mappingsOf(values.program, model.found, 0)) addRelation({ values, models, model }, name, mapping);
}

interface Mapping {
  readonly name: string;
  readonly mapping: CodeValue;
}

/** Properties of the mappings, those that are spread from a class above included. */
function mappingsOf(program: ProgramQueries, found: Declared, depth: number): readonly Mapping[] {
  const member = depth > 8 ? undefined : staticMember(program, found, 'relationMappings');
  return (member?.values ?? []).flatMap((value) =>
    followValue(program, value).flatMap((literal) =>
      literal.expression.kind === 'object' && member !== undefined ? inLiteral(program, literal, member.holder, depth) : [],
    ),
  );
}

function inLiteral(program: ProgramQueries, literal: CodeValue, holder: Declared, depth: number): readonly Mapping[] {
  if (literal.expression.kind !== 'object') return [];
  return literal.expression.properties.flatMap(({ key, value }): readonly Mapping[] => {
    if (key !== undefined) return [{ name: key, mapping: { ...literal, expression: value } }];
    const spread = value.kind === 'spread' ? value.value : undefined;
    if (spread?.kind !== 'member' || spread.property !== 'relationMappings') return [];
    const above = baseClass(program, holder);
    return above === undefined ? [] : mappingsOf(program, above, depth + 1);
  });
}

interface Adding {
  readonly values: HeldValues;
  readonly models: ModelIndex;
  readonly model: Model;
}

/** Where the key stands: here, in the other table, or in a table between. */
const kinds: Readonly<Record<string, { readonly isList: boolean; readonly key: 'own' | 'other' | 'between' }>> = {
  BelongsToOneRelation: { isList: false, key: 'own' },
  HasOneRelation: { isList: false, key: 'other' },
  HasManyRelation: { isList: true, key: 'other' },
  ManyToManyRelation: { isList: true, key: 'between' },
  HasOneThroughRelation: { isList: false, key: 'between' },
};

function addRelation(adding: Adding, property: string, given: CodeValue): void {
  const { values, models, model } = adding;
  const { program } = values;
  const mapping = followValue(program, given).find(({ expression }) => expression.kind === 'object');
  const part = (name: string): CodeValue | undefined => (mapping === undefined ? undefined : propertyOf(program, mapping, name));
  const kind = part('relation')?.expression;
  const rule = kind?.kind === 'member' && Object.hasOwn(kinds, kind.property) ? kinds[kind.property] : undefined;
  const [modelClass, join] = [part('modelClass'), part('join')];
  if (rule === undefined || modelClass === undefined) return;
  const target = modelNamed(values, models, modelClass);
  const through = join === undefined ? undefined : propertyOf(program, join, 'through');
  const key = keyOf(program, adding, target, { join, key: rule.key });
  const at = program.location(given.module.id, given.expression.span.start);
  model.relations.set(property, {
    property,
    target: () => target,
    columns: key === 'own' ? columnsOf(program, join, 'from') : [],
    isList: rule.isList,
    ...(key === 'between' ? { isOwner: true, joinTable: () => tableBetween(values, models, through) } : {}),
    at,
  });
  const columns = key === 'other' ? columnsOf(program, join, 'to') : [];
  if (target === undefined || columns.length === 0 || hasColumns(target, columns)) return;
  const name = `#${columns.join(' ')}`;
  target.relations.set(name, { property: name, target: () => model, columns, isList: false, at });
}

/** `HasOne` from a key to the identifier of the other is a key of this table all the same. */
function keyOf(
  program: ProgramQueries,
  { model }: Adding,
  target: Model | undefined,
  { join, key }: { readonly join: CodeValue | undefined; readonly key: 'own' | 'other' | 'between' },
): 'own' | 'other' | 'between' {
  if (key !== 'other' || target === undefined) return key;
  const [from, to] = [columnsOf(program, join, 'from').join(' '), columnsOf(program, join, 'to').join(' ')];
  return to === identifierOf(program, target) && from !== identifierOf(program, model) ? 'own' : key;
}

function identifierOf(program: ProgramQueries, { found }: Model): string {
  const [value] = staticMember(program, found, 'idColumn')?.values ?? [];
  if (value?.expression.kind === 'array')
    return value.expression.elements.map((expression) => constantOf(program, { ...value, expression })).join(' ');
  return constantOf(program, value) ?? 'id';
}

const hasColumns = (model: Model, columns: readonly string[]): boolean =>
  [...model.relations.values()].some((relation) => relation.columns.join(' ') === columns.join(' '));

/** A class, a function that gives it, its name, or the file that has it. */
function modelNamed(values: HeldValues, models: ModelIndex, given: CodeValue): Model | undefined {
  const { program } = values;
  for (const value of followValue(program, given)) {
    const { module, expression } = value;
    const inner = expression.kind === 'function' ? (module.syntax.declarations[expression.declaration]?.returns?.values ?? []) : [];
    for (const one of inner) {
      const found =
        expression.kind !== 'function' ? undefined : modelNamed(values, models, { module, owner: expression.declaration, expression: one });
      if (found !== undefined) return found;
    }
    const held = values.of(value, NO_CONTEXT).flatMap((one) => (one.kind === 'class' ? (models.of(one.symbol) ?? []) : []));
    const named = held[0] ?? byName(program, models, value) ?? byName(program, models, given);
    if (named !== undefined) return named;
  }
  return undefined;
}

/** `'Book'`, `__dirname + '/Book'`, `path.join(__dirname, 'Book')`, `require('./Book')`. */
function byName(program: ProgramQueries, models: ModelIndex, given: CodeValue): Model | undefined {
  const value = bare(given);
  if (value.expression.kind === 'name') return models.named(value.expression.name);
  const site = callOf(value);
  const text = site === undefined ? value : argumentOf(site, site.call.arguments.length - 1);
  const [found] = text === undefined ? [] : textsOf(program, text);
  const last = found?.parts
    .at(-1)
    ?.split('/')
    .at(-1)
    ?.replace(/\.[cm]?[jt]s$/, '');
  return last === undefined || last === '' ? undefined : models.named(last);
}

/** `'books.authorId'`, or a list of such. */
function columnsOf(program: ProgramQueries, join: CodeValue | undefined, side: 'from' | 'to'): readonly string[] {
  const given = join === undefined ? undefined : propertyOf(program, join, side);
  if (given === undefined) return [];
  return followValue(program, given).flatMap((value) => {
    const { expression } = value;
    const parts = expression.kind === 'array' ? expression.elements.map((element) => ({ ...value, expression: element })) : [value];
    return parts.flatMap((one) => columnIn(program, one) ?? []);
  });
}

function columnIn(program: ProgramQueries, value: CodeValue): string | undefined {
  // `ref('books.data:authorId')` names it in its argument.
  const site = callOf(bare(value));
  const [text] = textsOf(program, site === undefined ? value : (argumentOf(site, 0) ?? value));
  const last = text?.parts.at(-1)?.split('.').at(-1)?.split(':')[0];
  return last === undefined || last === '' ? undefined : last;
}

function tableBetween(values: HeldValues, models: ModelIndex, through: CodeValue | undefined): string | undefined {
  const { program } = values;
  const named = through === undefined ? undefined : propertyOf(program, through, 'modelClass');
  const model = named === undefined ? undefined : modelNamed(values, models, named);
  if (model !== undefined || through === undefined) return model?.table;
  const from = propertyOf(program, through, 'from');
  const [value] = from === undefined ? [] : followValue(program, from);
  const first: CodeValue | undefined =
    value?.expression.kind === 'array' && value.expression.elements[0] !== undefined
      ? { ...value, expression: value.expression.elements[0] }
      : value;
  if (first === undefined) return undefined;
  const text = constantOf(program, first);
  if (text !== undefined) return text.split('.').slice(0, -1).join('.') || undefined;
  return tableOf(values, models, first);
}

/** The table of `` `${Loan.tableName}.bookId` `` and of `Loan.tableName`. */
export function tableOf(values: HeldValues, models: ModelIndex, value: CodeValue): string | undefined {
  const { expression } = bare(value);
  if (expression.kind === 'template')
    return expression.expressions[0] === undefined
      ? undefined
      : tableOf(values, models, { ...value, expression: expression.expressions[0] });
  if (expression.kind !== 'member' || (expression.property !== 'tableName' && expression.property !== 'getTableName')) return undefined;
  return modelNamed(values, models, { ...value, expression: expression.object })?.table;
}
