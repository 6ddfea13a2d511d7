import type { TypeSyntax } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { CodeValue } from '../flow/code-value.ts';

/**
 * What an expression may hold, as far as a mapper's calls depend on it. Promises and lists of a thing count as the thing:
 * `await repository.find()` holds instances as `repository.create()` does.
 */
export type Held =
  /** A class of the program, or a model that a library call made; `bound`: what its type parameters and the names around it stand for. */
  | { readonly kind: 'class' | 'instance'; readonly symbol: SymbolId; readonly bound: Bound }
  /** An object of the mapper: a repository `of` an entity, a manager, a query builder with the call that made it. */
  | { readonly kind: 'library'; readonly type: string; readonly of: readonly Held[]; readonly made?: CodeValue }
  | { readonly kind: 'external'; readonly package: string; readonly path: readonly string[] }
  /** An object, list, text or function literal where it is written. */
  | { readonly kind: 'literal'; readonly value: CodeValue; readonly context: Context }
  /** A value of a structural type, where that is written. */
  | { readonly kind: 'shape'; readonly place: TypePlace; readonly type: ObjectType; readonly context: Context }
  /** A parameter, or with `name` a type parameter, of a function or class: only its users know it. */
  | Open;

/** Where a type is written. */
export type TypePlace = Pick<CodeValue, 'module' | 'owner'>;
type ObjectType = Extract<TypeSyntax, { readonly kind: 'object' }>;

export interface Open {
  readonly kind: 'open';
  readonly symbol: SymbolId;
  readonly name?: string;
}

export type ClassHeld = Extract<Held, { readonly kind: 'class' | 'instance' }>;
export type LibraryHeld = Extract<Held, { readonly kind: 'library' }>;

/** Meanings of parameters (by symbol) and type parameters (by {@link typeKey}). */
export interface Bound {
  readonly values: ReadonlyMap<string, readonly Held[]>;
  /** The same for the same meanings. */
  readonly key: string;
}

/** What `this` is, and what parameters stand for, where an expression is looked at. */
export interface Context {
  readonly self?: ClassHeld;
  readonly bound: Bound;
}

export const NOTHING_BOUND: Bound = { values: new Map(), key: '' };
export const NO_CONTEXT: Context = { bound: NOTHING_BOUND };

export const typeKey = (owner: SymbolId, name: string): string => `${owner}<${name}>`;

export function bind(bound: Bound, added: Iterable<readonly [string, readonly Held[]]>): Bound {
  const entries = [...added].filter(([, held]) => held.length > 0);
  if (entries.length === 0) return bound;
  const values = new Map([...bound.values, ...entries]);
  return { values, key: [...values].map(([key, held]) => `${key}=${heldKeys(held)}`).join(';') };
}

export const contextKey = ({ self, bound }: Context): string => (self === undefined ? bound.key : `${heldKey(self)}|${bound.key}`);

const heldKeys = (held: readonly Held[]): string => held.map(heldKey).join(',');

export function heldKey(held: Held): string {
  switch (held.kind) {
    case 'class':
    case 'instance':
      return `${held.kind} ${held.symbol}${held.bound.key === '' ? '' : `{${held.bound.key}}`}`;
    case 'library':
      return `${held.type}<${heldKeys(held.of)}>${held.made === undefined ? '' : placeKeyOf(held.made)}`;
    case 'external':
      return `${held.package}/${held.path.join('.')}`;
    case 'literal':
      return placeKeyOf(held.value);
    case 'shape':
      return `${held.place.module.id}:${held.place.owner}{${held.type.members.map(({ name }) => name).join(',')}}`;
    case 'open':
      return `?${held.symbol}${held.name ?? ''}`;
  }
}

export const placeKeyOf = ({ module, expression }: CodeValue): string =>
  `${module.id}:${expression.span.start}-${expression.span.end}${expression.kind}`;

/** Each once, at most so many: more possibilities are nothing known. */
export function uniqueHeld(held: readonly Held[]): readonly Held[] {
  if (held.length < 2) return held;
  return [...new Map(held.map((one) => [heldKey(one), one])).values()].slice(0, MOST_HELD);
}

const MOST_HELD = 16;

export const classHeld = (symbol: SymbolId): ClassHeld => ({ kind: 'class', symbol, bound: NOTHING_BOUND });
export const instanceOf = (held: ClassHeld): ClassHeld => ({ ...held, kind: 'instance' });
export const libraryHeld = (type: string, of: readonly Held[] = []): LibraryHeld => ({ kind: 'library', type, of });

/** Parameters that stand in the way of an answer, those inside library objects included. */
export const opensIn = (held: readonly Held[]): readonly Open[] =>
  held.flatMap((one) => (one.kind === 'open' ? [one] : one.kind === 'library' ? opensIn(one.of) : []));
