import { groupBy } from '../../../src/lib/group.ts';
import { placeKey } from '../../../src/lib/place.ts';
import { once, remember } from '../../../src/lib/remember.ts';
import { compareText } from '../../../src/lib/sort.ts';
import type { BootTrace } from '../../../src/model/boot-trace.ts';
import { nameOf, type SymbolId } from '../../../src/model/ids.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';
import { argumentOf, type CallSite, type CodeValue, type Declared, declarationOfName, declared, functionOf } from './code-value.ts';
import { alongPath, followValue } from './follow-value.ts';

/** Where the values of parameters come from: the calls of their function, through callbacks too. */
export interface CallFlow {
  readonly program: ProgramQueries;
  /** Known calls of a function of the program. */
  callsOf(symbol: SymbolId): readonly CallSite[];
  /** What a call gives to a parameter of the function it calls; undefined when it leaves it out. */
  argumentFor(site: CallSite, parameter: Declared): CodeValue | undefined;
  /** Everything that known calls pass for a parameter, and whether one of them leaves it out. */
  sourcesOf(parameter: Declared): ParameterSources;
  /** Calls, inside the same file, whose callee is a parameter: `work(client)`. */
  callsOfParameters(module: ModuleRecord): readonly ParameterCall[];
  /** Classes that extend a class or implement an interface, at any distance; sorted. */
  classesBelow(symbol: SymbolId): readonly SymbolId[];
}

export interface ParameterSources {
  readonly values: readonly CodeValue[];
  readonly isOmitted: boolean;
}

export interface ParameterCall {
  readonly site: CallSite;
  readonly parameter: Declared;
}

export function createCallFlow(program: ProgramQueries, trace: BootTrace): CallFlow {
  const findCall = createCallFinder(program);
  const bootCalls = groupBy(
    trace.calls,
    ({ to }) => to,
    ({ at }) => at,
  );
  const callsOf = remember((symbol: SymbolId): readonly CallSite[] => {
    const places = program.callsTo(symbol).filter(({ kind }) => kind === 'call' || kind === 'construct');
    const found = [...places.map(({ at }) => at), ...(bootCalls.get(symbol) ?? [])]
      .flatMap((at) => findCall(symbol, at) ?? [])
      .filter(({ module }) => module.role === 'source');
    return [...new Map(found.map((site) => [`${site.module.id} ${site.index}`, site])).values()];
  });
  const callsOfParameters = remember((module: ModuleRecord) => parameterCalls(program, module));
  const derived = once(() => derivedClasses(program));
  const flow: CallFlow = {
    program,
    callsOf,
    callsOfParameters,
    classesBelow: remember((symbol: SymbolId) => below(derived(), symbol)),
    argumentFor: (site, parameter) => argumentFor(program, site, parameter),
    sourcesOf: (parameter) => sources(flow, parameter),
  };
  return flow;
}

/** Classes and interfaces by what they extend or implement. */
function derivedClasses(program: ProgramQueries): ReadonlyMap<SymbolId, readonly SymbolId[]> {
  const pairs = program.program.modules.flatMap(({ id, syntax }) =>
    syntax.declarations.flatMap(({ kind, parent, extends: base, extendsTypes, implements: contracts }, index) => {
      if (kind !== 'class' && kind !== 'interface') return [];
      const symbol = program.symbolAt(id, index);
      const named = [...(contracts ?? []), ...(kind === 'interface' ? (extendsTypes ?? []) : [])].flatMap((type) =>
        type.kind === 'reference' && type.name.length === 1 ? [program.resolveName(id, parent, type.name[0] ?? '')] : [],
      );
      const all = base === undefined ? named : [...named, program.resolveExpression(id, parent, base)];
      return all.flatMap((referent) => (referent.kind === 'symbol' ? [{ above: referent.symbol, symbol }] : []));
    }),
  );
  return groupBy(
    pairs,
    ({ above }) => above,
    ({ symbol }) => symbol,
  );
}

function below(derived: ReadonlyMap<SymbolId, readonly SymbolId[]>, symbol: SymbolId): readonly SymbolId[] {
  const found = new Set<SymbolId>(derived.get(symbol));
  for (const one of found) for (const next of derived.get(one) ?? []) found.add(next);
  return [...found].sort(compareText);
}

function sources(flow: CallFlow, parameter: Declared): ParameterSources {
  const owner = functionOf(flow.program, parameter);
  if (owner === undefined) return { values: [], isOmitted: false };
  const sites = [...flow.callsOf(owner.symbol), ...callbackCalls(flow, owner)];
  const values = sites.flatMap((site) => flow.argumentFor(site, parameter) ?? []);
  return { values, isOmitted: values.length < sites.length };
}

/** A function handed to a function of the program is called where that one calls its parameter. */
export function callbackCalls(flow: CallFlow, callback: Declared): readonly CallSite[] {
  return receivingParameters(flow, callback).flatMap((parameter) =>
    flow.callsOfParameters(parameter.module).flatMap((call) => (call.parameter.symbol === parameter.symbol ? [call.site] : [])),
  );
}

