import type { DeclarationKind } from '../model/file-syntax.ts';
import type { SymbolId } from '../model/ids.ts';
import type { ProgramQueries } from '../model/program.ts';

const FARTHEST = 2;
const FUNCTIONS: ReadonlySet<DeclarationKind> = new Set(['function', 'method', 'arrow', 'object-member', 'field']);

/** Functions that do something in their own code, that of functions inside them, or of what they call, a few calls deep. */
export function doersOf<Done>(program: ProgramQueries, own: Iterable<readonly [SymbolId, Done]>): ReadonlyMap<SymbolId, Done> {
  const known = new Map<SymbolId, Done>();
  let found = withFunctionsAround(program, own, known);
  for (let depth = 0; depth < FARTHEST; depth += 1) {
    const callers = found.flatMap(([symbol, done]) =>
      program.callsTo(symbol).flatMap(({ from, kind }) => (kind === 'call' ? [[from, done] as const] : [])),
    );
    found = withFunctionsAround(program, callers, known);
  }
  return known;
}

/** Adds functions that are not known yet, and those in which they stand; gives those that it added. */
function withFunctionsAround<Done>(
  program: ProgramQueries,
  found: Iterable<readonly [SymbolId, Done]>,
  known: Map<SymbolId, Done>,
): readonly (readonly [SymbolId, Done])[] {
  const added: (readonly [SymbolId, Done])[] = [];
  for (const [symbol, done] of found)
    for (
      let around: SymbolId | undefined = symbol;
      around !== undefined && isFunction(program, around);
      around = program.parentOf(around)
    ) {
      if (known.has(around)) continue;
      known.set(around, done);
      added.push([around, done]);
    }
  return added;
}

function isFunction(program: ProgramQueries, symbol: SymbolId): boolean {
  const found = program.declaration(symbol);
  const kind = found?.module.syntax.declarations[found.index]?.kind;
  return kind !== undefined && FUNCTIONS.has(kind);
}
