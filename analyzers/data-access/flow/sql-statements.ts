import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import type { SqlParser, SqlReading, SqlStatements } from '../../../src/model/sql.ts';
import type { CallFlow } from './call-flow.ts';
import { type CallSite, type CodeValue, classAround, type Declared, functionOf, parameterOf, siteLocation } from './code-value.ts';
import { type ConstantText, fillHoles } from './constant-text.ts';
import { followValue } from './follow-value.ts';
import { placedValues } from './placed-values.ts';
import type { SqlExecution } from './sql-executions.ts';
import { createStatementHeads, createTextsIn, passedTo, type StatementHeads, type TextsIn } from './statement-heads.ts';
import { isSurelySql, startsStatement } from './statement-start.ts';

/** SQL that a place of the program runs: not the wrapper that hands the text on, but the code that has it. */
export interface SqlStatementAt {
  readonly site: CallSite;
  readonly client: CodeValue | undefined;
  readonly library: string;
  readonly reading: SqlStatements;
}

/** Text on its way up from the wrapper that runs it to the callers that know it. */
interface Pending extends Omit<SqlExecution, 'text'> {
  readonly text: ConstantText;
  /** Wrappers passed so far. */
  readonly depth: number;
}

/** Longer chains of wrappers are not followed. */
const MOST_WRAPPERS = 6;

/** Makes the reader of executions: it looks for their text at the callers of as many wrappers as hand it on. */
export function createExecutionReader(flow: CallFlow, sql: SqlParser): (execution: SqlExecution) => Iterable<SqlStatementAt | Diagnostic> {
  const textsIn = createTextsIn(flow.program);
  const heads = createStatementHeads(flow, textsIn);
  return function* read(execution) {
    const seen = new Set<string>();
    const partial = new Set<CallSite['call']>();
    const pending: Pending[] = [];
    const add = (one: Pending): void => {
      const key = `${one.site.module.id} ${one.site.index} ${one.text.parts.join('\u0000')}`;
      if (seen.has(key)) return;
      seen.add(key);
      // Of an unknown object's method only a text that begins as a statement counts: most are `map.get(key)`.
      if (one.isCertain || heads.mayBegin(one.text)) pending.push(one);
    };
    for (const text of textsIn(execution.text)) add({ ...execution, text, depth: 0 });
    for (const next of pending) {
      const reading = readText(sql, next);
      if (reading.kind === 'error' && next.text.shorter !== undefined) {
        add({ ...next, text: next.text.shorter });
        continue;
      }
      const deciding = decidingHoles(reading, next.text);
      const parameters = parametersIn(flow.program, deciding);
      if (parameters.length > 0 && next.depth < MOST_WRAPPERS) {
        const lifted = liftToCallers({ flow, textsIn, heads }, next, parameters);
        for (const one of lifted) add(one);
        if (lifted.length === 0 && next.isCertain && reading.kind === 'error') yield uncalled(flow.program, next, parameters);
        if (lifted.length > 0 || reading.kind === 'error') continue;
      }
      const named = reading.kind === 'error' || next.depth >= MOST_WRAPPERS ? [] : liftToInstances(flow, textsIn, next, deciding);
      for (const one of named) add(one);
      if (named.length === 0) yield* withoutRepetition(report(flow.program, next, reading), next.site, partial);
    }
  };
}

/** A `raw` text may be a piece of a statement: then it is read as an expression, and no harm when it is none. */
function readText(sql: SqlParser, { text, mayBeFragment }: Pending): SqlReading {
  const [first = '', ...rest] = text.parts;
  const whole = sql(text.parts);
  if (!mayBeFragment || whole.kind === 'statements' || text.parts.every((part) => part.trim() === '')) return whole;
  const expression = sql([`SELECT ${first}`, ...rest]);
  if (expression.kind === 'statements') return { ...expression, fragments: [] };
  return isSurelySql(text.parts.join('…')) ? whole : noStatement;
}

const noStatement: SqlStatements = { kind: 'statements', accesses: [], unknownTables: [], fragments: [], definitions: [], control: [] };

/** Holes without which the tables are not known: all of them when nothing could be read. */
function decidingHoles(reading: SqlReading, text: ConstantText): readonly CodeValue[] {
  if (reading.kind === 'error') return text.holes;
  return reading.unknownTables.flatMap(({ holes }) => holes.flatMap((hole) => text.holes[hole] ?? []));
}

const parametersIn = (program: ProgramQueries, holes: readonly CodeValue[]): readonly Declared[] =>
  holes.flatMap((hole) => parameterOf(program, hole) ?? []);

interface Lifting {
  readonly flow: CallFlow;
  readonly textsIn: TextsIn;
  readonly heads: StatementHeads;
}

function liftToCallers({ flow, textsIn, heads }: Lifting, pending: Pending, parameters: readonly Declared[]): readonly Pending[] {
  const owner = parameters[0] === undefined ? undefined : functionOf(flow.program, parameters[0]);
  if (owner === undefined) return [];
  const callers = pending.isCertain ? flow.callsOf(owner.symbol) : heads.callersOf(pending.text, owner);
  const lifted = callers.flatMap((site) => {
    const client = clientAt(flow, pending.client, owner, site);
    return textsAt({ flow, textsIn, owner, site }, pending.text).map((text) => ({
      ...pending,
      site,
      text,
      client,
      mayBeFragment: false,
      depth: pending.depth + 1,
    }));
  });
  return owner.declaration.kind === 'constructor' ? keptByInstance(flow, pending, lifted) : lifted;
}

