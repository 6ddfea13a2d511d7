import { fragmentHoles } from './fragment-holes.ts';
import { holeForms, holesIn, type LaidOutText, layOutHoles, withoutHoles } from './lay-out-holes.ts';
import { toPostgresStatements } from './mysql.ts';
import { toPostgresDefinition } from './other-dialects.ts';
import { readAccesses } from './read-accesses.ts';
import { readDefinitions } from './read-definitions.ts';
import { readFunctions } from './read-functions.ts';
import { replaceBackTicks, replacePlaceholders, rewriteCode } from './replace-placeholders.ts';
import type { SqlAccess, SqlParser, SqlReading, SqlStatements, UnknownSqlTable } from './sql-reading.ts';
import { replaceBrackets, withoutSqlServerClauses } from './sql-server.ts';
import { isNode, nodeAt, type SyntaxNode, textAt } from './syntax-node.ts';

/** Loads the grammar of Postgres (about 50 ms) and makes a parser that remembers what it has read. */
export async function createSqlParser(): Promise<SqlParser> {
  const { loadModule, parseSync } = await import('libpg-query');
  await loadModule();
  const parse: Parse = (text) => {
    try {
      return { kind: 'tree', tree: parseSync(text) };
    } catch (error) {
      return readError(error);
    }
  };
  const known = new Map<string, SqlReading>();
  return (input) => {
    const parts = typeof input === 'string' ? [input] : input;
    const key = parts.join('\u0000');
    const reading = known.get(key) ?? readSql(parts, parse);
    known.set(key, reading);
    return reading;
  };
}

type Parse = (text: string) => ParseResult;
type ParseFailure = { readonly kind: 'failure'; readonly message: string; readonly position: number };
type ParseResult = { readonly kind: 'tree'; readonly tree: unknown } | ParseFailure;

/** As written; else with the placeholders and quotes of other drivers; else without what SQL Server, or MySQL and SQLite, write; else as a definition of another dialect. */
function readSql(given: readonly string[], parse: Parse): SqlReading {
  if (given.every((part) => part.trim() === '')) return { kind: 'error', message: 'nothing is constant' };
  const parts = quoteUserTable(given);
  const first = readWithHoles(parts, parse);
  if (first.kind === 'statements') return first;
  for (const rewrite of rewritings) {
    const rewritten = rewriteParts(parts, rewrite);
    const next = rewritten === undefined ? first : readWithHoles(rewritten, parse);
    if (next.kind === 'statements') return next;
  }
  const definition = parts.length === 1 ? toPostgresDefinition(parts[0] ?? '') : undefined;
  const third = definition === undefined ? first : readWithHoles([definition], parse);
  return third.kind === 'statements' ? atStart(third, parts[0] ?? '') : first;
}

/** A definition of another dialect is written anew: it stands where its statement begins. */
const atStart = (reading: SqlStatements, text: string): SqlStatements => ({
  ...reading,
  definitions: reading.definitions.map((definition) => ({ ...definition, offset: skipSpace(text, 0) })),
});

const replaceQuotes = (text: string): string => replaceBrackets(replaceBackTicks(text));
const rewritings: readonly ((text: string) => string)[] = [
  replaceQuotes,
  (text) => withoutSqlServerClauses(replaceQuotes(text)),
  (text) => toPostgresStatements(replaceQuotes(text)),
];

