import type { ProgramQueries } from '../../../src/model/program.ts';
import { type CallSite, classAround, declared } from './code-value.ts';

/** Whether a call stands in a migration of an entity mapper: what it does to rows is no access of the application. */
export function isInMigration(program: ProgramQueries, site: CallSite): boolean {
  const around = classAround(program, site);
  const found = around === undefined ? undefined : declared(program, around);
  if (found === undefined) return false;
  const { implements: types = [], extends: base } = found.declaration;
  if (types.some((type) => type.kind === 'reference' && type.name.at(-1) === 'MigrationInterface')) return true;
  const named = base === undefined ? undefined : program.resolveExpression(found.module.id, found.declaration.parent, base);
  return named?.kind === 'external' && named.path.at(-1) === 'Migration';
}
