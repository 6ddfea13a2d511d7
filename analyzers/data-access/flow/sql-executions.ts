import { ownEntry } from '../../../src/lib/own-entry.ts';
import { rootPackage } from '../../../src/lib/package-name.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { isPrismaTag } from './bound-templates.ts';
import type { OriginOf, ReceiverOrigin } from './client-library.ts';
import { bare, type CallSite, type CodeValue, callOf, callSites, valueAt } from './code-value.ts';
import { textsOf } from './constant-text.ts';
import { isDatabasePackage, isPrisma, unscoped } from './database-packages.ts';
import { propertyOf } from './follow-value.ts';
import { type PreparedStatements, preparedStatements } from './prepared-statements.ts';
import { promisedMethod } from './promised-methods.ts';
import { createRunningClients, type RunningClientOf } from './running-clients.ts';
import { isSurelySql, startsStatement } from './statement-start.ts';

/** A call that runs SQL: where the text is, and the object it is run on. */
export interface SqlExecution {
  readonly site: CallSite;
  /** The first argument, or the template with its tag. */
  readonly text: CodeValue;
  readonly client: CodeValue | undefined;
  readonly library: string;
  /** The receiver is known to be a database client; else only the text can tell. */
  readonly isCertain: boolean;
  /** `raw` texts may be pieces of a statement. */
  readonly mayBeFragment: boolean;
}

/** Methods by which clients of SQL databases run a text. */
const runningMethods: ReadonlySet<string> = new Set([
  ...[
    'query',
    'execute',
    'raw',
    'run',
    'all',
    'get',
    'each',
    'exec',
    'prepare',
    'unsafe',
    'runSql',
    'executeSql',
    '$queryRawUnsafe',
    '$executeRawUnsafe',
  ],
  ...['any', 'one', 'none', 'many', 'first', 'oneOrNone', 'manyOrNone', 'maybeOne', 'oneFirst', 'anyFirst', 'manyFirst', 'maybeOneFirst'],
]);
/** Clients with a builder beside: only these of their methods run a text. */
const methodsOfPackage: Readonly<Record<string, ReadonlySet<string>>> = {
  knex: new Set(['raw']),
  'drizzle-orm': new Set(['execute', 'run', 'all', 'get', 'values']),
  mssql: new Set(['query', 'prepare']),
  pg: new Set(['query']),
  '@prisma/client': new Set(['$queryRawUnsafe', '$executeRawUnsafe']),
};
const templateTags: ReadonlySet<string> = new Set([
  'sql',
  'SQL',
  'query',
  '$queryRaw',
  '$executeRaw',
  'unsafe',
  'raw',
  'type',
  'typeAlias',
  'fragment',
]);
/** `map.get(key)` and `Promise.all(jobs)` are most of the calls that are written as a client's, and what they are given is long to follow. */
const languageObjects: ReadonlySet<string> = new Set([
  'Map',
  'WeakMap',
  'Promise',
  'RegExp',
  'String',
  'URLSearchParams',
  'Headers',
  'FormData',
]);
const fragmentNames: ReadonlySet<string> = new Set(['raw', 'fragment']);

/** Calls that run SQL, or may: methods of database clients, and of objects nothing is known of. */
export function* sqlExecutions(program: ProgramQueries, originOf: OriginOf): Iterable<SqlExecution> {
  const prepared = preparedStatements(program);
  const run = new Set<CallSite['call']>();
  for (const site of callSites(program)) {
    if (site.call.kind === 'tagged-template' || prepared.run.has(site.call)) continue;
    const execution = executionAt(program, site, originOf, prepared);
    if (execution === undefined) continue;
    const template = callOf(bare(execution.text));
    if (template?.call.kind === 'tagged-template') run.add(template.call);
    yield execution;
  }
  const runningClientOf = createRunningClients(program, new Set([...runningMethods, '$queryRaw', '$executeRaw']));
  // A template that a client is given to run is no statement of its own.
  for (const site of callSites(program)) {
    if (site.call.kind !== 'tagged-template' || run.has(site.call)) continue;
    const execution = taggedExecution(site, originOf, runningClientOf);
    if (execution !== undefined) yield execution;
  }
}

/** What is prepared counts where it is run. */
function executionAt(program: ProgramQueries, site: CallSite, originOf: OriginOf, { runBy }: PreparedStatements): SqlExecution | undefined {
  const preparation = runBy.get(site.call);
  const execution = calledExecution(program, preparation ?? site, originOf);
  return execution === undefined || preparation === undefined ? execution : { ...execution, site };
}

function calledExecution(program: ProgramQueries, site: CallSite, originOf: OriginOf): SqlExecution | undefined {
  const { callee, kind } = site.call;
  const [first] = site.call.arguments;
  if (kind !== 'call' || callee.kind !== 'member' || first === undefined) return undefined;
  const method = promisedMethod(callee.property);
  if (!runningMethods.has(method)) return undefined;
  if (!mayBeText.has(first.kind) || (!fragmentNames.has(method) && isOtherText(first))) return undefined;
  const client = valueAt(site, callee.object);
  const target = program.resolveExpression(site.module.id, site.call.owner, callee);
  if (target.kind === 'symbol' && target.symbol !== undefined && !isField(program, target.symbol)) return undefined;
  if (target.kind === 'global' && languageObjects.has(target.name.slice(0, target.name.indexOf('.')))) return undefined;
  const origin = originOf(client);
  if (origin.kind === 'program' || !runsText(origin, method)) return undefined;
  return { site, text: valueAt(site, first), client, ...judge(origin), mayBeFragment: fragmentNames.has(method) };
}

