import { isSecretName } from '../lib/secret-name.ts';
import { sortedBy } from '../lib/sort.ts';
import type { SourceLocation } from '../model/location.ts';
import type { PlannedService, PlannedVariable } from '../model/migration-plan.ts';
import type { GeneratorInput } from './generator.ts';

type Input = Pick<GeneratorInput, 'closures' | 'tree' | 'readSource'>;

/**
 * Every variable a slice must be given, each once, sorted by name: those of the plan, those that moved code reads, those
 * that a Prisma schema names, and those by which a PostgreSQL client finds its server when the code tells it nothing.
 */
export function sliceVariables(input: Input, service: PlannedService): readonly PlannedVariable[] {
  const closure = input.closures.get(service.id);
  const uses = (name: string): boolean => closure?.packages.some((one) => one.name === name && !one.typeOnly) ?? false;
  const found = [
    ...service.environment,
    ...(closure?.environment ?? []).map(toVariable),
    ...(uses('@prisma/client') ? prismaVariables(input) : []),
  ];
  const hasAddress = found.some(({ name }) => /(?:DATABASE|DB|POSTGRES|PG)\w*(?:URL|URI|DSN|HOST|CONNECTION)/i.test(name));
  const implied = uses('pg') && !hasAddress ? LIBPQ_VARIABLES.map((name) => toVariable({ name, at: pgImport(input, service) })) : [];
  const byName = new Map([...found, ...implied].reverse().map((variable) => [variable.name, variable]));
  return sortedBy(byName.values(), ({ name }) => name);
}

/** Read by `pg` itself (PostgreSQL documentation, "Environment Variables" of libpq). */
const LIBPQ_VARIABLES = ['PGDATABASE', 'PGHOST', 'PGPASSWORD', 'PGPORT', 'PGUSER'];

const toVariable = ({ name, at }: { readonly name: string; readonly at: SourceLocation }): PlannedVariable => ({
  name,
  secret: isSecretName(name),
  at,
});

/** `url = env("DATABASE_URL")` */
function prismaVariables({ tree, readSource }: Input): readonly PlannedVariable[] {
  return tree.assets
    .filter(({ kind }) => kind === 'prisma')
    .flatMap(({ path }) => {
      const lines = (readSource(path) ?? '').split('\n');
      return lines.flatMap((line, index) =>
        [...line.replace(/\/\/.*$/, '').matchAll(/\benv\(\s*"(?<name>\w+)"\s*\)/g)].map((match) => {
          const at = { file: path, line: index + 1, column: match.index + 1 };
          return { ...toVariable({ name: match.groups?.name ?? '', at }), secret: true };
        }),
      );
    });
}

function pgImport({ closures }: Input, { id }: PlannedService): SourceLocation {
  const closure = closures.get(id);
  const file = closure?.packages.find(({ name }) => name === 'pg')?.importedBy[0] ?? closure?.entry.module;
  return { file: file ?? ('' as SourceLocation['file']), line: 1, column: 1 };
}
