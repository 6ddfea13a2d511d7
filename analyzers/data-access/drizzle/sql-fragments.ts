import { rootPackage } from '../../../src/lib/package-name.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { SqlAccess, SqlParser } from '../../../src/model/sql.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import { type CallSite, siteLocation, valueAt } from '../flow/code-value.ts';
import { placedValues } from '../flow/placed-values.ts';
import { startsStatement } from '../flow/statement-start.ts';
import type { DrizzleTables } from './tables.ts';

/** What a piece of SQL inside a query does to a table, at the place whose code names it. */
export interface FragmentAccess {
  readonly table: string;
  readonly operation: SqlAccess['operation'];
  readonly place: CallSite;
}

/** Reads a template of the tag that is a piece of a query: `where(sql`exists (select 1 from ${loans})`)`. */
export function* readFragment(
  { flow, tables, sql }: { readonly flow: CallFlow; readonly tables: DrizzleTables; readonly sql: SqlParser },
  site: CallSite,
): Iterable<FragmentAccess | Diagnostic> {
  const [template] = site.call.arguments;
  if (site.call.kind !== 'tagged-template' || !isTag(flow, site)) return;
  const parts = template?.kind === 'template' ? template.quasis : template?.kind === 'literal' ? [String(template.value)] : [];
  const [first = ''] = parts;
  // Of statements only the tables are missing that stand as values in them.
  const isStatement = startsStatement(first);
  if (!parts.some((part) => /\b(?:select|from|join)\b/i.test(part))) return;
  const reading = ['', ...FORMS].map((form) => sql([`${form}${first}`, ...parts.slice(1)])).find(({ kind }) => kind === 'statements');
  const at = siteLocation(flow.program, site);
  if (reading?.kind !== 'statements') {
    const text = parts.join('…').trim();
    if (!isStatement && /\bselect\b/i.test(text)) yield { code: 'partial-query', data: { library: 'drizzle', text }, at };
    return;
  }
  for (const { table, operation } of isStatement ? [] : reading.accesses) yield { table, operation, place: site };
  for (const { text, operation, holes } of reading.unknownTables) {
    const [hole] = holes;
    const value = template?.kind === 'template' && hole !== undefined ? template.expressions[hole] : undefined;
    const { placed } = value === undefined ? { placed: [] } : placedValues(flow, site, valueAt(site, value), tables.recognize);
    for (const { site: place, found } of text === '…' ? placed : []) yield { table: found.table, operation, place };
    if (!isStatement && (text !== '…' || placed.length === 0)) yield { code: 'unknown-table', data: { library: 'drizzle', text }, at };
  }
}

/** What a piece may follow in a statement. */
const FORMS = ['SELECT ', 'SELECT 1 ORDER BY ', 'SELECT 1 '];

function isTag({ program }: CallFlow, { module, call }: CallSite): boolean {
  const tag = call.callee.kind === 'call' ? (module.syntax.calls[call.callee.call]?.callee ?? call.callee) : call.callee;
  const referent = program.resolveExpression(module.id, call.owner, tag);
  return referent.kind === 'external' && rootPackage(referent.package) === 'drizzle-orm' && referent.path.at(-1) === 'sql';
}

/** The call that a template is given to, other than operators: `tx.select().from(books).where(and(…, sql`…`))`. */
export function queryAround({ program }: CallFlow, { module, call }: CallSite): CallSite | undefined {
  const span = module.syntax.declarations[call.owner]?.span ?? call.span;
  const around = program
    .callsWithin(module.id, span)
    .filter((one) => one.callee.kind === 'member' && one.owner === call.owner)
    .filter((one) => one.arguments.some((given) => given.span.start <= call.span.start && call.span.end <= given.span.end))
    .filter(({ callee }) => callee.kind !== 'member' || callee.object.kind !== 'name' || callee.object.name !== 'sql');
  const innermost = around.reduce<(typeof around)[number] | undefined>(
    (found, one) => (found === undefined || one.span.end - one.span.start < found.span.end - found.span.start ? one : found),
    undefined,
  );
  return innermost === undefined ? undefined : { module, index: module.syntax.calls.indexOf(innermost), call: innermost };
}
