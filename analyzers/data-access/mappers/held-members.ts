import { rootPackage } from '../../../src/lib/package-name.ts';
import type { Expression } from '../../../src/model/file-syntax.ts';
import { argumentOf, type CallSite, type Declared, declared } from '../flow/code-value.ts';
import { propertyOf } from '../flow/follow-value.ts';
import { baseOf, contextIn } from './class-chain.ts';
import { type ClassHeld, type Context, classHeld, type Held, type LibraryHeld, libraryHeld, NO_CONTEXT, opensIn } from './held-value.ts';
import type { HeldValues } from './held-values.ts';

/** What `held.name` holds. */
export function memberHeld(e: HeldValues, held: Held, name: string): readonly Held[] {
  switch (held.kind) {
    case 'class':
    case 'instance':
      return classMember(e, held, name);
    case 'library':
      return e.vocabulary.member(held, name);
    case 'external':
      return [registeredModel(e, held, name) ?? { ...held, path: [...held.path, name] }];
    case 'literal': {
      const part = propertyOf(e.program, held.value, name);
      return part === undefined ? [] : e.of(part, held.context);
    }
    case 'shape': {
      const member = held.type.members.find((one) => one.name === name);
      return member?.type === undefined ? [] : e.ofType(held.place, member.type, held.context);
    }
    case 'open':
      return held.name === undefined ? [held] : [];
  }
}

/** `this.sequelize.models.book`, reached through a class of the library itself. */
function registeredModel(e: HeldValues, { package: origin, path }: Extract<Held, { kind: 'external' }>, name: string): Held | undefined {
  return path.at(-1) === 'models' && e.vocabulary.owns(rootPackage(origin)) ? e.vocabulary.named?.(name, 'models') : undefined;
}

function classMember(e: HeldValues, held: ClassHeld, name: string): readonly Held[] {
  const found = findMember(e, held, name);
  if (found !== undefined && !('library' in found)) return e.ofDeclared(found.member, found.context);
  const library = found?.library ?? asLibrary(e, held);
  return library === undefined ? [] : e.member(library, name);
}

export const asLibrary = (e: HeldValues, held: ClassHeld): Extract<Held, { kind: 'library' }> | undefined =>
  held.kind === 'class' ? e.vocabulary.ofClass(held) : e.vocabulary.ofInstance(held);

export interface FoundMember {
  readonly member: Declared;
  readonly context: Context;
  /** The class that has it. */
  readonly holder: ClassHeld;
}

/** A member of a class or of what it extends; the object of the mapper when the class is one. */
export function findMember(
  e: HeldValues,
  start: ClassHeld,
  name: string,
): FoundMember | { readonly library: Extract<Held, { kind: 'library' }> } | undefined {
  let holder: ClassHeld = start;
  for (let depth = 0; depth < 24; depth++) {
    const member = e.classes.member(holder.symbol, name, start.kind === 'class' ? 'static' : 'instance');
    if (member !== undefined) return { member, holder, context: contextIn(start, holder) };
    const base = baseOf(e, start, holder);
    if (base === undefined) return undefined;
    if (base.kind === 'library') return { library: base };
    holder = base;
  }
  return undefined;
}

/** What a declaration holds, for what it says itself. */
export function declarationHeld(e: HeldValues, found: Declared, context: Context): readonly Held[] {
  const { kind } = found.declaration;
  switch (kind) {
    case 'class':
      return [found.declaration.parent === 0 ? classHeld(found.symbol) : { ...classHeld(found.symbol), bound: context.bound }];
    case 'parameter':
      return parameterHeld(e, found, context);
    case 'variable':
    case 'field':
    case 'object-member':
    case 'getter':
      return variableHeld(e, found, context);
    default:
      return [];
  }
}

function variableHeld(e: HeldValues, found: Declared, context: Context): readonly Held[] {
  if (e.vocabulary.isModel(found.symbol)) return [classHeld(found.symbol)];
  const typed = typedHeld(e, found, context);
  if (isTelling(typed)) return typed;
  const injected = injectedHeld(e, found, context);
  if (injected.length > 0) return injected;
  const { initializer, initializerOwner, parent, written, bindingPath, returns } = found.declaration;
  const values = [
    ...(initializer === undefined ? [] : [{ module: found.module, owner: initializerOwner ?? parent, expression: initializer }]),
    ...(found.declaration.kind === 'getter' ? (returns?.values ?? []) : []).map((expression) => ({
      module: found.module,
      owner: found.index,
      expression,
    })),
    ...(written ?? []).flatMap(({ how, value }) => (how === 'append' ? [] : [{ module: found.module, owner: parent, expression: value }])),
  ].filter(({ expression }) => !(expression.kind === 'function' && expression.declaration === found.index));
  const held = values.flatMap((value) => e.of(value, context));
  const parts = bindingPath === undefined ? held : alongBinding(e, held, bindingPath);
  const known = isTelling(parts) || typed.length === 0 ? parts : typed;
  if (bindingPath === undefined || known.some(({ kind }) => kind !== 'open')) return known;
  const named = modelNamed(e, bindingPath.at(-1) ?? '', initializer);
  return named.length > 0 ? named : known;
}

