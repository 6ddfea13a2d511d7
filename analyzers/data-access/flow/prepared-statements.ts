import type { CallSyntax, Expression } from '../../../src/model/file-syntax.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { bare, type CallSite, type CodeValue, callOf, callSites, classAround, declared, valueAt } from './code-value.ts';
import { followValue } from './follow-value.ts';

/** Statements that are prepared at one place and run at others. */
export interface PreparedStatements {
  /** The call that prepared what a call runs: `db.prepare('…')` for `insert.run(title)`. */
  readonly runBy: ReadonlyMap<CallSyntax, CallSite>;
  /** Preparations whose runs are known. */
  readonly run: ReadonlySet<CallSyntax>;
}

const running: ReadonlySet<string> = new Set(['run', 'all', 'get', 'iterate', 'execute', 'each']);

export function preparedStatements(program: ProgramQueries): PreparedStatements {
  const runBy = new Map<CallSyntax, CallSite>();
  const sites = callSites(program);
  // Values are followed only where something is prepared at all: methods called `get` are everywhere.
  if (!sites.some(({ call: { callee } }) => callee.kind === 'member' && callee.property === 'prepare')) return { runBy, run: new Set() };
  for (const site of sites) {
    const { callee, kind } = site.call;
    if (kind !== 'call' || callee.kind !== 'member' || !running.has(callee.property) || callee.object.kind === 'this') continue;
    const values = fieldValues(program, site, callee.object) ?? followValue(program, valueAt(site, callee.object));
    const [preparation, ...others] = values.flatMap((value) => callOf(bare(value)) ?? []);
    const made = preparation?.call.callee;
    if (preparation === undefined || others.length > 0 || made?.kind !== 'member' || made.property !== 'prepare') continue;
    runBy.set(site.call, preparation);
  }
  return { runBy, run: new Set([...runBy.values()].map(({ call }) => call)) };
}

/** What a field of the class around is made with: `this.insert`, whatever the type of its statement. */
function fieldValues(program: ProgramQueries, site: CallSite, receiver: Expression): readonly CodeValue[] | undefined {
  const around = receiver.kind === 'member' && receiver.object.kind === 'this' ? classAround(program, site) : undefined;
  if (around === undefined || receiver.kind !== 'member') return undefined;
  return program.childrenOf(around).flatMap((symbol) => {
    const { module, declaration } = declared(program, symbol) ?? {};
    const { initializer, initializerOwner, parent } = declaration ?? {};
    if (module === undefined || parent === undefined || initializer === undefined || declaration?.binding !== receiver.property) return [];
    return [{ module, owner: initializerOwner ?? parent, expression: initializer }];
  });
}
