import { closure } from '../lib/graph/closure.ts';
import { placeKey } from '../lib/place.ts';
import type { LibraryModel } from '../model/boot-trace.ts';
import { type SymbolId, toModuleId } from '../model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../model/program.ts';
import { callOf } from './library.ts';
import type { Machine } from './machine.ts';
import { settle } from './put-off.ts';
import { UNKNOWN, unknownArguments } from './value.ts';

/**
 * Some applications are made by the first request that needs them: one for each tenant, one that loads slowly. Functions
 * that start-up registered, and from whose code such a place can be reached, are called as a request would; what they
 * make counts as start-up. Each function that makes an application does so once, whatever led there.
 */
export function startLate(machine: Machine, program: ProgramQueries, models: readonly LibraryModel[]): void {
  const makers = unmadeApplications(machine, program, models);
  if (makers.size === 0) return;
  const leading = closure(makers, (symbol) => callersOf(program, symbol));
  const { state } = machine;
  state.late = { makers, made: new Set(), isInside: false };
  for (const registered of [...state.registered]) {
    if (state.late.made.size === makers.size) break;
    if (!leading.has(registered.symbol)) continue;
    const site = { module: registered.module.id, node: registered.node, caller: registered.symbol };
    machine.callFunction(registered, registered.thisValue ?? UNKNOWN, unknownArguments(registered), site);
    state.guards.length = 0;
    settle(machine);
  }
  state.late = undefined;
}

/** Functions that call this one, and those around it. */
function callersOf(program: ProgramQueries, symbol: SymbolId): readonly SymbolId[] {
  const parent = program.parentOf(symbol);
  return [...program.callsTo(symbol).map(({ from }) => from), ...(parent === undefined ? [] : [parent])];
}

/** Functions of sources in which an application would be made, and was not. */
function unmadeApplications(machine: Machine, program: ProgramQueries, models: readonly LibraryModel[]): ReadonlySet<SymbolId> {
  const kinds = new Set(
    models.flatMap(({ objects }) => Object.entries(objects).flatMap(([kind, { members }]) => (listens(members) ? [kind] : []))),
  );
  const packages = new Set(models.filter((model) => makesOne(model, kinds)).flatMap((model) => model.packages));
  const importing = new Set(
    program.program.imports.flatMap(({ from, target, typeOnly }) =>
      !typeOnly && target.kind === 'package' && packages.has(target.package) ? [from] : [],
    ),
  );
  const found = [...importing].sort().flatMap((id) => {
    const module = program.module(toModuleId(id));
    return module?.role === 'source' ? makersIn(machine, program, module, kinds) : [];
  });
  return new Set(found);
}

function makersIn(
  machine: Machine,
  program: ProgramQueries,
  { id, syntax }: ModuleRecord,
  kinds: ReadonlySet<string>,
): readonly SymbolId[] {
  const made = machine.recorder.placesOfObjects(id);
  return syntax.calls.flatMap(({ callee, owner, span }) => {
    if (callee.kind !== 'name' && callee.kind !== 'member') return [];
    const referent = program.resolveExpression(id, owner, callee);
    if (referent.kind !== 'external') return [];
    const model = machine.models.packageRoot(referent.package)?.model;
    const member = model === undefined ? undefined : machine.models.member(model, referent.path);
    const returns = callOf(member)?.returns;
    const isApplication = typeof returns === 'object' && 'object' in returns && kinds.has(returns.object);
    return isApplication && !made.has(placeKey(program.location(id, span.start))) ? [program.symbolAt(id, owner)] : [];
  });
}

const listens = (members: LibraryModel['objects'][string]['members']): boolean =>
  callOf(members.listen)?.records === 'listen' && 'use' in members;

const makesOne = ({ exports }: LibraryModel, kinds: ReadonlySet<string>): boolean =>
  Object.values(exports).some((member) => {
    const returns = callOf(member)?.returns;
    return typeof returns === 'object' && 'object' in returns && kinds.has(returns.object);
  });
