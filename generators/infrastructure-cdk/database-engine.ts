import type { GeneratorInput } from '../../src/generate/generator.ts';
import type { DatabaseEngine } from './variables.ts';

/** Which database the tables stand in: as the Prisma schema says, else by the driver that is installed; undefined when there is none Aurora offers. */
export function databaseEngine({
  monolith,
  tree,
  readSource,
}: Pick<GeneratorInput, 'monolith' | 'tree' | 'readSource'>): DatabaseEngine | undefined {
  if (monolith.tables.length === 0) return undefined;
  const provider = tree.assets
    .filter(({ kind }) => kind === 'prisma')
    .map(({ path }) => /datasource\s+\w+\s*\{[^}]*?\bprovider\s*=\s*"(?<provider>\w+)"/.exec(readSource(path) ?? '')?.groups?.provider)
    .find((found) => found !== undefined);
  if (provider !== undefined) return PROVIDERS[provider];
  const listed = new Set(tree.packages.flatMap(({ dependencies }) => Object.keys(dependencies)));
  return DRIVERS.find(([name]) => listed.has(name))?.[1];
}

const PROVIDERS: Readonly<Record<string, DatabaseEngine | undefined>> = {
  postgresql: 'postgres',
  postgres: 'postgres',
  cockroachdb: 'postgres',
  mysql: 'mysql',
};

const DRIVERS: readonly (readonly [name: string, engine: DatabaseEngine])[] = [
  ['pg', 'postgres'],
  ['postgres', 'postgres'],
  ['pg-promise', 'postgres'],
  ['mysql2', 'mysql'],
  ['mysql', 'mysql'],
];
