import { rootPackage } from '../../../src/lib/package-name.ts';
import type { TypeSyntax } from '../../../src/model/file-syntax.ts';
import type { Referent } from '../../../src/model/program.ts';
import { declared } from '../flow/code-value.ts';
import { bind, type Context, classHeld, type Held, instanceOf, type TypePlace, typeKey } from './held-value.ts';
import type { HeldValues } from './held-values.ts';
import { importedBinding } from './imported-binding.ts';
import { exportedAt } from './type-referent.ts';

/** Types that are what their first argument is. */
const transparent: ReadonlySet<string> = new Set([
  ...['Promise', 'PromiseLike', 'Array', 'ReadonlyArray', 'Set', 'Iterable', 'AsyncIterable', 'Generator', 'AsyncGenerator', 'Awaited'],
  ...['Readonly', 'Partial', 'Required', 'NonNullable', 'Omit', 'Pick', 'DeepPartial', 'Observable', 'Loaded', 'Ref', 'Relation'],
]);

/** Types of a class whose instances are the first argument. */
const classTypes: ReadonlySet<string> = new Set([
  'Type',
  'ClassType',
  'Constructor',
  'Constructable',
  'Newable',
  'ClassConstructor',
  'Class',
]);

/** What a value of a type is: instances of a class, an object of the mapper, or what a type parameter stands for. */
export function typeHeld(e: HeldValues, place: TypePlace, type: TypeSyntax, context: Context): readonly Held[] {
  switch (type.kind) {
    case 'reference':
      return referenceHeld(e, place, type, context);
    case 'array':
      return e.ofType(place, type.element, context);
    case 'tuple':
      return type.elements.flatMap((element) => e.ofType(place, element, context));
    case 'union':
    case 'intersection':
      return type.members.flatMap((member) => e.ofType(place, member, context));
    case 'object':
      return [{ kind: 'shape', place, type, context }];
    case 'query': {
      const [root, ...rest] = type.name;
      const named = root === undefined || rest.length > 0 ? undefined : e.program.resolveName(place.module.id, place.owner, root);
      return named?.kind === 'symbol' ? [classHeld(named.symbol)] : [];
    }
    default:
      return [];
  }
}

type Reference = Extract<TypeSyntax, { kind: 'reference' }>;

function referenceHeld(e: HeldValues, place: TypePlace, type: Reference, context: Context): readonly Held[] {
  const [root = '', ...rest] = type.name;
  const parameter = rest.length === 0 ? typeParameter(e, place, root, context) : undefined;
  if (parameter !== undefined) return parameter;
  const given = argumentsHeld(e, place, type, context);
  const named = e.program.resolveName(place.module.id, place.owner, root);
  const path = libraryPath(e, place, root, named);
  if (path !== undefined) {
    const typed = e.vocabulary.typed([...path, ...rest].at(-1) ?? root, given);
    if (typed.length > 0) return typed;
  }
  const last = type.name.at(-1) ?? '';
  if (named.kind !== 'symbol' && transparent.has(last)) return given[0] ?? [];
  if (named.kind !== 'symbol' && classTypes.has(last))
    return (given[0] ?? []).map((held) => (held.kind === 'instance' ? { ...held, kind: 'class' as const } : held));
  return referentHeld(e, exportedAt(e.program, named, rest), given, context);
}

/** What a value of a type gives when it is called: `type Provided<T> = () => T`. */
export function resultHeld(e: HeldValues, place: TypePlace, type: TypeSyntax, context: Context): readonly Held[] {
  if (type.kind === 'function') return type.result === undefined ? [] : e.ofType(place, type.result, context);
  if (type.kind !== 'reference' || type.name.length !== 1) return [];
  const named = e.program.resolveName(place.module.id, place.owner, type.name[0] ?? '');
  const alias = named.kind === 'symbol' ? declared(e.program, named.symbol) : undefined;
  const stated = alias?.declaration.kind === 'type-alias' ? alias.declaration.type : undefined;
  if (alias === undefined || stated === undefined) return [];
  const given = (alias.declaration.typeParameters ?? []).map(
    (name, index) => [typeKey(alias.symbol, name), argumentsHeld(e, place, type, context)[index] ?? []] as const,
  );
  const inner = { ...context, bound: bind(context.bound, given) };
  return e.entering(alias.symbol, () => resultHeld(e, { module: alias.module, owner: alias.index }, stated, inner));
}

