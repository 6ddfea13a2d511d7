import { camelize } from 'inflection';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import { type SymbolId, toSymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { argumentOf, type CallSite, type CodeValue, callSites, type Declared, declared } from '../flow/code-value.ts';
import { followValue, propertyOf } from '../flow/follow-value.ts';
import { type DecoratorsOf, optionsOf, withName } from '../mappers/decorators.ts';
import type { Entity, Relation } from '../mappers/entity.ts';
import { classChain, constantOf, namedClass } from '../mappers/named-classes.ts';
import { readNaming, type TableNaming, tableOfModel } from './naming.ts';
import { isSequelizePackage } from './packages.ts';

/** A model, and the map that its associations are added to. */
export interface Model extends Entity {
  readonly relations: Map<string, Relation>;
  /** The call that defines it. */
  readonly site?: CallSite;
  /** Names by which loaders keep it: its own, its variable's, its file's. */
  readonly names: readonly string[];
}

export interface ModelReading {
  readonly program: ProgramQueries;
  readonly decoratorsOf: DecoratorsOf;
  readonly general: TableNaming;
}

export function readModels(
  reading: ModelReading,
  classes: readonly Declared[],
): { readonly models: readonly Model[]; readonly diagnostics: readonly Diagnostic[] } {
  const called = callSites(reading.program).flatMap((site) => defined(reading, site) ?? initialised(reading, site) ?? []);
  const decorated = classes.flatMap((one) => tableClass(reading, one) ?? []);
  const models = [...new Map([...decorated, ...called].map((model) => [model.symbol, model])).values()];
  const unnamed = models.filter(({ table }) => table === undefined);
  return {
    models,
    diagnostics: unnamed.map(({ name, at }) => ({ code: 'unknown-table', data: { library: 'sequelize', text: `model ${name}` }, at })),
  };
}

/** `sequelize.define('book', { … }, { … })`. */
function defined(reading: ModelReading, site: CallSite): Model | undefined {
  const { callee } = site.call;
  if (callee.kind !== 'member' || callee.property !== 'define' || !isConnection(reading.program, site)) return undefined;
  const [first, attributes, options] = [argumentOf(site, 0), argumentOf(site, 1), argumentOf(site, 2)];
  const name = constantOf(reading.program, first);
  if (name === undefined || attributes === undefined) return undefined;
  const variable = variableOf(reading.program, site);
  return model(reading, {
    name,
    symbol: variable?.symbol ?? toSymbolId(site.module.id, name),
    attributes,
    options,
    site,
    binding: variable?.declaration.binding,
  });
}

function isConnection(program: ProgramQueries, site: CallSite): boolean {
  const { callee } = site.call;
  if (callee.kind !== 'member') return false;
  const type = program.typeOfExpression(site.module.id, site.call.owner, callee.object);
  if (type.kind === 'external' || type.kind === 'external-instance') return isSequelizePackage(type.package);
  const name = callee.object.kind === 'member' ? callee.object.property : callee.object.kind === 'name' ? callee.object.name : '';
  return /sequelize|connection|^conn$|^db$|^orm$|^database$/i.test(name);
}

/** The variable, or exported name, that a call's result is kept in. */
function variableOf(program: ProgramQueries, { module, index }: CallSite): Declared | undefined {
  const found = module.syntax.declarations.findIndex(
    ({ kind, initializer }) => kind === 'variable' && unwrapped(initializer)?.kind === 'call' && callIn(initializer) === index,
  );
  return found < 0 ? undefined : declared(program, program.symbolAt(module.id, found));
}

const unwrapped = (expression: CodeValue['expression'] | undefined): CodeValue['expression'] | undefined =>
  expression?.kind === 'assertion' ? unwrapped(expression.value) : expression;

const callIn = (expression: CodeValue['expression'] | undefined): number | undefined => {
  const inner = unwrapped(expression);
  return inner?.kind === 'call' ? inner.call : undefined;
};

/** `Book.init({ … }, { sequelize })`, also inside the class as `super.init` or `this.init`. */
function initialised(reading: ModelReading, site: CallSite): Model | undefined {
  const { callee } = site.call;
  const [attributes, options] = [argumentOf(site, 0), argumentOf(site, 1)];
  if (callee.kind !== 'member' || callee.property !== 'init' || attributes === undefined || options === undefined) return undefined;
  const found = classOf(reading.program, site, callee.object);
  if (found === undefined || found.declaration.kind !== 'class') return undefined;
  const literal = followValue(reading.program, options).find(({ expression }) => expression.kind === 'object');
  const names = literal?.expression.kind === 'object' ? literal.expression.properties.map(({ key }) => key) : [];
  if (!extendsModel(reading.program, found) && !names.includes('sequelize')) return undefined;
  const name =
    (literal === undefined ? undefined : constantOf(reading.program, propertyOf(reading.program, literal, 'modelName'))) ??
    found.declaration.binding;
  return name === undefined
    ? undefined
    : model(reading, { name, symbol: found.symbol, attributes, options, site, binding: found.declaration.binding });
}

function classOf(program: ProgramQueries, { module, call }: CallSite, receiver: CodeValue['expression']): Declared | undefined {
  if (receiver.kind === 'super' || receiver.kind === 'this') {
    const { declarations } = module.syntax;
    for (let index = call.owner; index > 0; index = declarations[index]?.parent ?? -1)
      if (declarations[index]?.kind === 'class') return declared(program, program.symbolAt(module.id, index));
    return undefined;
  }
  const referent = program.resolveExpression(module.id, call.owner, receiver);
  return referent.kind === 'symbol' ? declared(program, referent.symbol) : undefined;
}

/** `extends Model`, `extends Sequelize.Model`. */
const extendsModel = (program: ProgramQueries, found: Declared): boolean =>
  classChain(program, found).some(({ module, declaration }) => {
    const base =
      declaration.extends === undefined ? undefined : program.resolveExpression(module.id, declaration.parent, declaration.extends);
    return base?.kind === 'external' && isSequelizePackage(base.package) && base.path.at(-1) === 'Model';
  });

/** `@Table class Book extends Model`. */
function tableClass(reading: ModelReading, found: Declared): Model | undefined {
  const { program, decoratorsOf } = reading;
  const mark = withName(decoratorsOf(found), 'Table');
  if (mark === undefined) return undefined;
  const options = optionsOf(mark);
  const named = options === undefined ? undefined : constantOf(program, propertyOf(program, options, 'modelName'));
  const name = named ?? found.declaration.binding;
  if (name === undefined) return undefined;
  const naming = readNaming(program, options);
  const members = classChain(program, found).flatMap(({ symbol }) =>
    program.childrenOf(symbol).flatMap((child) => declared(program, child) ?? []),
  );
  const columns = members.filter(
    (member) => withName(decoratorsOf(member), 'Column', 'ForeignKey', 'CreatedAt', 'UpdatedAt', 'DeletedAt') !== undefined,
  );
  return {
    symbol: found.symbol,
    name,
    names: namesOf(name, found.declaration.binding, found.module.id),
    table: tableOfModel(name, naming, reading.general),
    columns: [...new Set(columns.map(({ declaration }) => declaration.binding ?? ''))],
    relations: new Map(),
    at: program.location(found.module.id, found.declaration.span.start),
  };
}

interface Written {
  readonly name: string;
  readonly symbol: SymbolId;
  readonly attributes: CodeValue;
  readonly options: CodeValue | undefined;
  readonly site: CallSite;
  readonly binding: string | undefined;
}

function model({ program, general }: ModelReading, { name, symbol, attributes, options, site, binding }: Written): Model {
  const literals = followValue(program, attributes).filter(({ expression }) => expression.kind === 'object');
  const properties = literals.flatMap((literal) =>
    literal.expression.kind === 'object' ? literal.expression.properties.map((one) => ({ ...one, literal })) : [],
  );
  const columns = properties.flatMap(({ key, value, literal }) =>
    key === undefined ? [] : [constantOf(program, propertyOf(program, { ...literal, expression: value }, 'field')) ?? key],
  );
  return {
    symbol,
    name,
    names: namesOf(name, binding, site.module.id),
    table: tableOfModel(name, readNaming(program, options), general),
    columns,
    relations: new Map(),
    site,
    at: program.location(site.module.id, site.call.span.start),
  };
}

const namesOf = (name: string, binding: string | undefined, file: string): readonly string[] => {
  const base =
    file
      .split('/')
      .at(-1)
      ?.replace(/\.(?:model\.)?[cm]?[jt]sx?$/, '') ?? '';
  const names = [name, binding ?? name, camelize(name), camelize(name, true), ...(base === 'index' ? [] : [base, camelize(base)])];
  return [...new Set(names)];
};

/** Columns whose attribute says `references: { model, key }`. */
export function* attributeReferences(
  program: ProgramQueries,
  { site }: Model,
): Iterable<{ readonly column: string; readonly target: SymbolId | string; readonly at: CodeValue }> {
  const attributes =
    site === undefined ? undefined : argumentOf(site, site.call.callee.kind === 'member' && site.call.callee.property === 'define' ? 1 : 0);
  if (attributes === undefined) return;
  for (const literal of followValue(program, attributes)) {
    if (literal.expression.kind !== 'object') continue;
    for (const { key, value } of literal.expression.properties) {
      const references = propertyOf(program, { ...literal, expression: value }, 'references');
      const named = references === undefined ? undefined : propertyOf(program, references, 'model');
      const inner = named?.expression.kind === 'object' ? propertyOf(program, named, 'tableName') : named;
      const target = inner === undefined ? undefined : namedClass(program, inner);
      if (key !== undefined && target !== undefined && references !== undefined) yield { column: key, target, at: references };
    }
  }
}
