import { rootPackage } from '../../../src/lib/package-name.ts';

/** Packages whose objects run SQL or queries of their own against a database. */
const databasePackages: ReadonlySet<string> = new Set([
  '@libsql/client',
  '@neondatabase/serverless',
  '@planetscale/database',
  '@prisma/client',
  '@vercel/postgres',
  'better-sqlite3',
  'db-migrate',
  'db-migrate-base',
  'drizzle-orm',
  'knex',
  'mariadb',
  'mssql',
  'mysql',
  'mysql2',
  'node:sqlite',
  'oracledb',
  'pg',
  'pg-pool',
  'pg-promise',
  'postgres',
  'slonik',
  'sqlite',
  'sqlite3',
  'tedious',
]);

/** Whether a package, with or without subpath (`mysql2/promise`), is a database client. */
export const isDatabasePackage = (name: string): boolean => databasePackages.has(unscoped(rootPackage(name)));

/** Whether clients of a package run one statement after the other, over one connection. */
export const hasOneConnection = (name: string): boolean => unscoped(rootPackage(name)) === 'better-sqlite3';

const errorFirst: ReadonlySet<string> = new Set(['mariadb', 'mssql', 'mysql', 'mysql2']);

/** Whether callbacks of a package's clients are given an error first, and no client. */
export const givesErrorFirst = (name: string): boolean => errorFirst.has(unscoped(rootPackage(name)));

/** `slonik` for `@company/slonik`: a fork is called as what it is a fork of. */
export const unscoped = (root: string): string => {
  const last = root.split('/').at(-1) ?? root;
  return databasePackages.has(root) || !databasePackages.has(last) ? root : last;
};

/** Whether something of a package is Prisma's: of its own package, or of a client that was generated under another name. */
export const isPrisma = ({ package: name, path }: { readonly package: string; readonly path: readonly string[] }): boolean =>
  /(?:^|\/)(?:@prisma\/client|\.prisma\/client|prisma-client)(?:\/|$)/.test(name) ||
  path.some((one) => one === 'PrismaClient' || one === 'Prisma');
