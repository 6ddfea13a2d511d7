import { rootPackage } from '../../../src/lib/package-name.ts';
import { argumentOf, type CallSite, type CodeValue, callOf, type Declared, declared, valueAt } from '../flow/code-value.ts';
import { baseOf } from './class-chain.ts';
import { asLibrary, findMember, heldCall, isAbsent, leftOut, modelNamed } from './held-members.ts';
import { inferTypes, resultHeld } from './held-types.ts';
import { type Bound, bind, type ClassHeld, type Context, type Held, instanceOf, NO_CONTEXT, NOTHING_BOUND, typeKey } from './held-value.ts';
import type { HeldValues } from './held-values.ts';

/** What an expression holds. */
export function expressionHeld(e: HeldValues, value: CodeValue, context: Context): readonly Held[] {
  const { expression } = value;
  const at = (inner: CodeValue['expression']): readonly Held[] => e.of({ ...value, expression: inner }, context);
  switch (expression.kind) {
    case 'name':
      return nameHeld(e, value, context);
    case 'this':
      return thisHeld(e, value, context);
    case 'super':
      return superHeld(e, value, context);
    case 'member':
      return accessHeld(e, value, context);
    case 'index': {
      const { index, object } = expression;
      if (index.kind === 'literal' && typeof index.value === 'string')
        return accessHeld(e, { ...value, expression: { ...expression, kind: 'member', property: index.value, optional: false } }, context);
      return at(object).filter(({ kind }) => kind === 'instance');
    }
    case 'await':
    case 'spread':
      return at(expression.value);
    case 'assertion':
      return assertedHeld(e, value, context);
    case 'choice':
      return expression.options.flatMap(at);
    case 'call':
      return callHeld(e, value, context);
    case 'object':
    case 'array':
    case 'literal':
    case 'template':
    case 'concatenation':
    case 'function':
      return [{ kind: 'literal', value, context }];
    case 'class': {
      const symbol = e.program.symbolAt(value.module.id, expression.declaration);
      return [{ kind: 'class', symbol, bound: context.bound }];
    }
    default:
      return [];
  }
}

/** A class that is asserted to be something else (`Book as Type<Book>`) stays the class. */
function assertedHeld(e: HeldValues, value: CodeValue, context: Context): readonly Held[] {
  const { expression } = value;
  if (expression.kind !== 'assertion') return [];
  const typed = e.ofType(value, expression.type, context);
  if (!typed.some(({ kind }) => kind !== 'open')) return e.of({ ...value, expression: expression.value }, context);
  if (typed.some(({ kind }) => kind !== 'instance')) return typed;
  const held = e.of({ ...value, expression: expression.value }, context);
  return held.length > 0 && held.every(({ kind }) => kind === 'class') ? held : typed;
}

function nameHeld(e: HeldValues, { module, owner, expression }: CodeValue, context: Context): readonly Held[] {
  if (expression.kind !== 'name') return [];
  const referent = e.program.resolveName(module.id, owner, expression.name, expression.span.start);
  if (referent.kind === 'external') return [{ kind: 'external', package: referent.package, path: referent.path }];
  const found = referent.kind === 'symbol' ? declared(e.program, referent.symbol) : undefined;
  return found === undefined ? modelNamed(e, expression.name) : e.ofDeclared(found, context);
}

/** The instance whose code this is; in an object literal handed to the mapper what that makes of it. */
function thisHeld(e: HeldValues, { module, owner }: CodeValue, context: Context): readonly Held[] {
  const { declarations } = module.syntax;
  for (let index = owner; index > 0; index = declarations[index]?.parent ?? -1) {
    const declaration = declarations[index];
    if (declaration?.kind === 'class') {
      const symbol = e.program.symbolAt(module.id, index);
      // A class inside a function sees what that is given.
      const bound = declaration.parent === 0 ? NOTHING_BOUND : context.bound;
      const known = context.self !== undefined && isDescendant(e, context.self, symbol) ? context.self : undefined;
      const kind = isInStatic(declarations, owner, index) ? 'class' : 'instance';
      return [{ ...(known ?? { symbol, bound }), kind }];
    }
    if (declaration === undefined || declaration.kind === 'arrow') continue;
    const extended = extendedObject(e, { module, index });
    if (extended !== undefined) return extended;
    const given = e.hierarchy.bindingsOf(e.program.symbolAt(module.id, index)).flatMap((site) => argumentOf(site, 0) ?? []);
    if (given.length > 0) return given.flatMap((one) => e.of(one, NO_CONTEXT));
  }
  return [];
}

