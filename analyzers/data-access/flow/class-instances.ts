import type { SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { type CallFlow, callbackCalls, parametersOf } from './call-flow.ts';
import {
  type CallSite,
  type CodeValue,
  classAround,
  type Declared,
  declarationOfName,
  declared,
  functionOf,
  parameterOf,
  valueAt,
} from './code-value.ts';
import { followValue } from './follow-value.ts';

/** A call of a method of a base class, and the class whose instance it is called on. */
export interface InstanceCall {
  readonly site: CallSite;
  readonly class: SymbolId;
  /** Called on `this` or `super`: code of a base class that is itself called on an instance of a class further down. */
  readonly isOwn: boolean;
}

/** More classes between a class and its base are not gone through. */
const DEEPEST = 8;

/** The class and those it extends, nearest first, as far as they are the program's. */
export function classChain(program: ProgramQueries, symbol: SymbolId): readonly Declared[] {
  const chain: Declared[] = [];
  let current = declared(program, symbol);
  while (current !== undefined && chain.length < DEEPEST && current.declaration.kind === 'class') {
    chain.push(current);
    const { module, declaration } = current;
    const base: ReturnType<ProgramQueries['resolveExpression']> =
      declaration.extends === undefined
        ? { kind: 'unknown' }
        : program.resolveExpression(module.id, declaration.parent, declaration.extends);
    current = base.kind === 'symbol' ? declared(program, base.symbol) : undefined;
  }
  return chain;
}

/** Whether a class is one of the other, or extends it. */
export const isOfClass = (program: ProgramQueries, symbol: SymbolId, base: SymbolId): boolean =>
  classChain(program, symbol).some((one) => one.symbol === base);

/** The method, or field with a function, whose code a call stands in. */
export function methodAround(program: ProgramQueries, { module, call }: CallSite): Declared | undefined {
  const { declarations } = module.syntax;
  let method: Declared | undefined;
  for (let index = call.owner; index > 0; index = declarations[index]?.parent ?? -1) {
    if (declarations[index]?.kind === 'class') return method;
    method = declared(program, program.symbolAt(module.id, index));
  }
  return undefined;
}

/** The calls of a method, each with the class of its receiver. */
export function instanceCalls(flow: CallFlow, method: Declared): readonly InstanceCall[] {
  return [...flow.callsOf(method.symbol), ...callbackCalls(flow, method)].flatMap((site): readonly InstanceCall[] => {
    const { callee } = site.call;
    if (callee.kind !== 'member' && callee.kind !== 'index') return [];
    if (callee.object.kind === 'this' || callee.object.kind === 'super') {
      const own = classAround(flow.program, site);
      return own === undefined ? [] : [{ site, class: own, isOwn: true }];
    }
    return classesOf(flow, valueAt(site, callee.object)).map((symbol) => ({ site, class: symbol, isOwn: false }));
  });
}

/** The class that a value is declared as; of a parameter those that callers pass, where each is known to be one below it. */
export function classesOf(flow: CallFlow, value: CodeValue): readonly SymbolId[] {
  const { program } = flow;
  const type = program.typeOfExpression(value.module.id, value.owner, value.expression);
  const declaredAs = declaredType(flow, value) ?? (type.kind === 'symbol' ? type.symbol : undefined);
  const parameter = parameterOf(program, value);
  if (declaredAs === undefined || parameter === undefined) return declaredAs === undefined ? [] : [declaredAs];
  const passed = flow.sourcesOf(parameter).values.map((given) => program.typeOfExpression(given.module.id, given.owner, given.expression));
  const below = passed.flatMap((given) => (given.kind === 'symbol' && isOfClass(program, given.symbol, declaredAs) ? [given.symbol] : []));
  return below.length === 0 || below.length < passed.length ? [declaredAs] : [...new Set(below)];
}

/** An alias that a receiver is declared with, when classes implement it: `type Books = Store<Book>` says more than `Store`. */
function declaredType(flow: CallFlow, value: CodeValue): SymbolId | undefined {
  const holder = ownMember(flow.program, value) ?? declarationOfName(flow.program, value);
  const type = holder?.declaration.type;
  if (holder === undefined || type?.kind !== 'reference' || type.name.length !== 1) return undefined;
  const named = flow.program.resolveName(holder.module.id, holder.declaration.parent, type.name[0] ?? '');
  const alias = named.kind === 'symbol' ? declared(flow.program, named.symbol) : undefined;
  return alias?.declaration.kind === 'type-alias' && flow.classesBelow(alias.symbol).length > 0 ? alias.symbol : undefined;
}

/** What instances of a class hold in a member: the initialiser nearest to the class, or what `super(…)` hands on for it. */
export function memberOfInstance(flow: CallFlow, of: SymbolId, name: string): readonly CodeValue[] {
  for (const one of classChain(flow.program, of)) {
    const member = membersOf(flow.program, one).find(({ declaration }) => declaration.binding === name && !isSignature(declaration));
    if (member !== undefined) return valuesOfMember(flow, of, member);
  }
  return [];
}

/** Members of a class, parameters of its constructor that are fields, too. */
function membersOf(program: ProgramQueries, { symbol }: Declared): readonly Declared[] {
  const children = program.childrenOf(symbol).flatMap((child) => declared(program, child) ?? []);
  const maker = children.find(({ declaration }) => declaration.kind === 'constructor');
  return maker === undefined
    ? children
    : [...children, ...parametersOf(program, maker).filter(({ declaration }) => declaration.isParameterProperty === true)];
}

/** The field that `this.books` names, or the parameter that makes it one, in the class around or in one it extends. */
export function ownMember(program: ProgramQueries, { module, owner, expression }: CodeValue): Declared | undefined {
  if (expression.kind !== 'member' || expression.object.kind !== 'this') return undefined;
  const { declarations } = module.syntax;
  for (let index = owner; index > 0; index = declarations[index]?.parent ?? -1) {
    if (declarations[index]?.kind !== 'class') continue;
    const chain = classChain(program, program.symbolAt(module.id, index));
    return chain.flatMap((one) => membersOf(program, one)).find(({ declaration }) => declaration.binding === expression.property);
  }
  return undefined;
}

const isSignature = ({ kind, initializer, returns }: Declared['declaration']): boolean =>
  kind !== 'parameter' && (kind === 'field' ? initializer === undefined : returns === undefined);

function valuesOfMember(flow: CallFlow, of: SymbolId, member: Declared): readonly CodeValue[] {
  const { module, index, declaration } = member;
  if (declaration.kind === 'parameter') return constructedWith(flow, of, member);
  const { initializer, initializerOwner, parent, returns } = declaration;
  const values =
    initializer === undefined
      ? (returns?.values ?? []).map((expression) => ({ module, owner: index, expression }))
      : followValue(flow.program, { module, owner: initializerOwner ?? parent, expression: initializer });
  return values.flatMap((value) => {
    const parameter = constructorParameter(flow.program, value);
    return parameter === undefined ? [value] : constructedWith(flow, of, parameter);
  });
}

/** The parameter of a constructor that a value is, by its name or the field it is kept in. */
function constructorParameter(program: ProgramQueries, { module, owner, expression }: CodeValue): Declared | undefined {
  const referent =
    expression.kind === 'name'
      ? program.resolveName(module.id, owner, expression.name, expression.span.start)
      : program.resolveExpression(module.id, owner, expression);
  const found = referent.kind === 'symbol' ? declared(program, referent.symbol) : undefined;
  const isOfConstructor = found?.declaration.kind === 'parameter' && functionOf(program, found)?.declaration.kind === 'constructor';
  return isOfConstructor ? found : undefined;
}

/** What a parameter of a base class's constructor is given when an instance of a class is made. */
export function constructedWith(flow: CallFlow, of: SymbolId, parameter: Declared, depth = 0): readonly CodeValue[] {
  const base = classOfConstructor(flow.program, parameter);
  const chain = classChain(flow.program, of);
  const position = chain.findIndex(({ symbol }) => symbol === base);
  if (base === undefined || position < 0 || depth > DEEPEST) return [];
  const calls = superCalls(flow.program, chain.slice(0, position).toReversed());
  const sites = calls ?? constructions(flow, of, parameter);
  return sites.flatMap((site) => {
    const passed = flow.argumentFor(site, parameter);
    return (passed === undefined ? [] : followValue(flow.program, passed)).flatMap((value) => {
      const outer = constructorParameter(flow.program, value);
      return outer === undefined || outer.symbol === parameter.symbol ? [value] : constructedWith(flow, of, outer, depth + 1);
    });
  });
}

/** `new Books(…)`: calls of the class, or of the constructor that it has or inherits. */
function constructions(flow: CallFlow, of: SymbolId, parameter: Declared): readonly CallSite[] {
  const maker = functionOf(flow.program, parameter);
  const sites = [...flow.callsOf(of), ...(maker === undefined ? [] : flow.callsOf(maker.symbol))].filter(({ call }) => call.kind === 'new');
  return sites.filter(({ module, call }) => {
    const made = flow.program.resolveExpression(module.id, call.owner, call.callee);
    return made.kind === 'symbol' && made.symbol === of;
  });
}

const classOfConstructor = (program: ProgramQueries, parameter: Declared): SymbolId | undefined => {
  const maker = functionOf(program, parameter);
  return maker === undefined ? undefined : program.parentOf(maker.symbol);
};

/** `super(…)` of the first class that has a constructor of its own; undefined when none has. */
function superCalls(program: ProgramQueries, classes: readonly Declared[]): readonly CallSite[] | undefined {
  for (const { symbol, module } of classes) {
    const maker = program
      .childrenOf(symbol)
      .flatMap((child) => declared(program, child) ?? [])
      .find(({ declaration }) => declaration.kind === 'constructor');
    if (maker === undefined) continue;
    return module.syntax.calls.flatMap((call, index) =>
      call.callee.kind === 'super' && call.owner === maker.index ? [{ module, index, call }] : [],
    );
  }
  return undefined;
}
