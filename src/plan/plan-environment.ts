import { closure } from '../lib/graph/closure.ts';
import { groupBy } from '../lib/group.ts';
import { isSecretName } from '../lib/secret-name.ts';
import { sortedBy } from '../lib/sort.ts';
import type { EnvironmentReadFact } from '../model/fact.ts';
import { type ModuleId, moduleOf, type RouteId, type SymbolId } from '../model/ids.ts';
import type { PlannedVariable } from '../model/migration-plan.ts';
import type { Monolith } from '../model/monolith.ts';

/**
 * Variables that code of the given routes reads: in functions they reach, and at load time in every module that a slice
 * of them loads, the ones that build their chain included; and those that a Prisma schema names, when such a module
 * imports the client. Sorted by name; the first read that gives a default counts.
 */
export function planEnvironment(monolith: Monolith, routes: ReadonlySet<RouteId>): readonly PlannedVariable[] {
  const reach = monolith.reach.filter(({ entryPoint }) => routes.has(entryPoint as RouteId));
  const chain = monolith.routes.filter(({ id }) => routes.has(id)).flatMap(({ statements }) => statements.map(({ file }) => file));
  const loaded = importClosure(monolith, [...chain, ...reach.flatMap(({ modules }) => modules)]);
  const symbols = new Set<SymbolId>([...reach.flatMap((reached) => reached.symbols), ...symbolsRunAtLoad(monolith, loaded)]);
  const readsBySchema = loadsPrismaClient(monolith, loaded);
  const byName = new Map<string, EnvironmentReadFact>();
  for (const read of monolith.environment) {
    const known = byName.get(read.variable);
    const isRead = symbols.has(read.symbol) || (readsBySchema && read.at.file.endsWith('.prisma'));
    if (isRead && (known === undefined || (known.default === undefined && read.default !== undefined))) byName.set(read.variable, read);
  }
  return sortedBy(byName.values(), ({ variable }) => variable).map(toVariable);
}

const toVariable = ({ variable, default: fallback, at }: EnvironmentReadFact): PlannedVariable => ({
  name: variable,
  secret: isSecretName(variable),
  ...(fallback === undefined || isSecretName(variable) ? {} : { default: fallback }),
  at,
});

/** What nobody calls and no route or trigger names runs while its module loads, and so does all that it calls. */
function symbolsRunAtLoad(monolith: Monolith, loaded: ReadonlySet<ModuleId>): ReadonlySet<SymbolId> {
  const handlers = monolith.routes.flatMap(({ handler, chain }) => [handler.symbol, ...chain.flatMap(({ symbol }) => symbol ?? [])]);
  const triggered = monolith.triggers.flatMap(({ handler }) => handler?.symbol ?? []);
  const waiting = new Set<SymbolId>([...handlers, ...triggered, ...monolith.calls.map(({ to }) => to)]);
  const known = [...monolith.environment.map(({ symbol }) => symbol), ...monolith.calls.map(({ from }) => from)];
  const callees = groupBy(monolith.calls, ({ from }) => from);
  return closure(
    known.filter((symbol) => loaded.has(moduleOf(symbol)) && !waiting.has(symbol)),
    (symbol) => (callees.get(symbol) ?? []).map(({ to }) => to),
  );
}

const loadsPrismaClient = ({ modules }: Monolith, loaded: ReadonlySet<ModuleId>): boolean =>
  modules.some(({ id, packages }) => loaded.has(id) && packages.includes('@prisma/client'));

function importClosure({ dependencies }: Monolith, roots: readonly ModuleId[]): ReadonlySet<ModuleId> {
  const imports = groupBy(dependencies, ({ from }) => from);
  return closure(roots, (module) => (imports.get(module) ?? []).flatMap(({ kind, to }) => (kind === 'value' ? [to] : [])));
}