/** What the class around extends. */
function superHeld(e: HeldValues, value: CodeValue, context: Context): readonly Held[] {
  const around = e.classes.around(value.module, value.owner);
  return thisHeld(e, value, context).flatMap((held) => {
    if (held.kind !== 'class' && held.kind !== 'instance') return [];
    const holder = e.hierarchy.chainOf(held).find(({ symbol }) => symbol === around?.symbol);
    return holder === undefined ? [] : (baseOf(e, held, holder) ?? []);
  });
}

function isInStatic(declarations: CodeValue['module']['syntax']['declarations'], owner: number, around: number): boolean {
  for (let index = owner; index > around; index = declarations[index]?.parent ?? -1)
    if (declarations[index]?.parent === around) return declarations[index]?.isStatic === true;
  return false;
}

export function isDescendant(e: HeldValues, held: ClassHeld, ancestor: ClassHeld['symbol']): boolean {
  return e.hierarchy.ancestorsOf(held.symbol).has(ancestor);
}

/** The call whose object literal has the function: `repository.extend({ recent() { return this.find(); } })`. */
function extendedObject(
  e: HeldValues,
  place: { readonly module: CodeValue['module']; readonly index: number },
): readonly Held[] | undefined {
  const site = e.hierarchy.callWithMethod(place.module, place.index);
  if (site === undefined || site.call.callee.kind !== 'member') return undefined;
  const { object, property } = site.call.callee;
  const held = e.of(valueAt(site, object), { bound: NOTHING_BOUND });
  const found = held.flatMap((one) => (one.kind === 'library' ? e.vocabulary.thisIn(one, property) : []));
  return found.length > 0 ? found : undefined;
}

function accessHeld(e: HeldValues, value: CodeValue, context: Context): readonly Held[] {
  const { module, owner, expression } = value;
  if (expression.kind !== 'member') return [];
  const objects = e.of({ ...value, expression: expression.object }, context);
  const held = objects.flatMap((object) => e.member(object, expression.property));
  if (held.some(({ kind }) => kind !== 'open') || objects.some(({ kind }) => kind === 'library')) return held;
  const named = modelNamed(e, expression.property, expression.object);
  if (held.length > 0 || named.length > 0) return named.length > 0 ? named : held;
  const referent = e.program.resolveExpression(module.id, owner, expression);
  if (referent.kind === 'external') return [{ kind: 'external', package: referent.package, path: referent.path }];
  const found = referent.kind === 'symbol' ? declared(e.program, referent.symbol) : undefined;
  return found === undefined ? [] : e.ofDeclared(found, context);
}

function callHeld(e: HeldValues, value: CodeValue, context: Context): readonly Held[] {
  const site = callOf(value);
  if (site === undefined || site.call.kind === 'tagged-template' || site.call.kind === 'element') return [];
  const { callee, kind } = site.call;
  const made = e.vocabulary.made?.(site);
  if (made !== undefined) return [made];
  if (kind === 'new') return constructedHeld(e, site, context);
  if (callee.kind !== 'member') return calledHeld(e, site, context);
  const receivers = e.of(valueAt(site, callee.object), context);
  const held = receivers.flatMap((receiver) => methodHeld(e, site, receiver, callee.property, context));
  if (held.length > 0 || receivers.some(({ kind: one }) => one === 'library')) return held;
  const called = calledHeld(e, site, context);
  return called.length > 0 ? called : resolvedResult(e, site, callee.property, context);
}

/** `container.resolve<Desk>('desk')`, `this.managerOf<EntityManager>(context)`: where nothing else is known, what is written counts. */
function resolvedResult(e: HeldValues, site: CallSite, method: string, context: Context): readonly Held[] {
  const resolved = resolvedFromContainer(e, site, method, context);
  if (resolved.length > 0) return resolved;
  const call = heldCall(e, site, method, context);
  const given = e.vocabulary.resolved?.(call) ?? [];
  if (given.length > 0) return given;
  const held = call.typeArgument(0);
  return held.filter(({ kind }) => kind === 'library' || (kind === 'instance' && resolving.has(method)));
}

const resolving: ReadonlySet<string> = new Set(['get', 'resolve']);

