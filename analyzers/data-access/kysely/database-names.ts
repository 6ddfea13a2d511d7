import { once } from '../../../src/lib/remember.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { callSites } from '../flow/code-value.ts';
import { expressionNames } from '../flow/expression-names.ts';

/** How a name in the code is called in the database: as it stands, or with underscores where `CamelCasePlugin` is used. */
export type DatabaseName = (name: string) => string;

export function databaseNames(program: ProgramQueries): DatabaseName {
  const isCamelCase = callSites(program).some(
    ({ call: { kind, callee } }) => kind === 'new' && callee.kind === 'name' && callee.name === 'CamelCasePlugin',
  );
  return isCamelCase ? withUnderscores : (name) => name;
}

/** As the plugin writes names: an underscore before a capital that follows none. */
export const withUnderscores: DatabaseName = (name) => name.replaceAll(/(?<=[^A-Z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/** Names of `.with('late', …)` anywhere: functions of other files go on with such queries. */
export const allExpressionNames = (program: ProgramQueries): (() => ReadonlySet<string>) =>
  once(() => new Set(program.program.modules.flatMap((module) => (module.role === 'source' ? [...expressionNames(module)] : []))));