/** Parameters of the program's functions for which a function literal is passed. */
function receivingParameters({ program }: CallFlow, callback: Declared): readonly Declared[] {
  const { passedTo } = callback.declaration;
  const call = passedTo === undefined ? undefined : callback.module.syntax.calls[passedTo.call];
  if (passedTo === undefined || call === undefined) return [];
  const callee = program.resolveExpression(callback.module.id, call.owner, call.callee);
  const receiver = callee.kind === 'symbol' ? declared(program, callee.symbol) : undefined;
  return receiver === undefined
    ? []
    : parametersOf(program, receiver).filter(({ declaration }) => declaration.position === passedTo.argument);
}

/** Parameters of a function; of a class, those of its constructor. */
export function parametersOf(program: ProgramQueries, { symbol, declaration }: Declared): readonly Declared[] {
  const children = program.childrenOf(symbol).flatMap((child) => declared(program, child) ?? []);
  if (declaration.kind === 'class') {
    const initializer = children.find((child) => child.declaration.kind === 'constructor');
    return initializer === undefined ? [] : parametersOf(program, initializer);
  }
  return children.filter((child) => child.declaration.kind === 'parameter');
}

function parameterCalls(program: ProgramQueries, module: ModuleRecord): readonly ParameterCall[] {
  return module.syntax.calls.flatMap((call, index) => {
    if (call.callee.kind !== 'name') return [];
    const parameter = declarationOfName(program, { module, owner: call.owner, expression: call.callee });
    return parameter?.declaration.kind === 'parameter' ? [{ site: { module, index, call }, parameter }] : [];
  });
}

function argumentFor(program: ProgramQueries, site: CallSite, parameter: Declared): CodeValue | undefined {
  const { position, bindingPath } = parameter.declaration;
  if (position === undefined) return undefined;
  const value = argumentOf(site, position);
  return value === undefined || bindingPath === undefined ? value : alongPath(program, value, bindingPath);
}

/** Finds the call that an edge of the call graph stands for; several may begin at one place. */
function createCallFinder(program: ProgramQueries): (callee: SymbolId, at: SourceLocation) => CallSite | undefined {
  const byPlace = remember((module: ModuleRecord) => {
    const places = new Map<string, number[]>();
    for (const [index, call] of module.syntax.calls.entries()) {
      const key = placeKey(program.location(module.id, call.span.start));
      places.set(key, [...(places.get(key) ?? []), index]);
    }
    return places;
  });
  return (callee, at) => {
    const module = program.module(at.file);
    const candidates = module === undefined ? [] : (byPlace(module).get(placeKey(at)) ?? []);
    const sites = candidates.flatMap((index) => {
      const call = module?.syntax.calls[index];
      return module === undefined || call === undefined ? [] : [{ module, index, call }];
    });
    return sites.length < 2 ? sites[0] : (sites.find((site) => namesCallee(program, site, callee)) ?? sites[0]);
  };
}

function namesCallee(program: ProgramQueries, { module, call }: CallSite, callee: SymbolId): boolean {
  const referent = program.resolveExpression(module.id, call.owner, call.callee);
  if (referent.kind === 'symbol' && referent.symbol === callee) return true;
  const name = nameOf(callee).split('.').at(-1);
  return call.callee.kind === 'member' ? call.callee.property === name : call.callee.kind === 'name' && call.callee.name === name;
}

/** Follows a value through parameters, and parts of them, to what callers pass, at most `depth` functions up. */
export function originsOf(flow: CallFlow, value: CodeValue, depth = 4): readonly CodeValue[] {
  return followValue(flow.program, value).flatMap((origin) => {
    const passed = depth === 0 ? [] : passedFor(flow, origin, depth);
    return passed.length === 0 ? [origin] : passed;
  });
}

function passedFor(flow: CallFlow, value: CodeValue, depth: number): readonly CodeValue[] {
  const { expression } = value;
  if (expression.kind === 'member')
    return partsOf(flow, { ...value, expression: expression.object }, { path: [expression.property], depth });
  const found = declarationOfName(flow.program, value);
  if (found?.declaration.kind === 'parameter') return flow.sourcesOf(found).values.flatMap((passed) => originsOf(flow, passed, depth - 1));
  const { initializer, bindingPath, parent } = found?.declaration ?? {};
  if (found === undefined || initializer === undefined || bindingPath === undefined || parent === undefined) return [];
  return partsOf(flow, { module: found.module, owner: parent, expression: initializer }, { path: bindingPath, depth });
}

/** `options.where` and `const { where } = options`, where callers pass `options`. */
function partsOf(
  flow: CallFlow,
  whole: CodeValue,
  { path, depth }: { readonly path: readonly string[]; readonly depth: number },
): readonly CodeValue[] {
  return originsOf(flow, whole, depth - 1).flatMap((origin) => {
    if (origin.expression.kind !== 'object') return [];
    const part = alongPath(flow.program, origin, path);
    return part === undefined ? [absentAt(origin)] : originsOf(flow, part, depth - 1);
  });
}

/** What an object literal does not say is `undefined`. */
const absentAt = (literal: CodeValue): CodeValue => ({
  ...literal,
  expression: { kind: 'literal', value: undefined, span: literal.expression.span },
});
