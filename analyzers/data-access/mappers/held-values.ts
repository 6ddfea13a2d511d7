import type { TypeSyntax } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import type { CallSite, CodeValue, Declared } from '../flow/code-value.ts';
import type { ClassIndex } from './class-index.ts';
import type { ClassHeld, Context, Held, LibraryHeld, TypePlace } from './held-value.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Answers what expressions hold, in the context of a class and of what parameters stand for. */
export interface HeldValues {
  readonly flow: CallFlow;
  readonly program: ProgramQueries;
  readonly vocabulary: Vocabulary;
  readonly classes: ClassIndex;
  readonly hierarchy: Hierarchy;
  /** What classes extend, as far as it was asked. */
  readonly bases: Map<string, ClassHeld | LibraryHeld | undefined>;
  /** Looks into a named type, unless that is what it is doing already. */
  entering(symbol: SymbolId, compute: () => readonly Held[]): readonly Held[];
  of(value: CodeValue, context: Context): readonly Held[];
  /** A value of a type written in declaration `owner`. */
  ofType(place: TypePlace, type: TypeSyntax, context: Context): readonly Held[];
  /** What a variable, parameter, field or class holds. */
  ofDeclared(found: Declared, context: Context): readonly Held[];
  member(held: Held, name: string): readonly Held[];
}

/** Which classes extend which, and which calls are handed object literals with methods. */
export interface Hierarchy {
  /** The class and everything it extends. */
  ancestorsOf(symbol: SymbolId): ReadonlySet<SymbolId>;
  /** Classes below one, that one left out. */
  descendantsOf(symbol: SymbolId): readonly Declared[];
  /** Classes of the source that say they implement an interface. */
  implementersOf(symbol: SymbolId): readonly Declared[];
  /** An instance of a class, seen as each class of its chain. */
  chainOf(held: ClassHeld): readonly ClassHeld[];
  callWithMethod(module: ModuleRecord, declaration: number): CallSite | undefined;
  /** Where a function is given its `this`: `lend.bind(this)`, `lend.call(desk)`. */
  bindingsOf(symbol: SymbolId): readonly CallSite[];
}
