import { replaceBackTicks } from './replace-placeholders.ts';
import { splitStatements } from './split-statements.ts';
import { replaceBrackets } from './sql-server.ts';

/**
 * One `CREATE TABLE` or `ALTER TABLE` of MySQL, SQLite or SQL Server as Postgres would write what it says of tables,
 * columns and foreign keys; storage options, indexes, comments and character sets are left out. `undefined` for any
 * other statement.
 */
export function toPostgresDefinition(text: string): string | undefined {
  if (splitStatements(text).length !== 1) return undefined;
  const quoted = replaceBrackets(replaceBackTicks(withoutComments(text)));
  const create = /^\s*create\s+(?:temporary\s+)?table\s+(?:if\s+not\s+exists\s+)?(?<table>[^\s(]+)\s*\(/i.exec(quoted);
  if (create?.groups !== undefined) return createTable(create.groups.table ?? '', quoted.slice(create[0].length));
  const alter = /^\s*alter\s+(?:ignore\s+)?table\s+(?<table>[^\s(]+)\s+(?<clauses>[\s\S]*)$/i.exec(quoted);
  return alter?.groups === undefined ? undefined : alterTable(alter.groups.table ?? '', alter.groups.clauses ?? '');
}

function createTable(table: string, body: string): string {
  const kept = splitList(body)
    .filter((item) => !isIndex.test(item))
    .map(plainColumn);
  return `CREATE TABLE ${table} (${kept.join(', ')})`;
}

function alterTable(table: string, clauses: string): string {
  const kept = splitList(clauses).flatMap(alteration);
  // A change that touches no column is none of the schema that is read.
  return `ALTER TABLE ${table} ${kept.length === 0 ? 'SET LOGGED' : kept.join(', ')}`;
}

function alteration(clause: string): readonly string[] {
  const change = /^change\s+(?:column\s+)?(?<from>"[^"]*"|\w+)\s+(?<to>[\s\S]*)$/i.exec(clause)?.groups;
  if (change !== undefined) return [`DROP COLUMN ${change.from}`, `ADD COLUMN ${plainColumn(change.to ?? '')}`];
  const added = /^add\s+(?:column\s+)?(?<what>[\s\S]*)$/i.exec(clause)?.groups?.what;
  if (added !== undefined) {
    if (isIndex.test(added)) return [];
    if (/^(?:constraint|foreign|primary|unique|check)\b/i.test(added)) return [`ADD ${plainColumn(added)}`];
    const several = /^\((?<columns>[\s\S]*)$/.exec(added)?.groups?.columns;
    return (several === undefined ? [added] : splitList(several)).map((column) => `ADD COLUMN ${plainColumn(column)}`);
  }
  const dropped = /^drop\s+(?:column\s+)?(?<column>"[^"]*"|\w+)\s*(?:restrict|cascade)?$/i.exec(clause)?.groups?.column;
  if (dropped !== undefined) return [`DROP COLUMN ${dropped}`];
  return /^rename\s+(?:to|as|column)\b/i.test(clause) ? [clause.replace(/^rename\s+as\b/i, 'RENAME TO')] : [];
}

/** Indexes are no columns; a constraint that is an index too may have prefix lengths, which no other grammar takes. */
const isIndex =
  /^(?:constraint\s+(?:"[^"]*"|\w+)?\s*)?(?:(?:unique|fulltext|spatial)\s+(?:index|key)\b|(?:unique|primary\s+key)\s*(?:"[^"]*"\s*)?\(|(?:index|key)\s+(?:"|\w+\s*\(|\())/i;

/** `INT(11)`, `FLOAT(7,4)`: how wide numbers are shown. */
const sizedNumber = /\b((?:tiny|small|medium|big)?int(?:eger)?|float|double|real|bool(?:ean)?)\s*\(\s*\d+\s*(?:,\s*\d+\s*)?\)/gi;

/** Names of columns that only Postgres reserves. */
const reserved =
  /^(all|analy[sz]e|any|array|asymmetric|both|do|end|freeze|ilike|initially|offset|only|placing|some|symmetric|user|variadic|verbose)(?=\s)/i;

/** Words that other dialects put behind a column and Postgres does not know. */
const plainColumn = (column: string): string =>
  column
    .replace(/\b(?:enum|set)\s*\((?:\s*'(?:[^']|'')*'\s*,?)+\)/gi, 'text')
    .replace(sizedNumber, '$1')
    .replace(/\bdouble\b(?!\s+precision)/gi, 'float8')
    .replace(reserved, '"$1"')
    .replace(/\bcomment\s+'(?:[^']|'')*'/gi, '')
    .replace(/\bon\s+update\s+(?:current_timestamp|now)\s*(?:\(\s*\d*\s*\))?/gi, '')
    .replace(/\b(?:character\s+set|charset|collate)\s+"?\w+"?/gi, '')
    .replace(/\b(?:unsigned|zerofill|auto_?increment|identity\s*\(\s*\d+\s*,\s*\d+\s*\)|virtual|invisible|visible)\b/gi, '')
    .replace(/\bafter\s+(?:"[^"]*"|\w+)\s*$|\bfirst\s*$/i, '')
    .trim();

const withoutComments = (text: string): string =>
  text.replace(/('(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`)|--[^\n]*|\/\*[\s\S]*?\*\//g, (_all, literal?: string) => literal ?? ' ');

/** Items at the outermost level, up to the parenthesis that closes the list or the end. */
function splitList(text: string): readonly string[] {
  const items: string[] = [];
  let start = 0;
  let depth = 0;
  let end = text.length;
  for (const { 0: token, index } of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[(),;]/g)) {
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    if (depth < 0 || (token === ';' && depth === 0)) {
      end = index;
      break;
    }
    if (token === ',' && depth === 0) {
      items.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...items, text.slice(start, end)].map((item) => item.trim()).filter((item) => item !== '');
}