function methodHeld(e: HeldValues, site: CallSite, receiver: Held, method: string, context: Context): readonly Held[] {
  switch (receiver.kind) {
    case 'library':
      return e.vocabulary.called(receiver, heldCall(e, site, method, context));
    case 'external':
      return e.vocabulary.owns(rootPackage(receiver.package))
        ? e.vocabulary.function([...receiver.path, method], heldCall(e, site, method, context))
        : resolvedFromContainer(e, site, method, context);
    case 'class':
    case 'instance': {
      const found = findMember(e, receiver, method);
      if (found !== undefined && 'member' in found)
        return returnedHeld(e, site, { callee: found.member, bound: found.context.bound, self: receiver }, context);
      const library = found?.library ?? asLibrary(e, receiver);
      const called = library === undefined ? [] : e.vocabulary.called(library, heldCall(e, site, method, context));
      return called.length > 0 ? called : elementMethod(e, site, receiver, method, context);
    }
    case 'literal':
      return receiver.value.expression.kind === 'array' ? elementMethod(e, site, receiver, method, context) : [];
    case 'shape':
      return [];
    case 'open': {
      if (receiver.name !== undefined) return [];
      const resolved = resolvedResult(e, site, method, context);
      return resolved.length > 0 ? resolved : [receiver];
    }
  }
}

/** `container.get(BookService)`: most containers give an instance of the class. */
function resolvedFromContainer(e: HeldValues, site: CallSite, method: string, context: Context): readonly Held[] {
  if (!resolving.has(method)) return [];
  const argument = argumentOf(site, 0);
  const held = argument === undefined ? [] : e.of(argument, context);
  return held.flatMap((one) => (one.kind === 'class' ? [instanceOf(one)] : []));
}

/** Methods of lists and promises. */
function elementMethod(e: HeldValues, site: CallSite, receiver: Held, method: string, context: Context): readonly Held[] {
  if (choosing.has(method)) return [receiver];
  const callback = transforming.has(method) ? argumentOf(site, 0) : undefined;
  const held = callback === undefined ? [] : e.of(callback, context);
  return held.flatMap((one) => {
    if (one.kind !== 'literal' || one.value.expression.kind !== 'function') return [];
    return returnsOf(e, one.value.module, one.value.expression.declaration, context);
  });
}

const choosing: ReadonlySet<string> = new Set([
  ...[
    'filter',
    'find',
    'slice',
    'concat',
    'reverse',
    'sort',
    'at',
    'pop',
    'shift',
    'toSorted',
    'toReversed',
    'findLast',
    'catch',
    'finally',
  ],
  ...['values', 'getItems', 'loadItems', 'toArray', 'first', 'last', 'splice', 'flat'],
]);
const transforming: ReadonlySet<string> = new Set(['map', 'flatMap', 'then']);

const returnsOf = (e: HeldValues, module: CodeValue['module'], index: number, context: Context): readonly Held[] =>
  (module.syntax.declarations[index]?.returns?.values ?? []).flatMap((expression) => e.of({ module, owner: index, expression }, context));

/** A function called by name, or reached in a way that only the linker follows. */
function calledHeld(e: HeldValues, site: CallSite, context: Context): readonly Held[] {
  const { module, call } = site;
  const { callee } = call;
  const referent = e.program.resolveExpression(module.id, call.owner, callee);
  const method = callee.kind === 'member' ? callee.property : '';
  if (referent.kind === 'external' && e.vocabulary.owns(rootPackage(referent.package)))
    return e.vocabulary.function(referent.path, heldCall(e, site, method, context));
  if (referent.kind === 'global' && referent.name === 'Promise.all')
    return argumentOf(site, 0) === undefined ? [] : heldCall(e, site, method, context).argument(0);
  const found = referent.kind === 'symbol' ? declared(e.program, referent.symbol) : undefined;
  if (found === undefined || found.declaration.kind === 'class') return [];
  return returnedHeld(e, site, { callee: found, bound: isInside(found, site) ? context.bound : NOTHING_BOUND }, context);
}

/** A function inside the calling one sees its parameters. */
const isInside = ({ module, declaration }: Declared, site: CallSite): boolean => module === site.module && declaration.parent > 0;

interface Callee {
  readonly callee: Declared;
  readonly bound: Bound;
  readonly self?: ClassHeld;
}