/** Of a statement with several alternatives, that it is only partly known is said once. */
function* withoutRepetition(
  found: Iterable<SqlStatementAt | Diagnostic>,
  { call }: CallSite,
  told: Set<CallSite['call']>,
): Iterable<SqlStatementAt | Diagnostic> {
  for (const one of found) {
    if ('code' in one && one.code === 'partial-query') {
      if (told.has(call)) continue;
      told.add(call);
    }
    yield one;
  }
}

/** `this.table` of a base class, and names that functions give: the place whose code says which table it is. */
function liftToInstances(flow: CallFlow, textsIn: TextsIn, pending: Pending, [hole]: readonly CodeValue[]): readonly Pending[] {
  if (hole === undefined) return [];
  const { placed } = placedValues(flow, pending.site, hole, (value) => {
    const texts = textsIn(value);
    return texts.length > 0 && texts.every(({ holes }) => holes.length === 0) ? texts : undefined;
  });
  return placed.flatMap(({ site, found }) =>
    fillHoles(pending.text, (other) => (isSame(other, hole) ? [found] : undefined)).map((text) => ({
      ...pending,
      site,
      text,
      depth: pending.depth + 1,
    })),
  );
}

/** One expression, or the same member of the same instance. */
const isSame = ({ expression: left }: CodeValue, { expression: right }: CodeValue): boolean =>
  left === right ||
  (left.kind === 'member' &&
    right.kind === 'member' &&
    left.property === right.property &&
    left.object.kind === 'this' &&
    right.object.kind === 'this');

/**
 * What a constructor is given belongs to the method that uses it, when every construction gives the same, or the class
 * around the method does by itself. A base class of several tables stays unknown.
 */
function keptByInstance(flow: CallFlow, pending: Pending, lifted: readonly Pending[]): readonly Pending[] {
  const own = classAround(flow.program, pending.site);
  const ofClass = lifted.filter(({ site }) => own !== undefined && classAround(flow.program, site) === own);
  const texts = new Map((ofClass.length > 0 ? ofClass : lifted).map(({ text }) => [text.parts.join('\u0000'), text]));
  return texts.size === 1 ? [...texts.values()].map((text) => ({ ...pending, text, depth: pending.depth + 1 })) : [];
}

interface Caller {
  readonly flow: CallFlow;
  readonly textsIn: TextsIn;
  readonly owner: Declared;
  readonly site: CallSite;
}

const textsAt = ({ flow, textsIn, owner, site }: Caller, text: ConstantText): readonly ConstantText[] =>
  fillHoles(text, (hole) => {
    const parameter = parameterOf(flow.program, hole);
    if (parameter === undefined || functionOf(flow.program, parameter)?.symbol !== owner.symbol) return undefined;
    const passed = passedTo(flow, site, parameter);
    return passed === undefined ? undefined : textsIn(hole.bound === true ? { ...passed, bound: true } : passed);
  });

/** The client that a caller passes, or the one the wrapper falls back to. */
function clientAt(flow: CallFlow, client: CodeValue | undefined, owner: Declared, site: CallSite): CodeValue | undefined {
  if (client === undefined) return undefined;
  const options = followValue(flow.program, client).map((option) => {
    const parameter = parameterOf(flow.program, option);
    const isOwn = parameter !== undefined && functionOf(flow.program, parameter)?.symbol === owner.symbol;
    return isOwn ? { isOwn, passed: flow.argumentFor(site, parameter) } : { isOwn, passed: option };
  });
  return options.find(({ isOwn, passed }) => isOwn && passed !== undefined)?.passed ?? options.find(({ isOwn }) => !isOwn)?.passed;
}

function* report(program: ProgramQueries, pending: Pending, reading: SqlReading): Iterable<SqlStatementAt | Diagnostic> {
  const { site, client, library, isCertain } = pending;
  const at = siteLocation(program, site);
  const text = excerpt(pending.text);
  if (reading.kind === 'error') {
    if (isCertain || isSurelySql(pending.text.parts.join('…')))
      yield { code: 'unreadable-sql', data: { message: `${reading.message} in ${text}` }, at };
    return;
  }
  if (!isCertain && !startsStatement(pending.text.parts[0] ?? '')) return;
  yield { site, client, library, reading };
  for (const table of reading.unknownTables) yield { code: 'unknown-table', data: { library, text: table.text }, at };
  if (reading.fragments.length > 0) yield { code: 'partial-query', data: { library, text }, at };
}

const uncalled = (program: ProgramQueries, { site }: Pending, parameters: readonly Declared[]): Diagnostic => ({
  code: 'unreadable-sql',
  data: { message: `it comes in as parameter "${parameters[0]?.declaration.binding ?? ''}", and no call that passes it is known` },
  at: siteLocation(program, site),
});

/** One line of the text, holes as `…`. */
function excerpt({ parts }: ConstantText): string {
  const line = parts.join('…').replaceAll(/\s+/g, ' ').trim();
  return line === '' || line === '…' ? 'a text that is computed' : line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
