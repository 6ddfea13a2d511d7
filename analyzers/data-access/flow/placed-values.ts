import type { SymbolId } from '../../../src/model/ids.ts';
import { type CallFlow, callbackCalls } from './call-flow.ts';
import {
  classesOf,
  constructedWith,
  type InstanceCall,
  instanceCalls,
  isOfClass,
  memberOfInstance,
  methodAround,
} from './class-instances.ts';
import {
  argumentOf,
  bare,
  type CallSite,
  type CodeValue,
  callOf,
  type Declared,
  declared,
  functionOf,
  parameterOf,
  valueAt,
} from './code-value.ts';
import { followValue } from './follow-value.ts';

/** Something a value was found to be, and the place whose code decides that it is. */
export interface Placed<T> {
  readonly site: CallSite;
  readonly found: T;
}

/** A value, and the calls whose functions were looked into to see it, the innermost first. */
export interface SeenValue extends CodeValue {
  readonly within?: readonly EnteredCall[];
}

/** Parameters of the function are what this call passes. */
interface EnteredCall {
  readonly call: CallSite;
  readonly target: SymbolId;
}

export interface PlacedValues<T> {
  readonly placed: readonly Placed<T>[];
  /** Values that nothing is known of, as far as they were followed, and the places that use or give them. */
  readonly open: readonly Placed<CodeValue>[];
}

/** What a value is, for those that a reader knows: `undefined` for one to be followed further. */
export type Recognize<T> = (value: SeenValue) => readonly T[] | undefined;

/** Functions, classes and calls are not followed further: code that hands a value on so often is generated or recursive. */
const FARTHEST = 10;

/**
 * What the value used at a place may be. It is followed through names, functions that return it and members of instances;
 * where callers decide (a parameter, a member of a base class), the place is theirs: the call that names the value's source.
 */
export function placedValues<T>(flow: CallFlow, site: CallSite, value: SeenValue, recognize: Recognize<T>): PlacedValues<T> {
  const placed = new Map<string, { readonly site: CallSite; readonly found: Set<T> }>();
  const open: Placed<CodeValue>[] = [];
  const search: Search<T> = {
    flow,
    recognize,
    seen: new Set(),
    place(at, found) {
      const key = `${at.module.id} ${at.index}`;
      placed.set(key, { site: at, found: (placed.get(key)?.found ?? new Set<T>()).add(found) });
    },
    leave: (at, left) => open.push({ site: at, found: left }),
  };
  follow(search, { site, value, depth: 0 });
  return { placed: [...placed.values()].flatMap(({ site: at, found }) => [...found].map((one) => ({ site: at, found: one }))), open };
}

/** What a call is given: of a parameter of the method around it, what the call that decides passes, where that calls the method. */
export function argumentSeenFrom(flow: CallFlow, site: CallSite, place: CallSite, position: number): CodeValue | undefined {
  const value = argumentOf(site, position);
  const parameter = value === undefined ? undefined : parameterOf(flow.program, value);
  const around = parameter === undefined ? undefined : functionOf(flow.program, parameter);
  const isCaller = around !== undefined && flow.callsOf(around.symbol).some((call) => isSameCall(call, place));
  return parameter === undefined || !isCaller ? value : flow.argumentFor(place, parameter);
}

export const isSameCall = (left: CallSite, right: CallSite): boolean => left.module.id === right.module.id && left.index === right.index;

interface Search<T> {
  readonly flow: CallFlow;
  readonly recognize: Recognize<T>;
  readonly seen: Set<string>;
  place(site: CallSite, found: T): void;
  leave(site: CallSite, value: CodeValue): void;
}

interface Step {
  readonly site: CallSite;
  readonly value: SeenValue;
  readonly depth: number;
  /** The class whose instance `this` is at the value, where a call tells. */
  readonly class?: SymbolId;
}

function follow<T>(search: Search<T>, { site, value, depth, class: of }: Step): void {
  const { module, expression } = value;
  const [entered] = value.within ?? [];
  const way = `${of ?? ''} ${entered === undefined ? '' : `${entered.call.module.id} ${entered.call.index}`}`;
  const key = `${site.module.id} ${site.index} ${module.id} ${expression.span.start} ${expression.span.end} ${way}`;
  if (search.seen.has(key)) return;
  search.seen.add(key);
  const early = search.recognize(value);
  for (const found of early ?? []) search.place(site, found);
  if (early !== undefined) return;
  for (const source of followValue(search.flow.program, value).map((one) => seenFrom(value, one))) {
    const known = search.recognize(source);
    for (const found of known ?? []) search.place(site, found);
    if (known !== undefined) continue;
    const step: Step = { site, value: source, depth, ...(of === undefined ? {} : { class: of }) };
    const next = depth > FARTHEST ? undefined : (throughOther(search.flow, step, value) ?? nextSteps(search.flow, step));
    if (next === undefined) search.leave(site, source);
    else for (const one of next) follow(search, one);
  }
}

