import { rewriteCode } from './replace-placeholders.ts';
import { splitStatements } from './split-statements.ts';

/**
 * What MySQL and SQLite write otherwise than Postgres in statements that read or change rows, as far as it matters to which
 * tables they touch and how. Every hole of the text stays where it is.
 */
export function toPostgresStatements(text: string): string {
  const statements = splitStatements(text).map(({ text: one }) => one);
  const rewritten = statements.map(toPostgresStatement);
  return rewritten.every((one, index) => one === statements[index]) ? text : rewritten.join(';\n');
}

const toPostgresStatement = (text: string): string =>
  withNames(quoteReserved(text), (marked) => withoutEnd(replacing(acrossTables(rewriteCode(marked, plainCode)))));

/** Quoted names are code, too, which rules may look across: their quotes are a private character meanwhile. */
const withNames = (text: string, rewrite: (marked: string) => string): string =>
  rewrite(
    text.replaceAll(/'(?:[^']|'')*'|"([\w$]+)"/g, (all, name?: string) => (name === undefined ? all : `\uE001${name}\uE001`)),
  ).replaceAll('\uE001', '"');

/** A column may be called so where it ends no `CASE`. */
const quoteReserved = (text: string): string =>
  /\bcase\b/i.test(text) ? text : rewriteCode(text, (code) => code.replace(/(?<![."\w])end(?![\w"(])/gi, '"end"'));

/** Clauses and operators of other names. */
const rules: readonly (readonly [RegExp, string])[] = [
  // Modifiers, hints and locks.
  [
    /\b(insert|update|delete|replace)\s+(?:(?:low_priority|high_priority|delayed|quick|ignore|or\s+(?:ignore|abort|fail|rollback))\s+)+/gi,
    '$1 ',
  ],
  [/\b(?:use|force|ignore)\s+(?:index|key)\s*(?:for\s+(?:join|order\s+by|group\s+by)\s*)?\([^()]*\)/gi, ' '],
  [/\b(?:not\s+indexed|indexed\s+by\s+[\uE001\w]+)/gi, ' '],
  [/\block\s+in\s+share\s+mode\b/gi, 'for share'],
  [/\bstraight_join\b/gi, 'join'],
  // What an insertion does where the row is there, and rows that are given as one value.
  [/\bon\s+duplicate\s+key\s+update\b/gi, 'on conflict (banyan_key) do update set'],
  [/(?<=[=(,+*/-]\s*)values\s*\(\s*([\uE001A-Za-z_][\w.\uE001]*)\s*\)/gi, 'excluded.$1'],
  [/\b(into\s+[\w.\uE001\uE000]+\s*)\bset\b/gi, '$1 select'],
  [/\bvalues\s+(\?|:\w+)(?!\s*\()/gi, 'values ($1)'],
  [/\bset\s+\?(?!\?)/gi, 'set banyan_value = ?'],
  [/\blimit\s+([^\s,;()]+)\s*,\s*([^\s,;()]+)/gi, 'limit $2 offset $1'],
  // Operators and functions.
  [
    /\binterval\s+([\w$?.:\uE000-]+|\([^()]*\))\s+(microsecond|second|minute|hour|day|week|month|quarter|year)(?:_\w+)?\b/gi,
    "($1 * interval '1')",
  ],
  [/\bseparator\b/gi, '||'],
  [/\bmatch\s*\(([^()]*)\)\s*against\s*\(/gi, 'banyan_match($1) and ('],
  [/\bin\s+(?:boolean|natural\s+language)\s+mode\b|\bwith\s+query\s+expansion\b/gi, ' '],
  [/\bnot\s+(?:regexp|rlike|glob)\b/gi, '!~'],
  [/\b(?:regexp|rlike|glob|match)\b(?!\s*\()/gi, '~'],
  [/(?<=[\w)\uE001]\s+)div(?=\s+[\w(\uE001?$:])/gi, '/'],
  [/\bbinary\s+(?=[\uE001\w?:])/gi, ' '],
  [/:=/g, '='],
];

const plainCode = (code: string): string => rules.reduce((text, [pattern, plain]) => text.replace(pattern, plain), code);

/** `REPLACE INTO books …`, `INSERT OR REPLACE INTO books …`: an insertion that may meet a row. */
function replacing(text: string): string {
  const head = /^\s*(?:replace|insert\s+or\s+replace)\s+(?:into\s+)?/i;
  if (!head.test(text)) return text;
  const inserted = text.replace(head, 'insert into ').replace(/\b(into\s+[\w.\uE001\uE000]+\s*)\bset\b/i, '$1 select');
  const returned = inserted.search(/\breturning\b/i);
  const end = returned < 0 ? inserted.length : returned;
  return `${inserted.slice(0, end)} on conflict do nothing ${inserted.slice(end)}`;
}

/** `UPDATE … ORDER BY … LIMIT 1`: which rows first, and how many. */
const withoutEnd = (text: string): string =>
  /^\s*(?:update|delete)\b/i.test(text) ? text.replace(/(?:\s+order\s+by\s+[\w\s.,\uE001]+?)?\s+limit\s+[^\s;()]+\s*$/i, ' ') : text;

/** Statements that change rows of one table, and choose them by joins with others. */
function acrossTables(text: string): string {
  const update = /^\s*update\s+(?<tables>[\s\S]+?)\s+set\s+(?<rest>[\s\S]*)$/i.exec(text)?.groups;
  const updated = update === undefined ? undefined : joinedTables(update.tables ?? '');
  if (updated !== undefined)
    return `with banyan_rows as (select 1 from ${updated.others}) update ${updated.first} set ${update?.rest ?? ''}`;
  const removal = /^\s*delete\s+(?!from\b)(?<targets>[\w.,\uE001*\s]+?)\s+from\s+(?<tables>[\s\S]+?)(?<rest>\s+where\b[\s\S]*)?$/i.exec(
    text,
  )?.groups;
  const isRepeated = removal?.targets?.includes(',') === true;
  // A hole may stand only once.
  if (removal === undefined || (isRepeated && text.includes('\uE000'))) return text;
  const tables = removal.tables ?? '';
  const targets = (removal.targets ?? '').split(',').map((one) => tableCalled(tables, one.trim().replace(/\.\*$/, '')));
  const from = joinedTables(tables);
  const using = from === undefined || targets.every((one) => one !== from.first) ? tables : from.others;
  return targets.map((table) => `delete from ${table} using ${using}${removal.rest ?? ''}`).join('; ');
}

/** The first of joined tables, without its alias, and what the others give. */
function joinedTables(text: string): { readonly first: string; readonly others: string } | undefined {
  const found =
    /^\s*(?<first>[\w.\uE001\uE000]+)(?:\s+(?:as\s+)?(?!(?:inner|left|right|cross|natural|join)\b)[\uE001\w]+)?\s*(?<others>(?:,|\b(?:inner\s+|left\s+(?:outer\s+)?|right\s+(?:outer\s+)?|cross\s+|natural\s+)?join\b)[\s\S]*)$/i.exec(
      text,
    )?.groups;
  return found === undefined ? undefined : { first: found.first ?? '', others: `(select 1) banyan_one ${found.others ?? ''}` };
}

/** The table that an alias stands for. */
function tableCalled(tables: string, name: string): string {
  const alias = name.replaceAll('\uE001', '');
  if (!/^\w+$/.test(alias)) return name;
  const found = new RegExp(`(?:^|,|\\bjoin\\b)\\s*([\\w.\\uE001\\uE000]+)\\s+(?:as\\s+)?\\uE001?${alias}\\uE001?(?![\\w.])`, 'i').exec(
    tables,
  )?.[1];
  return found ?? name;
}
