import type { SymbolId } from '../../../src/model/ids.ts';
import { type CallSite, type Declared, declared, valueAt } from '../flow/code-value.ts';
import { givenTo } from './held-expressions.ts';
import { findMember } from './held-members.ts';
import { bind, type ClassHeld, type Context, classHeld, instanceOf, NO_CONTEXT, NOTHING_BOUND, type Open } from './held-value.ts';
import type { HeldValues } from './held-values.ts';

/** A context in which code may run, and where what it does then is to be told. */
export interface Situation {
  readonly context: Context;
  /** The call that hands in what the code does not know by itself; the code's own place when absent. */
  readonly caller?: CallSite;
  /** The class for whose instances it holds, when that is not the class around. */
  readonly receiver?: SymbolId;
  /** What the code's context is when that of the caller is another. */
  readonly derive?: (callers: Context) => Context;
  /** Calls gone up so far. */
  readonly depth: number;
}

const HIGHEST = 4;

/** The situation in which code is looked at first: `this` is the class around it. */
export function ownSituation(e: HeldValues, { module, call }: CallSite): Situation {
  const around = e.classes.around(module, call.owner);
  return { context: around === undefined ? NO_CONTEXT : { self: instanceOf(classHeld(around.symbol)), bound: NOTHING_BOUND }, depth: 0 };
}

/** Situations that know a parameter: those of subclasses and constructions, and of calls of the function. */
export function situationsFor(e: HeldValues, site: CallSite, open: Open, from: Situation): readonly Situation[] {
  const owner = from.depth >= HIGHEST ? undefined : ownerOf(e, open);
  if (owner === undefined) return [];
  const place = from.caller ?? site;
  // The parameters of a function that makes classes are known where those are extended.
  const made = owner.declaration.kind === 'class' ? owner : madeBy(e, place, owner);
  if (made !== undefined && from.receiver !== undefined) return [];
  const found =
    made !== undefined ? ofClass(e, place, made) : e.flow.callsOf(owner.symbol).flatMap((caller) => callSituations(e, caller, owner));
  return found.map((one) => seenFrom(from, one));
}

function madeBy(e: HeldValues, { module, call }: CallSite, owner: Declared): Declared | undefined {
  const around = e.classes.around(module, call.owner);
  return around?.module === owner.module && around.declaration.parent === owner.index ? around : undefined;
}

/** The situation of the code itself, where `found` is one of the call that leads to it. */
function seenFrom(from: Situation, found: Situation): Situation {
  const { derive } = from;
  const caller = found.caller ?? from.caller;
  const receiver = found.receiver ?? from.receiver;
  const inner = found.derive;
  const through = derive === undefined ? inner : inner === undefined ? derive : (context: Context) => derive(inner(context));
  return {
    context: derive === undefined ? found.context : derive(found.context),
    ...(caller === undefined ? {} : { caller }),
    ...(receiver === undefined ? {} : { receiver }),
    ...(through === undefined ? {} : { derive: through }),
    depth: from.depth + 1,
  };
}

/** The function or class that has the parameter; of a constructor, its class. */
function ownerOf(e: HeldValues, { symbol, name }: Open): Declared | undefined {
  const found = declared(e.program, symbol);
  if (found === undefined || name !== undefined) return found;
  const parent = e.program.parentOf(symbol);
  const owner = parent === undefined ? undefined : declared(e.program, parent);
  if (owner?.declaration.kind !== 'constructor') return owner;
  const around = e.program.parentOf(owner.symbol);
  return around === undefined ? undefined : declared(e.program, around);
}

function ofClass(e: HeldValues, site: CallSite, owner: Declared): readonly Situation[] {
  const below = e.hierarchy.descendantsOf(owner.symbol).filter(({ declaration }) => declaration.isAbstract !== true);
  const subclasses = below.flatMap((one): readonly Situation[] => {
    const self = instanceOf(classHeld(one.symbol));
    return inherits(e, self, site) ? [{ context: selfContext(e, self, site), receiver: one.symbol, depth: 1 }] : [];
  });
  const made = e.flow
    .callsOf(owner.symbol)
    .concat(constructorCalls(e, owner))
    .flatMap((caller): readonly Situation[] => {
      if (caller.call.kind !== 'new') return [];
      const own = ownSituation(e, caller);
      return e
        .of(valueAt(caller, { kind: 'call', call: caller.index, span: caller.call.span }), own.context)
        .flatMap((held): readonly Situation[] =>
          held.kind === 'instance' && held.symbol === owner.symbol ? [{ context: { self: held, bound: held.bound }, depth: 1 }] : [],
        );
    });
  return [...subclasses, ...uniqueContexts(made)];
}