const argumentsHeld = (e: HeldValues, place: TypePlace, type: Reference, context: Context): readonly (readonly Held[])[] =>
  type.arguments.map((argument) => e.ofType(place, argument, context));

/** What a name stands for in the mapper's package, which may stand in the tree itself. */
function libraryPath(e: HeldValues, place: TypePlace, root: string, named: Referent): readonly string[] | undefined {
  if (named.kind === 'external') return e.vocabulary.owns(rootPackage(named.package)) ? named.path : undefined;
  const binding = importedBinding(place.module, root, (specifier) => e.vocabulary.owns(rootPackage(specifier)));
  return binding === undefined ? undefined : [binding.imported];
}

/** What a name of a type, with its arguments, is. */
function referentHeld(e: HeldValues, named: Referent, given: readonly (readonly Held[])[], context: Context): readonly Held[] {
  if (named.kind !== 'symbol') return [];
  const found = declared(e.program, named.symbol);
  const parameters = found?.declaration.typeParameters ?? [];
  const bindings = parameters.map((name, index) => [typeKey(named.symbol, name), given[index] ?? []] as const);
  switch (found?.declaration.kind) {
    case 'class':
      return [{ kind: 'instance', symbol: named.symbol, bound: bind({ values: new Map(), key: '' }, bindings) }];
    case 'type-alias': {
      const { type, parent } = found.declaration;
      const inner = { ...context, bound: bind(context.bound, bindings) };
      if (type === undefined || parent < 0) return [];
      return e.entering(named.symbol, () => e.ofType({ module: found.module, owner: found.index }, type, inner));
    }
    case 'interface': {
      const [only, ...others] = e.hierarchy.implementersOf(named.symbol);
      if (only !== undefined && others.length === 0) return [instanceOf(classHeld(only.symbol))];
      const inner = { ...context, bound: bind(context.bound, bindings) };
      const bases = e.entering(named.symbol, () =>
        (found.declaration.extendsTypes ?? []).flatMap((base) => e.ofType({ module: found.module, owner: found.index }, base, inner)),
      );
      return bases.some(({ kind }) => kind === 'library')
        ? bases
        : [...bases, { kind: 'instance', symbol: named.symbol, bound: inner.bound }];
    }
    case 'variable':
      return e.vocabulary.isModel(named.symbol) ? [{ ...classHeld(named.symbol), kind: 'instance' }] : [];
    default:
      return [];
  }
}

/** What the context says of a type parameter of the declarations around; open when it says nothing. */
function typeParameter(e: HeldValues, { module, owner }: TypePlace, name: string, context: Context): readonly Held[] | undefined {
  const { declarations } = module.syntax;
  for (let index = owner; index > 0; index = declarations[index]?.parent ?? -1) {
    if (!declarations[index]?.typeParameters?.includes(name)) continue;
    const symbol = e.program.symbolAt(module.id, index);
    return context.bound.values.get(typeKey(symbol, name)) ?? [{ kind: 'open', symbol, name }];
  }
  return undefined;
}

/** What type parameters must be for a value to have a type: `EntityTarget<T>` of the class `Book` makes `T` a book. */
export function inferTypes(type: TypeSyntax, held: readonly Held[], names: ReadonlySet<string>): ReadonlyMap<string, readonly Held[]> {
  switch (type.kind) {
    case 'reference': {
      const [root = ''] = type.name;
      if (type.name.length === 1 && names.has(root)) return new Map([[root, held]]);
      return mergeInferred(type.arguments.map((argument, index) => inferTypes(argument, insideOf(held, index), names)));
    }
    case 'array':
      return inferTypes(type.element, held, names);
    case 'union':
    case 'intersection':
      return mergeInferred(type.members.map((member) => inferTypes(member, held, names)));
    case 'function':
      return type.result === undefined ? new Map() : inferTypes(type.result, insideOf(held, 0), names);
    default:
      return new Map();
  }
}

const mergeInferred = (maps: readonly ReadonlyMap<string, readonly Held[]>[]): ReadonlyMap<string, readonly Held[]> =>
  new Map(maps.flatMap((map) => [...map]));

/** What a generic type's argument is, of a value of it. */
const insideOf = (held: readonly Held[], index: number): readonly Held[] =>
  held.flatMap((one): readonly Held[] => {
    if (one.kind === 'library') return index === 0 ? one.of : [];
    if (one.kind === 'literal' || one.kind === 'shape') return [];
    return one.kind === 'class' ? [{ ...one, kind: 'instance' }] : [one];
  });