/** `FROM user` is a table, which Postgres takes for who is connected. */
function quoteUserTable(parts: readonly string[]): readonly string[] {
  const text = parts.join(HOLE);
  return namesUserTable.test(text) ? rewriteCode(text, (code) => code.replace(/(?<![.\w"`])user(?![\w"`(])/gi, '"$&"')).split(HOLE) : parts;
}

const namesUserTable = /\b(?:from|join|into|update|table|references)\s+(?:if\s+(?:not\s+)?exists\s+)?user\b(?!\s*[(.]\s*\()/i;

/** Stands for a hole while a text is rewritten whole. */
const HOLE = '\uE000';

/** Literals may run over holes, so the text is rewritten whole; a hole is a private character meanwhile. */
function rewriteParts(parts: readonly string[], rewrite: (text: string) => string): readonly string[] | undefined {
  const text = parts.join(HOLE);
  const quoted = rewrite(text);
  const replaced = replacePlaceholders(quoted) ?? quoted;
  return replaced === text ? undefined : replaced.split(HOLE);
}

/** Tries forms for the holes until the grammar takes the statement, changing the hole at which it stopped. */
function readWithHoles(parts: readonly string[], parse: Parse): SqlReading {
  const forms = parts.slice(1).map(() => 0);
  let failure: ParseFailure | undefined;
  for (let attempt = 0; attempt <= forms.length * holeForms.length; attempt++) {
    const laidOut = layOutHoles(parts, forms);
    const result = parse(laidOut.text);
    if (result.kind === 'tree') return readTree(result.tree, laidOut.text, forms);
    failure ??= result;
    const hole = holeToChange(laidOut, forms, result.position);
    if (hole === undefined) break;
    forms[hole] = (forms[hole] ?? 0) + 1;
  }
  return { kind: 'error', message: (failure?.message ?? 'not SQL').replaceAll(/\$9\d{3}/g, '…') };
}

/** The last hole at or before the place where the grammar stopped that has a form left. */
function holeToChange(laidOut: LaidOutText, forms: readonly number[], position: number): number | undefined {
  const candidates = laidOut.offsets.map((offset, hole) => ({ offset, hole })).filter(({ offset }) => offset <= position);
  return candidates.reverse().find(({ hole }) => (forms[hole] ?? 0) + 1 < holeForms.length)?.hole;
}

function readTree(tree: unknown, text: string, forms: readonly number[]): SqlStatements {
  const statements = isNode(tree) && Array.isArray(tree.stmts) ? tree.stmts.filter(isNode) : [];
  const offsetAt = utf16Offsets(text);
  const accesses = statements.flatMap((statement) => readAccesses(statement.stmt));
  const known = accesses.filter((access) => holesIn(access.table).length === 0);
  const unknown = accesses.filter((access) => holesIn(access.table).length > 0);
  const functions = [...new Set(statements.flatMap((statement) => readFunctions(statement.stmt)))];
  const unknownTables = [
    ...unique(unknown).map(toUnknownTable),
    ...functions.map((name) => toUnknownTable({ table: `${name}()`, operation: 'read' })),
  ];
  const tableHoles = new Set(unknownTables.flatMap((table) => table.holes));
  return {
    kind: 'statements',
    accesses: unique(known),
    unknownTables,
    fragments: [...new Set([...forms.keys()].filter((hole) => (forms[hole] ?? 0) > 1).concat(fragmentHoles(statements)))]
      .filter((hole) => !tableHoles.has(hole))
      .sort((left, right) => left - right),
    definitions: statements.flatMap((statement) => {
      const start = typeof statement.stmt_location === 'number' ? statement.stmt_location : 0;
      return readDefinitions(nodeAt(statement, 'stmt'), skipSpace(text, offsetAt(start)));
    }),
    control: statements.flatMap((statement) => readControl(nodeAt(statement, 'stmt'))),
  };
}

const toUnknownTable = (access: SqlAccess): UnknownSqlTable => ({
  text: withoutHoles(access.table),
  operation: access.operation,
  holes: holesIn(access.table).filter((hole) => hole < 999),
});

const unique = (accesses: readonly SqlAccess[]): readonly SqlAccess[] => [
  ...new Map(accesses.map((access) => [`${access.operation} ${access.table}`, access])).values(),
];

const controlKinds: Readonly<Record<string, 'begin' | 'commit' | 'rollback'>> = {
  TRANS_STMT_BEGIN: 'begin',
  TRANS_STMT_START: 'begin',
  TRANS_STMT_COMMIT: 'commit',
  TRANS_STMT_ROLLBACK: 'rollback',
};

function readControl(statement: SyntaxNode): readonly ('begin' | 'commit' | 'rollback')[] {
  const kind = controlKinds[textAt(nodeAt(statement, 'TransactionStmt'), 'kind') ?? ''];
  return kind === undefined ? [] : [kind];
}

function readError(error: unknown): ParseFailure {
  const message = error instanceof Error ? error.message : String(error);
  const details = isNode(error) && isNode(error.sqlDetails) ? error.sqlDetails : {};
  return { kind: 'failure', message, position: typeof details.cursorPosition === 'number' ? details.cursorPosition : 0 };
}

/** The grammar counts bytes of UTF-8. */
function utf16Offsets(text: string): (bytes: number) => number {
  const encoded = Buffer.from(text, 'utf8');
  return encoded.length === text.length ? (bytes) => bytes : (bytes) => encoded.subarray(0, bytes).toString('utf8').length;
}

/** A statement's place begins after the semicolon: its first word is what a person looks for. */
function skipSpace(text: string, offset: number): number {
  const lead = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/.exec(text.slice(offset));
  return offset + (lead?.[0].length ?? 0);
}