/** What a function of the program gives for the arguments of a call: its declared type, or what it returns. */
function returnedHeld(e: HeldValues, site: CallSite, { callee, bound, self }: Callee, context: Context): readonly Held[] {
  const inner: Context = { ...(self === undefined ? {} : { self }), bound: bind(bound, givenTo(e, site, callee, context)) };
  const { type, returns, parent } = callee.declaration;
  const isCallable = returns !== undefined || type !== undefined;
  if (!isCallable || parent < 0) return [];
  const place = { module: callee.module, owner: callee.index };
  const isHolder = holding.has(callee.declaration.kind) && returns === undefined;
  const typed = type === undefined ? [] : isHolder ? resultHeld(e, place, type, inner) : e.ofType(place, type, inner);
  if (typed.length > 0 && typed.every(isSettled)) return typed;
  const returned = (returns?.values ?? []).flatMap((expression) => e.of({ module: callee.module, owner: callee.index, expression }, inner));
  return returned.length > 0 ? returned : typed;
}

/** Declarations whose type is that of the function they hold, not of what it gives. */
const holding: ReadonlySet<string> = new Set(['variable', 'parameter', 'field']);

const isSettled = (held: Held): boolean =>
  held.kind === 'library'
    ? held.of.length > 0
      ? held.of.every(isSettled)
      : held.type !== 'Repository' && held.type !== 'Builder'
    : held.kind !== 'open';

/** What a call gives to the parameters, and so to the type parameters, of a function. */
export function givenTo(
  e: HeldValues,
  site: CallSite,
  callee: Declared,
  context: Context,
): readonly (readonly [string, readonly Held[]])[] {
  const names = new Set(callee.declaration.typeParameters ?? []);
  const call = heldCall(e, site, '', context);
  const given = e.classes.parameters(callee).map((parameter) => ({ parameter, held: givenOrLeftOut(call, parameter) }));
  const types = [...names].map((name, index) => [typeKey(callee.symbol, name), call.typeArgument(index)] as const);
  const inferred = given.flatMap(({ parameter: { declaration }, held }) =>
    declaration.type === undefined || names.size === 0 || declaration.bindingPath !== undefined
      ? []
      : [...inferTypes(declaration.type, held, names)].map(([name, value]) => [typeKey(callee.symbol, name), value] as const),
  );
  return [...given.map(({ parameter, held }) => [parameter.symbol, held] as const), ...inferred, ...types];
}

const argumentFor = (call: ReturnType<typeof heldCall>, { declaration }: Declared): readonly Held[] => {
  if (declaration.position === undefined) return [];
  return call.argument(declaration.position).filter((held) => !isAbsent(held));
};

/** What a call gives for a parameter; that it gives nothing is known, too: other calls say nothing of this one then. */
function givenOrLeftOut(call: ReturnType<typeof heldCall>, parameter: Declared): readonly Held[] {
  const { position, bindingPath, isRest } = parameter.declaration;
  const given = argumentFor(call, parameter);
  if (given.length > 0 || position === undefined || bindingPath !== undefined || isRest === true) return given;
  const values = call.site.call.arguments;
  if (values.some(({ kind }) => kind === 'spread')) return [];
  return position >= values.length || call.argument(position).some(isAbsent) ? [leftOut(parameter)] : [];
}

/** `new BookRepository(manager)`: an instance that remembers what its constructor was given. */
function constructedHeld(e: HeldValues, site: CallSite, context: Context): readonly Held[] {
  const { callee } = site.call;
  return e.of(valueAt(site, callee), context).flatMap((held): readonly Held[] => {
    if (held.kind === 'external')
      return e.vocabulary.owns(rootPackage(held.package))
        ? e.vocabulary.function(['new', ...held.path], heldCall(e, site, 'new', context))
        : [];
    if (held.kind !== 'class') return [];
    const found = declared(e.program, held.symbol);
    const receiving = e.classes.constructorOf(held.symbol);
    if (found === undefined) return [];
    const call = heldCall(e, site, '', context);
    const given = receiving === undefined ? [] : givenTo(e, site, receiving, context);
    const types = (found.declaration.typeParameters ?? []).map(
      (name, index) => [typeKey(held.symbol, name), call.typeArgument(index)] as const,
    );
    const names = new Set(found.declaration.typeParameters ?? []);
    const inferred = (receiving === undefined || names.size === 0 ? [] : e.classes.parameters(receiving)).flatMap((parameter) =>
      parameter.declaration.type === undefined
        ? []
        : [...inferTypes(parameter.declaration.type, argumentFor(call, parameter), names)].map(
            ([name, value]) => [typeKey(held.symbol, name), value] as const,
          ),
    );
    return [{ ...instanceOf(held), bound: bind(held.bound, [...given, ...inferred, ...types]) }];
  });
}
