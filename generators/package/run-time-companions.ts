import type { ReachedPackage } from '../../src/generate/slice-closure.ts';
import type { MonolithPackages } from './monolith-packages.ts';

/** Database drivers that query builders and mappers load by the name in their settings. */
const DRIVERS = ['pg', 'pg-native', 'pg-query-stream', 'mysql', 'mysql2', 'mariadb', 'sqlite3', 'better-sqlite3', 'tedious', 'oracledb'];

/** Packages that others load by name at run time, so that no import shows them. */
const loadedByName: ReadonlyMap<string, readonly string[]> = new Map([
  ['knex', DRIVERS],
  ['sequelize', [...DRIVERS, 'pg-hstore']],
  ['typeorm', DRIVERS],
  ['express', ['hbs', 'ejs', 'pug', 'express-handlebars', 'nunjucks', 'eta', 'mustache-express']],
]);

/** Those of them that the monolith's manifest lists beside the package that loads them; what is imported anyway is not repeated. */
export function runTimeCompanions(reached: readonly ReachedPackage[], packages: MonolithPackages): readonly ReachedPackage[] {
  const known = new Set(reached.filter(({ typeOnly }) => !typeOnly).map(({ name }) => name));
  return reached
    .filter(({ typeOnly }) => !typeOnly)
    .flatMap(({ name, importedBy }) => {
      const [importer] = importedBy;
      const listed = importer === undefined ? {} : (packages.manifestOf(importer)?.dependencies ?? {});
      const companions = (loadedByName.get(name) ?? []).filter((each) => Object.hasOwn(listed, each) && !known.has(each));
      for (const each of companions) known.add(each);
      return companions.map((each) => ({ name: each, subpaths: ['.'], importedBy, typeOnly: false }));
    });
}