const seenFrom = ({ within }: SeenValue, value: CodeValue): SeenValue => (within === undefined ? value : { ...value, within });

/** `store.shelf`: what another object holds is told by its class, where the value comes to no more than that member. */
function throughOther(flow: CallFlow, step: Step, value: CodeValue): readonly Step[] | undefined {
  const { expression } = bare(value);
  if (step.class !== undefined || expression.kind !== 'member' || expression.object.kind === 'this') return undefined;
  if (step.value.expression.kind !== 'member' && !isGivenToConstructor(flow, step.value)) return undefined;
  const steps = classesOf(flow, { ...value, expression: expression.object }).flatMap((of) =>
    memberOfInstance(flow, of, expression.property).map((held) => ({ ...step, value: held, depth: step.depth + 1, class: of })),
  );
  return steps.length === 0 ? undefined : steps;
}

function isGivenToConstructor({ program }: CallFlow, value: CodeValue): boolean {
  const parameter = parameterOf(program, value);
  return parameter !== undefined && functionOf(program, parameter)?.declaration.kind === 'constructor';
}

function nextSteps(flow: CallFlow, step: Step): readonly Step[] | undefined {
  return throughReturns(flow, step) ?? throughParameter(flow, step) ?? throughMember(flow, step);
}

/** `repository()` is what the function returns; of its parameters, what this call passes. */
function throughReturns(flow: CallFlow, step: Step): readonly Step[] | undefined {
  const call = callOf(step.value);
  if (call === undefined) return undefined;
  const referent = flow.program.resolveExpression(call.module.id, call.call.owner, call.call.callee);
  const target = referent.kind === 'symbol' ? declared(flow.program, referent.symbol) : undefined;
  const values = target?.declaration.returns?.values ?? [];
  if (target === undefined || values.length === 0) return undefined;
  const { within = [] } = step.value;
  return values.flatMap((expression): readonly Step[] => {
    const returned = { module: target.module, owner: target.index, expression };
    const parameter = parameterOf(flow.program, returned);
    const isOwn = parameter !== undefined && functionOf(flow.program, parameter)?.symbol === target.symbol;
    const passed = isOwn ? flow.argumentFor(call, parameter) : undefined;
    const value =
      passed === undefined ? { ...returned, within: [{ call, target: target.symbol }, ...within] } : seenFrom(step.value, passed);
    return [{ ...step, value, depth: step.depth + 1 }];
  });
}

/** What callers pass is known at their place; of a function that an outer one makes, at the calls of what it made. */
function throughParameter(flow: CallFlow, step: Step): readonly Step[] | undefined {
  const parameter = parameterOf(flow.program, step.value);
  const owner = parameter === undefined ? undefined : functionOf(flow.program, parameter);
  if (parameter === undefined || owner === undefined) return undefined;
  const { within = [] } = step.value;
  const entered = within.findIndex(({ target }) => target === owner.symbol);
  if (entered >= 0) return passedBy(flow, step, { parameter, within: within.slice(entered) });
  if (owner.declaration.kind === 'constructor') return throughInstance(flow, step, (of) => constructedWith(flow, of, parameter));
  const made = madeInside(flow, step.site, owner);
  const calls = made === undefined ? callsOf(flow, owner) : callsOf(flow, made).flatMap((site) => makingCalls(flow, site, owner));
  const steps = calls.flatMap(({ site, making }): readonly Step[] => {
    const passed = flow.argumentFor(making, parameter);
    return passed === undefined ? [] : [{ site, value: passed, depth: step.depth + 1 }];
  });
  return steps.length === 0 ? undefined : steps;
}

/** What a call that was entered passes: where it leaves the parameter out, nothing is known. */
function passedBy(
  flow: CallFlow,
  step: Step,
  { parameter, within }: { readonly parameter: Declared; readonly within: readonly EnteredCall[] },
): readonly Step[] | undefined {
  const [entered, ...outer] = within;
  const passed = entered === undefined ? undefined : flow.argumentFor(entered.call, parameter);
  return passed === undefined ? undefined : [{ ...step, value: { ...passed, within: outer }, depth: step.depth + 1 }];
}

