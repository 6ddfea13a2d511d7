import { groupBy } from '../lib/group.ts';
import { placeKey } from '../lib/place.ts';
import type { CallSyntax } from '../model/file-syntax.ts';
import type { ModuleId } from '../model/ids.ts';
import type { SourceLocation } from '../model/location.ts';
import type { ProgramQueries } from '../model/program.ts';

/** Whether what is called at a place is a parameter of the function that calls it. */
export type IsParameterCall = (at: SourceLocation) => boolean;

/**
 * A helper that calls its parameter was seen by start-up evaluation to run what start-up passed. A request passes its
 * own callback, which is reached from where it is passed.
 */
export function createIsParameterCall(program: ProgramQueries): IsParameterCall {
  const known = new Map<ModuleId, ReadonlyMap<string, readonly CallSyntax[]>>();
  const callsOf = (file: ModuleId): ReadonlyMap<string, readonly CallSyntax[]> => {
    const calls = known.get(file) ?? groupBy(namedCalls(program, file), ({ span }) => placeKey(program.location(file, span.start)));
    known.set(file, calls);
    return calls;
  };
  return (at) =>
    callsOf(at.file)
      .get(placeKey(at))
      ?.some((call) => isOfParameter(program, at.file, call)) ?? false;
}

const namedCalls = (program: ProgramQueries, file: ModuleId): readonly CallSyntax[] =>
  program.module(file)?.syntax.calls.filter(({ callee }) => callee.kind === 'name') ?? [];

function isOfParameter(program: ProgramQueries, file: ModuleId, { owner, callee }: CallSyntax): boolean {
  if (callee.kind !== 'name') return false;
  const referent = program.resolveName(file, owner, callee.name, callee.span.start);
  if (referent.kind !== 'symbol') return false;
  const found = program.declaration(referent.symbol);
  const declaration = found?.module.syntax.declarations[found.index];
  return declaration?.kind === 'parameter' && declaration.parent === owner;
}
