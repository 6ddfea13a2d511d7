import { ts } from 'ts-morph';
import type { SourceLocation } from '../../model/location.ts';
import type { ModuleSource } from './module-source.ts';
import type { EffectPlace } from './start-up.ts';

type Call = ts.CallExpression | ts.NewExpression;

/** Finds the call that a registration of the boot trace means: in a statement the one at its place, in a chain the link. */
export type LocateCall = (place: EffectPlace) => Call | undefined;

export function createLocateCall(module: ModuleSource): LocateCall {
  const calls: Call[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) calls.push(node);
    ts.forEachChild(node, visit);
  };
  visit(module.file);
  return ({ span, at }) => {
    const inside = calls.filter((call) => call.end <= span.end && call.end > span.start);
    const offset = offsetOf(module, at);
    return (
      inside.find((call) => call.getStart(module.file) === span.start && call.end === span.end) ??
      inside.find((call) => call.end === span.end && isLinkAt(module, call, span.start)) ??
      inside.find((call) => nameStart(module, call) === offset) ??
      // Calls are listed from the outside in: the innermost that begins there is the call itself, not a chain on it.
      inside.findLast((call) => call.getStart(module.file) === offset)
    );
  };
}

function offsetOf(module: ModuleSource, at: SourceLocation): number {
  const lines = module.file.getLineStarts();
  return (lines[at.line - 1] ?? 0) + at.column - 1;
}

const nameStart = (module: ModuleSource, call: Call): number | undefined =>
  ts.isPropertyAccessExpression(call.expression) ? call.expression.name.getStart(module.file) : undefined;

const isLinkAt = (module: ModuleSource, call: Call, start: number): boolean => {
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee)) return false;
  return start >= callee.expression.end && start <= callee.name.getStart(module.file);
};
