import type { SymbolId } from '../../../src/model/ids.ts';
import type { CallSite, Declared } from '../flow/code-value.ts';
import type { ClassHeld, Context, Held, LibraryHeld } from './held-value.ts';

/** A call as a vocabulary sees it: what it is made on, and its arguments evaluated when asked for. */
export interface HeldCall {
  readonly site: CallSite;
  readonly context: Context;
  readonly method: string;
  argument(position: number): readonly Held[];
  /** Explicit type arguments: `repository<User>()`. */
  typeArgument(position: number): readonly Held[];
}

/** What a mapper's own types and calls mean: a table of results, no code that looks at syntax. */
export interface Vocabulary {
  /** Whether a package belongs to the mapper. */
  owns(packageName: string): boolean;
  /** A value of one of its types, by exported name: `Repository<User>`. */
  typed(name: string, given: readonly (readonly Held[])[]): readonly Held[];
  /** `dataSource.manager`. */
  member(held: LibraryHeld, name: string): readonly Held[];
  /** What a call on one of its objects gives. */
  called(held: LibraryHeld, call: HeldCall): readonly Held[];
  /** What one of its functions, or constructors, gives. */
  function(path: readonly string[], call: HeldCall): readonly Held[];
  /** What it passes to a callback: the manager of a transaction. */
  passed(held: LibraryHeld, call: HeldCall, place: { readonly argument: number; readonly parameter: number }): readonly Held[];
  /** What a class is when it is used as an object of the library (active record); undefined when it is no model. */
  ofClass(held: ClassHeld): LibraryHeld | undefined;
  /** What an instance is as an object of the library: `user.save()`. */
  ofInstance(held: ClassHeld): LibraryHeld | undefined;
  /** What a decorator injects: `@InjectRepository(User)`. */
  injected(declared: Declared, evaluate: (decorator: CallSite, position: number) => readonly Held[]): readonly Held[];
  /** Whether a variable is a model: `new EntitySchema({ … })`. */
  isModel(symbol: SymbolId): boolean;
  /** A model by its name, where nothing else tells what `models.Book` or an imported `Book` is. */
  named?(name: string, collection: string | undefined): Held | undefined;
  /** A model that a call makes: `sequelize.define('book', …)`. */
  made?(site: CallSite): Held | undefined;
  /** What a call on something that nothing is known of gives, by what it is given: `anything.getRepository(Book)`. */
  resolved?(call: HeldCall): readonly Held[];
  /** What `this` is in a function of an object literal handed to the library: `repository.extend({ find() { … } })`. */
  thisIn(held: LibraryHeld, method: string): readonly Held[];
}