/**
 * Calls of the program's own methods that are called as those of clients are, with a text that can hardly be anything but
 * SQL: what such a method does with it may be too much to follow, but what it is for is plain.
 */
export function* handedStatements(program: ProgramQueries): Iterable<SqlExecution> {
  for (const site of callSites(program)) {
    const { callee, kind } = site.call;
    if (kind !== 'call' || callee.kind !== 'member' || !ownMethod.test(callee.property)) continue;
    if (program.resolveExpression(site.module.id, site.call.owner, callee).kind !== 'symbol') continue;
    for (const [position, argument] of site.call.arguments.entries()) {
      const text = textHanded(program, valueAt(site, argument));
      if (text === undefined || !textsOf(program, text).some(({ parts }) => isSurelySql(parts.join('…')))) continue;
      const [first] = site.call.arguments;
      const client = valueAt(site, position > 0 && first !== undefined ? first : callee.object);
      yield { site, text, client, library: 'sql', isCertain: false, mayBeFragment: false };
      break;
    }
  }
}

/** `query`, `executeSql`, `runInShop`. */
const ownMethod = /^(?:(?:query|exec|execute|run)(?:[A-Z]\w*)?|all|one|any|many|none|raw)$/;

/** The text itself, or what stands as `text` or `sql` in an object. */
function textHanded(program: ProgramQueries, value: CodeValue): CodeValue | undefined {
  if (value.expression.kind === 'object') return propertyOf(program, value, 'text') ?? propertyOf(program, value, 'sql');
  return textKinds.has(value.expression.kind) ? value : undefined;
}

const textKinds: ReadonlySet<string> = new Set(['literal', 'template', 'concatenation', 'name']);

const runsText = (origin: ReceiverOrigin, method: string): boolean =>
  origin.kind !== 'package' ||
  (ownEntry(methodsOfPackage, isPrisma(origin) ? '@prisma/client' : rootPackage(origin.package))?.has(method) ?? true);

/** A constant that visibly begins as no statement does: the key of a map, the path of a route. */
function isOtherText(expression: CodeValue['expression']): boolean {
  const start =
    expression.kind === 'literal' ? String(expression.value) : expression.kind === 'template' ? (expression.quasis[0] ?? '') : undefined;
  return start !== undefined && start.trim() !== '' && !startsStatement(start);
}

const mayBeText: ReadonlySet<string> = new Set([
  'literal',
  'template',
  'name',
  'member',
  'call',
  'choice',
  'concatenation',
  'assertion',
  'object',
  'spread',
  'await',
  'index',
]);

/** A member that is declared but not by a function: a client kept in a field. */
function isField(program: ProgramQueries, symbol: Parameters<ProgramQueries['declaration']>[0]): boolean {
  const found = program.declaration(symbol);
  const kind = found?.module.syntax.declarations[found.index]?.kind;
  return kind === 'field' || kind === 'variable' || kind === 'parameter';
}

function taggedExecution(site: CallSite, originOf: OriginOf, runningClientOf: RunningClientOf): SqlExecution | undefined {
  const [template] = site.call.arguments;
  const tag = tagOf(site);
  if (template === undefined || tag === undefined || !templateTags.has(tag.name)) return undefined;
  const receiver = tag.receiver === undefined ? undefined : valueAt(site, tag.receiver);
  const origin: ReceiverOrigin = receiver === undefined ? { kind: 'unknown' } : originOf(receiver);
  const client = (tag.name.startsWith('$') ? undefined : runningClientOf(site)) ?? receiver;
  const text = valueAt(site, { kind: 'call', call: site.index, span: site.call.span });
  const library = tag.name.startsWith('$') || isPrismaTag(site.call.callee) ? { library: 'prisma' } : libraryOfTag(site, originOf);
  return { site, text, client, ...judge(origin), ...library, isCertain: tag.name.startsWith('$'), mayBeFragment: true };
}

/** A tag that is imported by its name says which library it is of. */
function libraryOfTag({ module, call }: CallSite, originOf: OriginOf): { readonly library?: string } {
  const origin = call.callee.kind === 'name' ? originOf({ module, owner: call.owner, expression: call.callee }) : undefined;
  return origin?.kind === 'package' && isDatabasePackage(unscoped(rootPackage(origin.package))) ? { library: judge(origin).library } : {};
}

/** `sql`, `tx.$queryRaw`, and `sql.type(schema)`, whose tag is itself a call. */
function tagOf({ module, call }: CallSite): { readonly name: string; readonly receiver?: CodeValue['expression'] } | undefined {
  const inner = call.callee.kind === 'call' ? module.syntax.calls[call.callee.call]?.callee : call.callee;
  if (inner?.kind === 'name') return { name: inner.name };
  return inner?.kind === 'member' ? { name: inner.property, receiver: inner.object } : undefined;
}

function judge(origin: ReceiverOrigin): Pick<SqlExecution, 'library' | 'isCertain'> {
  if (origin.kind !== 'package') return { library: 'sql', isCertain: false };
  if (isPrisma(origin)) return { library: 'prisma', isCertain: true };
  const root = unscoped(rootPackage(origin.package));
  return { library: ownEntry(libraryNames, root) ?? root, isCertain: isDatabasePackage(root) };
}

const libraryNames: Readonly<Record<string, string>> = { 'pg-pool': 'pg' };