interface MakingCall {
  readonly site: CallSite;
  /** The call that gives the argument: the site itself, or the one that made the function called there. */
  readonly making: CallSite;
}

const callsOf = (flow: CallFlow, { symbol, ...rest }: Declared): readonly (CallSite & MakingCall)[] =>
  [...flow.callsOf(symbol), ...callbackCalls(flow, { symbol, ...rest })].map((site) => ({ ...site, site, making: site }));

/** The outermost function between the place and the function around it that is no callback: it is called on its own. */
function madeInside({ program }: CallFlow, { module, call }: CallSite, outer: Declared): Declared | undefined {
  if (module.id !== outer.module.id) return undefined;
  const { declarations } = module.syntax;
  let made: Declared | undefined;
  for (let index = call.owner; index > 0 && index !== outer.index; index = declarations[index]?.parent ?? -1) {
    const declaration = declarations[index];
    const isFunction = declaration !== undefined && functionKinds.has(declaration.kind);
    if (isFunction && declaration.passedTo === undefined) made = declared(program, program.symbolAt(module.id, index));
  }
  return made;
}

const functionKinds: ReadonlySet<string> = new Set(['function', 'arrow', 'method', 'object-member']);

/** `const find = createFinder(books)`: the call that made what is called, or the object whose member is. */
function makingCalls(flow: CallFlow, site: CallSite & MakingCall, outer: Declared): readonly MakingCall[] {
  const { callee } = site.call;
  const values = callee.kind === 'member' ? [valueAt(site, callee), valueAt(site, callee.object)] : [valueAt(site, callee)];
  const calls = values.flatMap((value) => followValue(flow.program, value)).flatMap((value) => callOf(value) ?? []);
  return calls.flatMap((making) => {
    const referent = flow.program.resolveExpression(making.module.id, making.call.owner, making.call.callee);
    return referent.kind === 'symbol' && referent.symbol === outer.symbol ? [{ site: site.site, making }] : [];
  });
}

/** `this.model`, which a class further down gives. */
function throughMember(flow: CallFlow, step: Step): readonly Step[] | undefined {
  const { expression } = step.value;
  const call = callOf(step.value);
  const member = call === undefined ? expression : call.call.callee;
  if (member.kind !== 'member' || member.object.kind !== 'this') return undefined;
  return throughInstance(flow, step, (of) => memberOfInstance(flow, of, member.property));
}

/** The calls that say whose instance the code runs on, and what that instance holds. */
function throughInstance(flow: CallFlow, step: Step, valuesIn: (of: SymbolId) => readonly CodeValue[]): readonly Step[] | undefined {
  const { site, depth } = step;
  if (step.class !== undefined) {
    const of = step.class;
    const values = valuesIn(of).filter((value) => value.expression !== step.value.expression);
    return values.length === 0 ? undefined : values.map((value) => ({ site, value, depth: depth + 1, class: of }));
  }
  const steps = decidingCalls(flow, site, valuesIn, 0).flatMap(({ site: at, class: of }) =>
    valuesIn(of).map((value): Step => ({ site: at, value, depth: depth + 1, class: of })),
  );
  return steps.length === 0 ? undefined : steps;
}

/** Calls from outside the base class, or from a class that knows the value itself; the place itself where its own class does. */
function decidingCalls(
  flow: CallFlow,
  site: CallSite,
  valuesIn: (of: SymbolId) => readonly CodeValue[],
  depth: number,
): readonly Pick<InstanceCall, 'site' | 'class'>[] {
  const method = methodAround(flow.program, site);
  const own = method === undefined ? undefined : flow.program.parentOf(method.symbol);
  if (method === undefined || own === undefined || depth > FARTHEST) return [];
  if (valuesIn(own).length > 0) return [{ site, class: own }];
  return instanceCalls(flow, method).flatMap((call) => {
    if (valuesIn(call.class).length > 0) return [call];
    if (call.isOwn) return decidingCalls(flow, call.site, valuesIn, depth + 1);
    const classes = flow.classesBelow(call.class).filter((one) => valuesIn(one).length > 0 && isOfClass(flow.program, one, own));
    return classes.map((one) => ({ site: call.site, class: one }));
  });
}
