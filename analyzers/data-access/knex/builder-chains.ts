import type { CallSyntax, Expression } from '../../../src/model/file-syntax.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import type { OriginOf } from '../flow/client-library.ts';
import { argumentOf, bare, type CallSite, type CodeValue, callOf, declarationOfName, declared } from '../flow/code-value.ts';
import { expressionNames } from '../flow/expression-names.ts';
import { followValue } from '../flow/follow-value.ts';

/** The method of `query[like](…)`: nobody knows which, so its arguments name no table. */
const COMPUTED = '*';

/** One call of a chain; the first may call the client itself: `knex('orders')` has no method. */
export interface ChainCall {
  readonly method: string | undefined;
  readonly site: CallSite;
}

/** `client('orders').where(…).first()`, calls from the inside out. */
export interface BuilderChain {
  /** The outermost call. */
  readonly site: CallSite;
  readonly client: CodeValue;
  readonly calls: readonly ChainCall[];
  /** Table arguments of the chain that this one goes on with, when it changes rows and names no table itself. */
  readonly continued: readonly CodeValue[];
  /** Names of common table expressions that the code around defines: no tables. */
  readonly expressions: ReadonlySet<string>;
}

/** Chains of the query builder: those that begin at a client, and those that go on with a query kept in a variable or passed to a callback. */
export function* builderChains(flow: CallFlow, originOf: OriginOf): Iterable<BuilderChain> {
  for (const module of flow.program.program.modules) {
    if (module.role !== 'source' || !mayQuery(flow.program, module)) continue;
    yield* chainsOf(flow, originOf, module);
  }
}

function* chainsOf(flow: CallFlow, originOf: OriginOf, module: ModuleRecord): Iterable<BuilderChain> {
  const { calls } = module.syntax;
  const inner = new Set(calls.flatMap(({ callee }) => receiverCall(callee) ?? []));
  const expressions = expressionNames(module);
  for (const [index, call] of calls.entries()) {
    if (inner.has(index) || call.kind !== 'call') continue;
    const { links, root } = fromClient(originOf, unroll(module, index, call));
    const site = { module, index, call };
    if (links.some(({ method }) => method === undefined || tableMethods.has(method))) {
      if (isBuilder(flow, originOf, root, links)) yield { site, client: root, calls: links, continued: [], expressions };
    } else if (links.some(({ method }) => method !== undefined && changingMethods.has(method))) {
      const continued = begunBy(flow, originOf, { links, root }, 0);
      if (continued.length > 0) yield { site, client: root, calls: links, continued, expressions };
    }
  }
}

/** Methods that make a query change rows. */
const changingMethods: ReadonlySet<string> = new Set(['insert', 'update', 'increment', 'decrement', 'del', 'delete', 'truncate', 'upsert']);

/** `const query = client('orders'); query.del()` and `this.active().update(…)`: the tables of the chain that began it. */
function begunBy(flow: CallFlow, originOf: OriginOf, { links, root }: Unrolled, depth: number): readonly CodeValue[] {
  const [first] = links;
  if (depth > 4 || first === undefined) return [];
  const begun = [...followValue(flow.program, root), ...returnedBy(flow.program, first.site)];
  return begun.flatMap((value) => {
    const site = callOf(value);
    if (site === undefined) return [];
    const outer = fromClient(originOf, unroll(site.module, site.index, site.call));
    const named = outer.links.filter(({ method }) => method === undefined || mainMethods.has(method));
    if (named.length === 0) return begunBy(flow, originOf, outer, depth + 1);
    return isBuilder(flow, originOf, outer.root, outer.links) ? named.flatMap((link) => argumentOf(link.site, 0) ?? []) : [];
  });
}

function returnedBy(program: ProgramQueries, { module, call }: CallSite): readonly CodeValue[] {
  const referent = program.resolveExpression(module.id, call.owner, call.callee);
  const target = referent.kind === 'symbol' ? declared(program, referent.symbol) : undefined;
  return (target?.declaration.returns?.values ?? []).flatMap((expression) =>
    target === undefined ? [] : followValue(program, { module: target.module, owner: target.index, expression }),
  );
}

/** Methods that name the table a query is about. */
export const mainMethods: ReadonlySet<string> = new Set(['from', 'into', 'table', 'batchInsert']);

/** Methods that name a table. */
export const tableMethods: ReadonlySet<string> = new Set([
  ...['from', 'into', 'table', 'batchInsert', 'join', 'innerJoin', 'leftJoin', 'leftOuterJoin', 'rightJoin', 'rightOuterJoin', 'outerJoin'],
  ...['fullOuterJoin', 'crossJoin'],
]);

/** Methods only a query builder has: what tells a builder when nothing is known of its root. */
const tellingMethods: ReadonlySet<string> = new Set([
  ...['where', 'andWhere', 'whereIn', 'whereNull', 'orderBy', 'returning', 'onConflict', 'insert', 'del', 'first', 'select', 'leftJoin'],
]);