/** A model by its name, where nothing else is known of `models.Book`. */
export function modelNamed(e: HeldValues, name: string, collection?: Expression): readonly Held[] {
  const last = collection?.kind === 'member' ? collection.property : collection?.kind === 'name' ? collection.name : undefined;
  const model = e.vocabulary.named?.(name, last);
  return model === undefined ? [] : [model];
}

/** Elements of lists that are held as the thing itself stay what they are. */
export function alongBinding(e: HeldValues, held: readonly Held[], path: readonly string[]): readonly Held[] {
  return path.reduce<readonly Held[]>(
    (current, key) =>
      current.flatMap((one) => {
        if (key === '...') return [one];
        const isPosition = key === '[]' || /^\d+$/.test(key);
        if (isPosition && one.kind === 'instance') return [one];
        if (isPosition && one.kind === 'literal' && one.value.expression.kind === 'array') {
          const { elements } = one.value.expression;
          const chosen = key === '[]' ? elements : elements.slice(Number(key), Number(key) + 1);
          return chosen.flatMap((expression) => e.of({ ...one.value, expression }, one.context));
        }
        return e.member(one, key);
      }),
    held,
  );
}

const typedHeld = (e: HeldValues, found: Declared, context: Context): readonly Held[] => {
  const { type, parent, bindingPath } = found.declaration;
  if (type === undefined) return [];
  const whole = e.ofType({ module: found.module, owner: parent }, type, context);
  return bindingPath === undefined ? whole : alongBinding(e, whole, bindingPath);
};

/** Whether something is known that no user of the code would have to add to. */
const isTelling = (held: readonly Held[]): boolean =>
  held.some((one) => one.kind !== 'open' && !(one.kind === 'library' && needsEntity.has(one.type) && one.of.length === 0)) &&
  opensIn(held).length === 0;

const needsEntity: ReadonlySet<string> = new Set(['Repository', 'InternalService']);

function injectedHeld(e: HeldValues, found: Declared, context: Context): readonly Held[] {
  return e.vocabulary.injected(found, (site, position) => {
    const argument = argumentOf(site, position);
    return argument === undefined ? [] : e.of(argument, context);
  });
}

function parameterHeld(e: HeldValues, found: Declared, context: Context): readonly Held[] {
  const bound = context.bound.values.get(found.symbol);
  const isLeftOut = bound?.every(isAbsent) === true;
  if (bound !== undefined && !isLeftOut)
    return found.declaration.bindingPath === undefined ? bound : alongBinding(e, bound, found.declaration.bindingPath);
  const typed = typedHeld(e, found, context);
  if (isLeftOut) return isTelling(typed) && !typed.some((held) => isLoose(e, held)) ? typed : (defaultOf(e, found, context) ?? bound);
  const open: Held = { kind: 'open', symbol: found.symbol };
  const added = pushedInto(e, found, context);
  if (added.some(({ kind }) => kind === 'instance')) return [...added, open];
  // Which subclass a class is, and what an object holds, callers know better than the type.
  if (isTelling(typed)) return typed.some((held) => isLoose(e, held)) ? [...typed, open] : typed;
  const injected = injectedHeld(e, found, context);
  if (injected.length > 0) return injected;
  const passed = callbackParameter(e, found, context);
  if (passed.length > 0) return passed;
  const byDefault = defaultOf(e, found, context) ?? [];
  const { bindingPath } = found.declaration;
  const named = bindingPath === undefined || typed.length > 0 ? [] : modelNamed(e, bindingPath.at(-1) ?? '');
  if (named.length > 0) return named;
  return typed.length > 0 ? typed : [...byDefault, open];
}

function defaultOf(e: HeldValues, { module, declaration }: Declared, context: Context): readonly Held[] | undefined {
  const { initializer, parent } = declaration;
  return initializer === undefined ? undefined : e.of({ module, owner: parent, expression: initializer }, context);
}

