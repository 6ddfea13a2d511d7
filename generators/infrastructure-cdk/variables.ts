import { sortedBy } from '../../src/lib/sort.ts';
import type { PlannedVariable } from '../../src/model/migration-plan.ts';

export type DatabaseEngine = 'postgres' | 'mysql';

/** A variable as the slice's stack prints it. */
export interface VariableView {
  readonly name: string;
  readonly secret: boolean;
  readonly hasFallback: boolean;
  /** For a secret only that there is one: its text is a secret itself. */
  readonly fallback: string | true;
  readonly hasDatabase: boolean;
  /** How the value is made of the database's secret. */
  readonly database: string;
}

/** The variables a function can be given, sorted by name. */
export const toVariableViews = (variables: readonly PlannedVariable[], engine: DatabaseEngine | undefined): readonly VariableView[] =>
  sortedBy(variables.filter(canBeSet), ({ name }) => name).map(({ name, secret, default: fallback }) => {
    const database = engine === undefined ? undefined : databaseTemplate(name, engine);
    return {
      name,
      secret,
      hasFallback: fallback !== undefined,
      fallback: secret ? true : (fallback ?? ''),
      hasDatabase: database !== undefined,
      database: database ?? '',
    };
  });

/** Set by Lambda itself, or refused by it (Lambda developer guide, "Using environment variables"). */
const RESERVED =
  /^(?:AWS_(?:REGION|DEFAULT_REGION|ACCESS_KEY(?:_ID)?|SECRET_ACCESS_KEY|SESSION_TOKEN|EXECUTION_ENV|LAMBDA_.*)|LAMBDA_.*|_.*|TZ|NODE_OPTIONS|PATH|HOME|PWD)$/;

const canBeSet = ({ name }: PlannedVariable): boolean => /^[A-Za-z]\w+$/.test(name) && !RESERVED.test(name);

const PREFIX = '(?:DATABASE|DB|POSTGRES|POSTGRESQL|PG|MYSQL|RDS|TYPEORM|SEQUELIZE|KNEX|PRISMA)';

/** Names by which applications are told their database, and what of its secret each one is. */
const DATABASE_VARIABLES: readonly (readonly [pattern: RegExp, template: (engine: DatabaseEngine) => string])[] = [
  [
    new RegExp(`^(?:\\w+_)?${PREFIX}_?(?:URL|URI|DSN|CONNECTION|CONNECTION_STRING|CONNECTION_URL)$`),
    (engine) => `${SCHEMES[engine]}://{username}:{password}@{host}:{port}/{dbname}`,
  ],
  [new RegExp(`^${PREFIX}_?HOST(?:NAME)?$`), () => '{host}'],
  [new RegExp(`^${PREFIX}_?PORT$`), () => '{port}'],
  [new RegExp(`^${PREFIX}_?USER(?:NAME)?$`), () => '{username}'],
  [new RegExp(`^${PREFIX}_?PASS(?:WORD|WD)?$`), () => '{password}'],
  [new RegExp(`^${PREFIX}_?(?:DATABASE|DB|NAME|DB_NAME|DATABASE_NAME)$`), () => '{dbname}'],
];

const SCHEMES: Readonly<Record<DatabaseEngine, string>> = { postgres: 'postgresql', mysql: 'mysql' };

const databaseTemplate = (name: string, engine: DatabaseEngine): string | undefined =>
  DATABASE_VARIABLES.find(([pattern]) => pattern.test(name))?.[1](engine);
