import type { CallSyntax, Expression } from '../../../src/model/file-syntax.ts';
import type { Span } from '../../../src/model/location.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';
import { functionCode } from '../routing/function-code.ts';

const ANSWERS: ReadonlySet<string> = new Set(['json', 'send', 'redirect', 'render']);
const STATUSES: ReadonlySet<string> = new Set(['status', 'sendStatus', 'writeHead', 'code']);

/** Whether a piece of code, or a function that it calls, answers a request with anything but a refusal. */
export function answers(program: ProgramQueries, module: ModuleRecord, span: Span): boolean {
  const calls = module.syntax.calls.filter((call) => span.start <= call.span.start && call.span.end <= span.end);
  if (isAnswered(module, calls)) return true;
  if (calls.some((call) => isRefusal(call))) return false;
  return calls.some(({ callee, owner }) => {
    const referent = callee.kind === 'name' ? program.resolveExpression(module.id, owner, callee) : undefined;
    const code = referent?.kind === 'symbol' ? functionCode(program, referent.symbol) : undefined;
    return code !== undefined && isAnswered(code.module, code.calls);
  });
}

/** A status that stands by itself (`response.status(405); response.json(…)`) is that of what follows. */
function isAnswered({ syntax: { calls: all } }: ModuleRecord, calls: readonly CallSyntax[]): boolean {
  const chained = new Set(calls.flatMap(({ callee }) => objectOf(all, callee) ?? []));
  if (calls.some((call) => isRefusal(call) && !chained.has(call))) return false;
  return calls.some(({ callee }) => callee.kind === 'member' && ANSWERS.has(callee.property) && !isRefused(all, callee));
}

function isRefused(all: readonly CallSyntax[], callee: Expression): boolean {
  const inner = objectOf(all, callee);
  return inner !== undefined && (isRefusal(inner) || isRefused(all, inner.callee));
}

const objectOf = (all: readonly CallSyntax[], callee: Expression): CallSyntax | undefined =>
  callee.kind === 'member' && callee.object.kind === 'call' ? all[callee.object.call] : undefined;

function isRefusal({ callee, arguments: [status] }: CallSyntax): boolean {
  const isStatus = callee.kind === 'member' && STATUSES.has(callee.property);
  return isStatus && status?.kind === 'literal' && typeof status.value === 'number' && status.value >= 400;
}
