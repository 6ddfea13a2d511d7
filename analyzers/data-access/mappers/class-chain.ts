import { rootPackage } from '../../../src/lib/package-name.ts';
import { argumentOf, type Declared, declared } from '../flow/code-value.ts';
import { type Bound, bind, type ClassHeld, type Context, type Held, heldKey, type LibraryHeld, typeKey } from './held-value.ts';
import type { HeldValues } from './held-values.ts';

/** The context of a class's own code when `this` is an instance of `start`. */
export const contextIn = (start: ClassHeld, holder: ClassHeld): Context => ({
  self: start,
  bound: holder.bound,
});

/** What a class extends, with what its type parameters and constructor parameters are given; an object of the mapper at the end. */
export function baseOf(e: HeldValues, start: ClassHeld, holder: ClassHeld): ClassHeld | LibraryHeld | undefined {
  const key = `${heldKey(start)} ${heldKey(holder)}`;
  if (!e.bases.has(key)) e.bases.set(key, findBase(e, start, holder));
  return e.bases.get(key);
}

function findBase(e: HeldValues, start: ClassHeld, holder: ClassHeld): ClassHeld | LibraryHeld | undefined {
  const found = declared(e.program, holder.symbol);
  const { extends: base, parent } = found?.declaration ?? {};
  if (found === undefined || base === undefined || parent === undefined) return undefined;
  const context: Context = { self: start, bound: holder.bound };
  for (const held of e.of({ module: found.module, owner: parent, expression: base }, { bound: holder.bound })) {
    if (held.kind === 'class') return { ...held, kind: start.kind, bound: boundFor(e, found, held, context) };
    if (held.kind === 'library') return held;
    const library = held.kind === 'external' ? libraryBase(e, found, held, context) : undefined;
    if (library !== undefined) return library;
  }
  return undefined;
}

function libraryBase(
  e: HeldValues,
  { module, index, declaration }: Declared,
  base: Extract<Held, { kind: 'external' }>,
  context: Context,
): LibraryHeld | undefined {
  if (!e.vocabulary.owns(rootPackage(base.package))) return undefined;
  const given = (declaration.extendsTypes ?? []).map((type) => e.ofType({ module, owner: index }, type, context));
  return e.vocabulary.typed(base.path.at(-1) ?? '', given).find((held) => held.kind === 'library');
}

function boundFor(e: HeldValues, found: Declared, base: ClassHeld, context: Context): Bound {
  const declaration = declared(e.program, base.symbol)?.declaration;
  const given = (found.declaration.extendsTypes ?? []).map((type) => e.ofType({ module: found.module, owner: found.index }, type, context));
  const types = (declaration?.typeParameters ?? []).map((name, index) => [typeKey(base.symbol, name), closed(given[index] ?? [])] as const);
  return bind(base.bound, [...types, ...givenToConstructor(e, found, base, context)]);
}

/** What `super(books, Book)` gives to the parameters of the base's constructor. */
function givenToConstructor(
  e: HeldValues,
  found: Declared,
  base: ClassHeld,
  context: Context,
): readonly (readonly [string, readonly Held[]])[] {
  const receiving = e.classes.constructorOf(base.symbol);
  if (receiving === undefined) return [];
  if (e.classes.constructorOf(found.symbol) === undefined)
    return e.classes.parameters(receiving).flatMap(({ symbol }) => {
      const passed = context.bound.values.get(symbol);
      return passed === undefined ? [] : [[symbol, passed] as const];
    });
  return e.classes.superCalls(found.symbol).flatMap((site) =>
    e.classes.parameters(receiving).flatMap(({ symbol, declaration }) => {
      const argument = declaration.position === undefined ? undefined : argumentOf(site, declaration.position);
      const held = argument === undefined ? [] : closed(e.of(argument, context));
      return held.length === 0 ? [] : [[symbol, held] as const];
    }),
  );
}

const closed = (held: readonly Held[]): readonly Held[] =>
  held.filter((one) => one.kind !== 'open' && !(one.kind === 'library' && one.of.some(({ kind }) => kind === 'open')));
