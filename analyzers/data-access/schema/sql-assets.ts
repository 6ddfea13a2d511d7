import type { AssetText } from '../../../src/analyze/analyzer.ts';
import { groupBy } from '../../../src/lib/group.ts';
import { lineStartsOf } from '../../../src/lib/line-starts.ts';
import { placeOf } from '../../../src/lib/place.ts';
import { sortedBy } from '../../../src/lib/sort.ts';
import { splitStatements } from '../../../src/lib/sql/split-statements.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { ModuleId } from '../../../src/model/ids.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import type { SqlParser } from '../../../src/model/sql.ts';
import type { PlacedDefinition } from './table-history.ts';

export interface SqlAssets {
  readonly definitions: readonly PlacedDefinition[];
  readonly diagnostics: readonly Unreadable[];
}

/** Changes of the schema in the `.sql` files; files and sections that undo a migration are left out. */
export function readSqlAssets(sql: SqlParser, assets: ReadonlyMap<ModuleId, AssetText>): SqlAssets {
  const found = [...assets].flatMap(([path, { kind, text }]) =>
    kind !== 'sql' || undoingFile.test(path) ? [] : [readAsset(sql, path, withoutUndoing(text))],
  );
  return {
    definitions: found.flatMap(({ definitions }) => definitions),
    diagnostics: groupByFolder(found.flatMap(({ diagnostics }) => diagnostics)),
  };
}

type Unreadable = Extract<Diagnostic, { code: 'unreadable-sql' }>;

/** Migrations for another database fail one after the other for one reason: told once for each folder, where it begins. */
function groupByFolder(diagnostics: readonly Unreadable[]): readonly Unreadable[] {
  return [...groupBy(diagnostics, ({ at }) => folderOf(at?.file ?? ''))].flatMap(([folder, found]): readonly Unreadable[] => {
    const [first] = sortedBy(found, ({ at }) => `${at?.file}\0${String(at?.line).padStart(7, '0')}`);
    if (first === undefined || found.length === 1) return found;
    return [{ ...first, data: { ...first.data, folder, statements: found.length } }];
  });
}

/** The folder of a set of migrations: of `migrations/2024-01_init/migration.sql` the outer one. */
function folderOf(file: string): string {
  const folders = file.split('/').slice(0, -1);
  const outer = folders.findIndex((name) => /migration/i.test(name));
  return (outer === -1 ? folders : folders.slice(0, outer + 1)).join('/') || '.';
}

/** `2_down.sql`, `002.undo.books.sql` (postgrator), `U2__books.sql` (Flyway), `down/2.sql`. */
const undoingFile = /(?:^|[./_-])(?:down|undo|rollback)\.(?:[^/.]+\.)?sql$|(?:^|\/)U\d[\d._]*__[^/]*$|(?:^|\/)down\//i;
const undoingSection = /^--\s*(?:migrate:down|\+goose down|\+migrate down|@?(?:down|undo|rollback))\b[\s\S]*/im;
const withoutUndoing = (text: string): string => text.replace(undoingSection, '');

/** The whole file at once; when that fails, statement by statement, so that one of another dialect hides only itself. */
function readAsset(sql: SqlParser, file: ModuleId, text: string): SqlAssets {
  const lineStarts = lineStartsOf(text);
  const at = (offset: number): SourceLocation => ({ file, ...placeOf(lineStarts, offset) });
  const whole = sql(text);
  if (whole.kind === 'statements')
    return { definitions: whole.definitions.map((definition) => ({ definition, at: at(definition.offset) })), diagnostics: [] };
  const definitions: PlacedDefinition[] = [];
  const diagnostics: Unreadable[] = [];
  for (const statement of splitStatements(text)) {
    const reading = sql(statement.text);
    if (reading.kind === 'error') {
      if (definesTable.test(statement.text))
        diagnostics.push({ code: 'unreadable-sql', data: { message: reading.message }, at: at(statement.offset) });
      continue;
    }
    for (const definition of reading.definitions) definitions.push({ definition, at: at(statement.offset + definition.offset) });
  }
  return { definitions, diagnostics };
}

/** What else cannot be read in a script (commands of the shell, data) says nothing of the schema. */
const definesTable = /\b(?:create|alter)\s+table\b/i;