/** Whether a module calls methods of a builder, or a client of knex itself: `await knex('orders')`. */
const mayQuery = (program: ProgramQueries, { id, syntax }: ModuleRecord): boolean =>
  syntax.calls.some(({ callee, owner, kind, arguments: given }) => {
    if (callee.kind === 'member' && (tableMethods.has(callee.property) || tellingMethods.has(callee.property))) return true;
    if (kind !== 'call' || given.length !== 1 || (callee.kind !== 'name' && callee.kind !== 'member')) return false;
    const client = program.typeOfExpression(id, owner, callee);
    return client.kind === 'external-instance' && client.package === 'knex';
  });

function receiverCall(callee: Expression): number | undefined {
  const object = callee.kind === 'member' || callee.kind === 'index' ? unwrapped(callee.object) : undefined;
  return object?.kind === 'call' ? object.call : undefined;
}

const unwrapped = (expression: Expression): Expression => (expression.kind === 'assertion' ? unwrapped(expression.value) : expression);

export interface Unrolled {
  readonly links: readonly ChainCall[];
  readonly root: CodeValue;
}

/** The calls of a chain from the inside out, and what it begins at. */
export function unroll(module: ModuleRecord, index: number, call: CallSyntax): Unrolled {
  const links: ChainCall[] = [];
  let current: { readonly index: number; readonly call: CallSyntax } = { index, call };
  for (;;) {
    const { callee, owner } = current.call;
    const site = { module, ...current };
    links.unshift({ method: callee.kind === 'member' ? callee.property : callee.kind === 'index' ? COMPUTED : undefined, site });
    if (callee.kind !== 'member' && callee.kind !== 'index') return { links, root: bare({ module, owner, expression: callee }) };
    const object = unwrapped(callee.object);
    const next = object.kind === 'call' ? module.syntax.calls[object.call] : undefined;
    if (object.kind !== 'call' || next === undefined) return { links, root: bare({ module, owner, expression: object }) };
    current = { index: object.call, call: next };
  }
}

/** `this.db('orders')` calls a client that is itself a member, no method of `this`. */
function fromClient(originOf: OriginOf, unrolled: Unrolled): Unrolled {
  const [first, ...rest] = unrolled.links;
  const callee = first?.site.call.callee;
  if (first === undefined || callee?.kind !== 'member' || tellingMethods.has(callee.property) || tableMethods.has(callee.property))
    return unrolled;
  const client = { ...unrolled.root, expression: callee };
  if (!isKnex(originOf(client)) || isKnex(originOf(unrolled.root))) return unrolled;
  return { links: [{ ...first, method: undefined }, ...rest], root: client };
}

const isKnex = (origin: ReturnType<OriginOf>): boolean => origin.kind === 'package' && origin.package === 'knex';

function isBuilder(flow: CallFlow, originOf: OriginOf, root: CodeValue, links: readonly ChainCall[]): boolean {
  // `knex.schema` changes tables, not what stands in them.
  if (root.expression.kind === 'member' && root.expression.property === 'schema') return false;
  const origin = originOf(root);
  if (origin.kind === 'package') return isKnex(origin) && !(links[0]?.method === undefined && isFactory(flow.program, root));
  if (origin.kind === 'program' || !links.some(({ method }) => method !== undefined && tellingMethods.has(method))) return false;
  return links[0]?.method === undefined ? calledWithName(links[0]) : isCallbackParameter(flow.program, root);
}

/** `knex({ client: 'pg' })`, where `knex` is the package itself: makes a client. */
const isFactory = (program: ProgramQueries, { module, owner, expression }: CodeValue): boolean =>
  program.resolveExpression(module.id, owner, expression).kind === 'external';

const calledWithName = (first: ChainCall | undefined): boolean => {
  const [name, ...others] = first?.site.call.arguments ?? [];
  return name !== undefined && others.length === 0 && name.kind !== 'function' && name.kind !== 'object';
};

/** `(query) => query.from('orders')`, passed to a builder. */
function isCallbackParameter(program: ProgramQueries, root: CodeValue): boolean {
  const found = declarationOfName(program, root);
  const around = found === undefined ? undefined : found.module.syntax.declarations[found.declaration.parent];
  const call = around?.passedTo === undefined ? undefined : found?.module.syntax.calls[around.passedTo.call];
  return found?.declaration.kind === 'parameter' && call?.callee.kind === 'member' && builderCallbacks.has(call.callee.property);
}

const builderCallbacks: ReadonlySet<string> = new Set([
  'with',
  'withRecursive',
  'where',
  'whereIn',
  'whereNotIn',
  'whereExists',
  'from',
  'join',
  'modify',
  'union',
  'unionAll',
  'select',
]);
