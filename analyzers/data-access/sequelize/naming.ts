import { pluralize, singularize, underscore } from 'inflection';
import { qualifiedTable } from '../../../src/lib/sql/qualified-table.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { type CodeValue, callSites, valueAt } from '../flow/code-value.ts';
import { followValue, propertyOf } from '../flow/follow-value.ts';
import { constantOf } from '../mappers/named-classes.ts';

/** Options that decide on the names of tables, those of the model over those of the connection. */
export interface TableNaming {
  readonly tableName?: string;
  /** Written, but not as a constant. */
  readonly isComputed?: boolean;
  readonly schema?: string;
  readonly isFrozen?: boolean;
  readonly isUnderscored?: boolean;
}

export { pluralize, singularize };

/** The table of a model, as Sequelize names it. */
export function tableOfModel(model: string, own: TableNaming, general: TableNaming): string | undefined {
  if (own.isComputed === true) return undefined;
  const isUnderscored = own.isUnderscored ?? general.isUnderscored ?? false;
  const plural = pluralize(model);
  const inferred = (own.isFrozen ?? general.isFrozen ?? false) ? model : isUnderscored ? underscore(plural) : plural;
  return qualifiedTable(own.schema ?? general.schema, own.tableName ?? inferred);
}

/** Of a model's options, or of `define` of the connection's. */
export function readNaming(program: ProgramQueries, options: CodeValue | undefined): TableNaming {
  if (options === undefined) return {};
  const literal = followValue(program, options).find(({ expression }) => expression.kind === 'object');
  if (literal === undefined) return {};
  const flag = (name: string): boolean | undefined => {
    const value = propertyOf(program, literal, name)?.expression;
    return value?.kind === 'literal' && typeof value.value === 'boolean' ? value.value : undefined;
  };
  const named = propertyOf(program, literal, 'tableName');
  // `tableName: { tableName, schema }` is the long form.
  const inner = named?.expression.kind === 'object' ? propertyOf(program, named, 'tableName') : named;
  const tableName = constantOf(program, inner);
  const schema = constantOf(program, propertyOf(program, named?.expression.kind === 'object' ? named : literal, 'schema'));
  const [isFrozen, isUnderscored] = [flag('freezeTableName'), flag('underscored')];
  return {
    ...(tableName === undefined ? {} : { tableName }),
    ...(named !== undefined && tableName === undefined ? { isComputed: true } : {}),
    ...(schema === undefined ? {} : { schema }),
    ...(isFrozen === undefined ? {} : { isFrozen }),
    ...(isUnderscored === undefined ? {} : { isUnderscored }),
  };
}

/** `new Sequelize(…, { define: { underscored: true } })`. */
export function readGeneralNaming(program: ProgramQueries): TableNaming {
  for (const site of callSites(program)) {
    const { callee, kind } = site.call;
    const name = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '';
    if ((kind !== 'new' || name !== 'Sequelize') && name !== 'forRoot') continue;
    for (const argument of site.call.arguments) {
      const literals = followValue(program, valueAt(site, argument)).filter(({ expression }) => expression.kind === 'object');
      const define = literals.map((literal) => propertyOf(program, literal, 'define')).find((found) => found !== undefined);
      if (define !== undefined) return readNaming(program, define);
    }
  }
  return {};
}
