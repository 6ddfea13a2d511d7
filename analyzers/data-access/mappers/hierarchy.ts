import { groupBy } from '../../../src/lib/group.ts';
import { remember } from '../../../src/lib/remember.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ModuleRecord } from '../../../src/model/program.ts';
import { type CallSite, callSites, type Declared } from '../flow/code-value.ts';
import { baseOf } from './class-chain.ts';
import { type ClassHeld, classHeld } from './held-value.ts';
import type { HeldValues, Hierarchy } from './held-values.ts';
import { referentOfType } from './type-referent.ts';

export function createHierarchy(values: () => HeldValues): Hierarchy {
  const ancestorsOf = remember((symbol: SymbolId): ReadonlySet<SymbolId> => {
    const found = new Set<SymbolId>([symbol]);
    const start = classHeld(symbol);
    for (let holder: ClassHeld = start; ; ) {
      const base = baseOf(values(), start, holder);
      if (base === undefined || base.kind === 'library' || found.has(base.symbol)) return found;
      found.add(base.symbol);
      holder = base;
    }
  });
  const byAncestor = remember((_all: undefined) => {
    const below = new Map<SymbolId, Declared[]>();
    for (const one of values().classes.all) {
      if (one.declaration.extends === undefined) continue;
      for (const ancestor of ancestorsOf(one.symbol))
        if (ancestor !== one.symbol) {
          const known = below.get(ancestor);
          if (known === undefined) below.set(ancestor, [one]);
          else known.push(one);
        }
    }
    return below;
  });
  const byInterface = remember((_all: undefined) => {
    const { program, classes } = values();
    const implementing = classes.all.flatMap((one) =>
      (one.declaration.implements ?? []).flatMap((type) => {
        const named = type.kind === 'reference' ? referentOfType(program, one, type.name) : undefined;
        return named?.kind === 'symbol' ? [{ one, named: named.symbol }] : [];
      }),
    );
    return groupBy(
      implementing,
      ({ named }) => named,
      ({ one }) => one,
    );
  });
  const methods = remember((module: ModuleRecord) => {
    const byFunction = new Map<number, CallSite>();
    for (const [index, call] of module.syntax.calls.entries())
      for (const argument of call.arguments)
        if (argument.kind === 'object')
          for (const { value } of argument.properties)
            if (value.kind === 'function') byFunction.set(value.declaration, { module, index, call });
    return byFunction;
  });
  const bound = remember((_all: undefined) => {
    const { program } = values();
    const found = [...callSites(program)].flatMap((site) => {
      const { callee, owner } = site.call;
      if (callee.kind !== 'member' || !binding.has(callee.property)) return [];
      const referent = program.resolveExpression(site.module.id, owner, callee.object);
      return referent.kind === 'symbol' ? [{ symbol: referent.symbol, site }] : [];
    });
    return groupBy(
      found,
      ({ symbol }) => symbol,
      ({ site }) => site,
    );
  });
  return {
    ancestorsOf,
    chainOf: (held) => chainFrom(values(), held),
    descendantsOf: (symbol) => byAncestor(undefined).get(symbol) ?? [],
    implementersOf: (symbol) => byInterface(undefined).get(symbol) ?? [],
    callWithMethod: (module, declaration) => methods(module).get(declaration),
    bindingsOf: (symbol) => bound(undefined).get(symbol) ?? [],
  };
}

/** Methods of functions whose first argument is `this`. */
const binding: ReadonlySet<string> = new Set(['bind', 'call', 'apply']);

function chainFrom(e: HeldValues, start: ClassHeld): readonly ClassHeld[] {
  const chain = [start];
  for (let holder = start; chain.length < 24; ) {
    const base = baseOf(e, start, holder);
    if (base === undefined || base.kind === 'library') break;
    chain.push(base);
    holder = base;
  }
  return chain;
}