/** `undefined`, where a call leaves a parameter out. */
export const leftOut = ({ module, declaration: { parent, span } }: Declared): Held => ({
  kind: 'literal',
  value: { module, owner: parent, expression: { kind: 'literal', value: undefined, span } },
  context: NO_CONTEXT,
});

export const isAbsent = (held: Held): boolean =>
  held.kind === 'literal' && held.value.expression.kind === 'literal' && (held.value.expression.value ?? undefined) === undefined;

/** `books.push(book)`: what a list that was handed in is filled with. */
function pushedInto(e: HeldValues, { module, declaration }: Declared, context: Context): readonly Held[] {
  const { binding, parent, type } = declaration;
  if (type?.kind !== 'array' || binding === undefined) return [];
  return module.syntax.calls.flatMap(({ callee, owner, arguments: given }) => {
    if (callee.kind !== 'member' || callee.property !== 'push' || callee.object.kind !== 'name' || callee.object.name !== binding)
      return [];
    return owner === parent ? given.flatMap((expression) => e.of({ module, owner, expression }, context)) : [];
  });
}

const isLoose = (e: HeldValues, held: Held): boolean =>
  held.kind === 'class' ||
  held.kind === 'shape' ||
  (held.kind === 'instance' && declared(e.program, held.symbol)?.declaration.kind === 'interface');

/** `books.map((book) => …)`, `manager.transaction(async (inner) => …)`. */
function callbackParameter(e: HeldValues, { module, declaration }: Declared, context: Context): readonly Held[] {
  const around = module.syntax.declarations[declaration.parent];
  const call = around?.passedTo === undefined ? undefined : module.syntax.calls[around.passedTo.call];
  if (around?.passedTo === undefined || call === undefined || declaration.position === undefined) return [];
  const { argument } = around.passedTo;
  const site: CallSite = { module, index: around.passedTo.call, call };
  const { callee } = call;
  const place = { argument, parameter: declaration.position };
  const receivers =
    callee.kind === 'member' ? e.of({ module, owner: call.owner, expression: callee.object }, context) : ([] as readonly Held[]);
  const method = callee.kind === 'member' ? callee.property : '';
  const referent = e.program.resolveExpression(module.id, call.owner, callee);
  const called: readonly Held[] =
    referent.kind === 'external' && e.vocabulary.owns(rootPackage(referent.package)) ? [libraryHeld(referent.path.join('.'))] : [];
  const held = [...receivers, ...called].flatMap((receiver): readonly Held[] => {
    const library = libraryAnswering(e, receiver, method);
    const passed = library === undefined ? [] : e.vocabulary.passed(library, heldCall(e, site, method, context), place);
    if (passed.length > 0) return passed;
    if (receiver.kind === 'literal' && receiver.value.expression.kind === 'array' && isElement(method, place.parameter))
      return alongBinding(e, [receiver], ['[]']);
    return receiver.kind === 'instance' && isElement(method, place.parameter) ? [receiver] : [];
  });
  const { bindingPath } = declaration;
  return bindingPath === undefined ? held : alongBinding(e, held, bindingPath);
}

/** The object of the mapper that answers a method: the value itself, or what stands behind a class of the program that has none. */
export function libraryAnswering(e: HeldValues, held: Held, method: string): LibraryHeld | undefined {
  if (held.kind === 'library') return held;
  return held.kind === 'class' || held.kind === 'instance' ? libraryBehind(e, held, method) : undefined;
}

function libraryBehind(e: HeldValues, held: ClassHeld, method: string): LibraryHeld | undefined {
  const found = findMember(e, held, method);
  if (found === undefined) return asLibrary(e, held);
  return 'library' in found ? found.library : undefined;
}

const isElement = (method: string, parameter: number): boolean =>
  method === 'reduce' || method === 'reduceRight' ? parameter === 1 : parameter === 0 && iterating.has(method);

const iterating: ReadonlySet<string> = new Set([
  ...['map', 'forEach', 'filter', 'find', 'flatMap', 'some', 'every', 'then', 'findIndex', 'sort', 'findLast', 'each', 'tap'],
]);

export const heldCall = (e: HeldValues, site: CallSite, method: string, context: Context) => ({
  site,
  context,
  method,
  argument: (position: number) => {
    const argument = argumentOf(site, position);
    return argument === undefined ? [] : e.of(argument, context);
  },
  typeArgument: (position: number) => {
    const type = site.call.typeArguments?.[position];
    return type === undefined ? [] : e.ofType({ module: site.module, owner: site.call.owner }, type, context);
  },
});
