import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import type { Declared } from '../flow/code-value.ts';
import { followValue, propertyOf } from '../flow/follow-value.ts';
import type { Entity, Relation } from '../mappers/entity.ts';
import { constantOf } from '../mappers/named-classes.ts';
import { extendsModel } from './packages.ts';
import { staticMember } from './static-members.ts';

/** A model, and the map that its relations are added to. */
export interface Model extends Entity {
  readonly relations: Map<string, Relation>;
  readonly found: Declared;
}

export interface ModelIndex {
  readonly all: readonly Model[];
  of(symbol: SymbolId): Model | undefined;
  /** By a name that only one model, or the file of only one, has. */
  named(name: string): Model | undefined;
  /** Whether a class is none itself, but those that extend it are. */
  isBase(symbol: SymbolId): boolean;
}

export interface ModelsRead {
  readonly models: readonly Model[];
  /** Classes without a table, which only others extend. */
  readonly bases: readonly Declared[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Classes with a table of their own or inherited. */
export function readModels(program: ProgramQueries, classes: readonly Declared[]): ModelsRead {
  const found = classes.filter((one) => extendsModel(program, one));
  const models = found.flatMap((one) => modelOf(program, one) ?? []);
  const own = new Set(models.map(({ symbol }) => symbol));
  const unnamed = models.filter(({ table }) => table === undefined);
  return {
    models,
    bases: found.filter(({ symbol }) => !own.has(symbol)),
    diagnostics: unnamed.map(({ name, at }) => ({ code: 'unknown-table', data: { library: 'objection', text: `model ${name}` }, at })),
  };
}

function modelOf(program: ProgramQueries, found: Declared): Model | undefined {
  const member = staticMember(program, found, 'tableName');
  if (member === undefined) return undefined;
  const names = new Set(member.values.map((value) => constantOf(program, value)));
  const [table] = names;
  return {
    symbol: found.symbol,
    name: nameOf(found),
    table: names.size === 1 ? table : undefined,
    columns: columnsOf(program, found),
    relations: new Map(),
    found,
    at: program.location(found.module.id, found.declaration.span.start),
  };
}

/** Properties of `jsonSchema`. */
function columnsOf(program: ProgramQueries, found: Declared): readonly string[] {
  const schemas = staticMember(program, found, 'jsonSchema')?.values ?? [];
  return schemas.flatMap((schema) => {
    const properties = propertyOf(program, schema, 'properties');
    const literals = properties === undefined ? [] : followValue(program, properties);
    return literals.flatMap(({ expression }) =>
      expression.kind === 'object' ? expression.properties.flatMap(({ key }) => key ?? []) : [],
    );
  });
}

export function indexModels({ models: all, bases }: ModelsRead): ModelIndex {
  const bySymbol = new Map(all.map((model) => [model.symbol, model]));
  const byName = new Map<string, Model | undefined>();
  for (const model of all)
    for (const name of new Set([model.name, fileName(model.found.module.id)])) byName.set(name, byName.has(name) ? undefined : model);
  const extended = new Set(bases.map(({ symbol }) => symbol));
  return { all, of: (symbol) => bySymbol.get(symbol), named: (name) => byName.get(name), isBase: (symbol) => extended.has(symbol) };
}

/** A class without a name is called as its file. */
export const nameOf = ({ declaration, module }: Declared): string => declaration.binding ?? fileName(module.id);

/** `Book` for `models/Book.ts`. */
const fileName = (module: string): string =>
  module
    .split('/')
    .at(-1)
    ?.replace(/\.[^.]+$/, '') ?? module;