const constructorCalls = (e: HeldValues, owner: Declared): readonly CallSite[] => {
  const found = e.classes.constructorOf(owner.symbol);
  return found === undefined ? [] : e.flow.callsOf(found.symbol);
};

const uniqueContexts = (situations: readonly Situation[]): readonly Situation[] => [
  ...new Map(situations.map((one) => [one.context.self?.bound.key ?? '', one])).values(),
];

/** `this` is the subclass; names in the code of the base class stand for what the subclass gives to it. */
function selfContext(e: HeldValues, self: ClassHeld, site: CallSite): Context {
  const method = methodAround(e, site);
  const found = method === undefined ? undefined : findMember(e, self, method.declaration.binding ?? '');
  const holder = found !== undefined && 'holder' in found && found.member.symbol === method?.symbol ? found.holder : undefined;
  return holder === undefined ? holderContext(e, self, site) : { self, bound: holder.bound };
}

function holderContext(e: HeldValues, self: ClassHeld, site: CallSite): Context {
  const around = e.classes.around(site.module, site.call.owner);
  const chain = around === undefined ? undefined : e.hierarchy.chainOf(self).find(({ symbol }) => symbol === around.symbol);
  return { self, bound: chain?.bound ?? NOTHING_BOUND };
}

/** Whether a subclass runs this code: it does not override the method, or calls it with `super`. */
function inherits(e: HeldValues, self: ClassHeld, site: CallSite): boolean {
  const method = methodAround(e, site);
  const name = method?.declaration.binding;
  if (method === undefined || name === undefined) return true;
  const found = findMember(e, self, name);
  if (found === undefined || !('member' in found) || found.member.symbol === method.symbol) return true;
  const { module, index } = found.member;
  return module.syntax.calls.some(
    ({ callee, owner }) =>
      callee.kind === 'member' && callee.object.kind === 'super' && callee.property === name && isWithin(module, owner, index),
  );
}

function isWithin(module: CallSite['module'], owner: number, around: number): boolean {
  for (let index = owner; index > 0; index = module.syntax.declarations[index]?.parent ?? -1) if (index === around) return true;
  return false;
}

function methodAround(e: HeldValues, { module, call }: CallSite): Declared | undefined {
  const { declarations } = module.syntax;
  for (let index = call.owner; index > 0; index = declarations[index]?.parent ?? -1) {
    const parent = declarations[index]?.parent ?? -1;
    if (declarations[parent]?.kind === 'class') return declared(e.program, e.program.symbolAt(module.id, index));
  }
  return undefined;
}

/** What a function is given by one of its calls, told at that call. */
function callSituations(e: HeldValues, caller: CallSite, owner: Declared): readonly Situation[] {
  const derive = (callers: Context): Context => {
    const { callee } = caller.call;
    const receivers = callee.kind === 'member' ? e.of(valueAt(caller, callee.object), callers) : [];
    const self = receivers.find((held): held is ClassHeld => (held.kind === 'instance' || held.kind === 'class') && isOwn(e, held, owner));
    const around = e.classes.around(owner.module, owner.index);
    const holder =
      self === undefined || around === undefined ? undefined : e.hierarchy.chainOf(self).find(({ symbol }) => symbol === around.symbol);
    return { ...(self === undefined ? {} : { self }), bound: bind(holder?.bound ?? NOTHING_BOUND, givenTo(e, caller, owner, callers)) };
  };
  return [{ context: derive(ownSituation(e, caller).context), caller, derive, depth: 1 }];
}

const isOwn = (e: HeldValues, self: ClassHeld, owner: Declared): boolean => {
  const around = e.classes.around(owner.module, owner.index);
  return around !== undefined && e.hierarchy.ancestorsOf(self.symbol).has(around.symbol);
};
