import { groupBy } from '../lib/group.ts';
import type { StateFact, TableAccessFact } from '../model/fact.ts';
import { moduleOf, type SymbolId } from '../model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../model/program.ts';
import type { SymbolReach } from './symbol-reach.ts';

export interface ConfirmInput {
  readonly program: ProgramQueries;
  readonly state: readonly StateFact[];
  readonly accesses: readonly TableAccessFact[];
  readonly reach: SymbolReach;
}

/**
 * Takes the proof from a cache whose readers do more than read: answers kept so that an order is not placed twice look
 * like a read-through cache, and emptying them would place it again.
 */
export function confirmReadThrough({ program, state, accesses, reach }: ConfirmInput): readonly StateFact[] {
  if (state.every(({ readThrough }) => readThrough === undefined)) return state;
  const writing = new Set(accesses.filter(({ operation }) => operation !== 'read').map(({ symbol }) => symbol));
  const sending = createSends(program);
  return state.map((fact) => {
    if (fact.readThrough === undefined) return fact;
    const reached = [...reach(fact.readThrough.readers)];
    if (!reached.some((symbol) => writing.has(symbol) || sending(symbol))) return fact;
    const { readThrough: _refuted, ...rest } = fact;
    return rest;
  });
}

/** Methods of packages that change something outside. */
const SENDING = /^(?:post|put|patch|send|sendMail|sendMessage|publish|emit|produce|enqueue|charge|writeFile|writeFileSync|appendFile)$/;

/** Whether a function's own code calls such a method. */
function createSends(program: ProgramQueries): (symbol: SymbolId) => boolean {
  const callsOf = (module: ModuleRecord) => groupBy(module.syntax.calls, ({ owner }) => owner);
  const known = new Map<ModuleRecord, ReturnType<typeof callsOf>>();
  return (symbol) => {
    const found = program.declaration(symbol);
    if (found === undefined) return false;
    const calls = known.get(found.module) ?? callsOf(found.module);
    known.set(found.module, calls);
    return (calls.get(found.index) ?? []).some((call) => {
      if (call.callee.kind !== 'member' || !SENDING.test(call.callee.property)) return false;
      const { kind } = program.resolveExpression(moduleOf(symbol), call.owner, call.callee);
      return kind === 'external' || kind === 'external-instance';
    });
  };
}
