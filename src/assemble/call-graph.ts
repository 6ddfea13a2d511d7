import { compareText } from '../lib/sort.ts';
import type { BootTrace } from '../model/boot-trace.ts';
import type { CallEdge, Program } from '../model/program.ts';

/** The linked call graph and the calls that only start-up evaluation resolves, sorted by caller and place. */
export function joinCallGraph(program: Program, trace: BootTrace): readonly CallEdge[] {
  const callers = new Set(trace.calls.map(({ from }) => from));
  const known = new Set(program.calls.filter(({ from }) => callers.has(from)).map(keyOf));
  const added = new Map<string, CallEdge>();
  for (const { from, to, at } of trace.calls) {
    const edge: CallEdge = { from, to, at, kind: 'call', provenance: 'boot' };
    if (!known.has(keyOf(edge))) added.set(keyOf(edge), edge);
  }
  return [...program.calls, ...added.values()].sort(compareEdges);
}

const keyOf = ({ from, to, at }: CallEdge): string => `${from} ${to} ${at.file} ${at.line} ${at.column}`;

const compareEdges = (left: CallEdge, right: CallEdge): number =>
  compareText(left.from, right.from) ||
  compareText(left.at.file, right.at.file) ||
  left.at.line - right.at.line ||
  left.at.column - right.at.column ||
  compareText(left.to, right.to) ||
  compareText(left.kind, right.kind);
