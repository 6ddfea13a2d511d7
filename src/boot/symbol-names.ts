import type { Node } from 'oxc-parser';
import { remember } from '../lib/remember.ts';
import type { DeclarationKind, DeclarationSyntax } from '../model/file-syntax.ts';
import { MODULE_INIT, type ModuleId, nameOf, type SymbolId, toSymbolId } from '../model/ids.ts';
import type { ProgramQueries } from '../model/program.ts';

/** The symbols of functions and classes met in the tree, as the linked program names them. */
export interface SymbolNames {
  /** `enclosing` and `name` serve where the program has no declaration for the node. */
  ofFunction(module: ModuleId, node: Node, enclosing: SymbolId, name: string | undefined): SymbolId;
  ofClass(module: ModuleId, node: Node, enclosing: SymbolId, name: string | undefined): SymbolId;
}

const FUNCTION_KINDS: ReadonlySet<DeclarationKind> = new Set([
  'object-member',
  'function',
  'method',
  'constructor',
  'getter',
  'setter',
  'arrow',
]);
const CLASS_KINDS: ReadonlySet<DeclarationKind> = new Set(['class']);

export function createSymbolNames(program: ProgramQueries): SymbolNames {
  const known = new Map<Node, SymbolId>();
  const orderOf = remember((module: ModuleId) => inSourceOrder(program.module(module)?.syntax.declarations ?? []));

  const fallback = (module: ModuleId, node: Node, enclosing: SymbolId, name: string | undefined): SymbolId => {
    const at = program.location(module, node.start);
    const outer = nameOf(enclosing);
    const own = name ?? `<function ${at.line}:${at.column}>`;
    return toSymbolId(module, outer === MODULE_INIT ? own : `${outer}.${own}`);
  };

  const named =
    (kinds: ReadonlySet<DeclarationKind>) =>
    (module: ModuleId, node: Node, enclosing: SymbolId, name: string | undefined): SymbolId => {
      const remembered = known.get(node);
      if (remembered !== undefined) return remembered;
      const index = innermost(orderOf(module), node, kinds);
      const symbol = index === undefined ? fallback(module, node, enclosing, name) : program.symbolAt(module, index);
      known.set(node, symbol);
      return symbol;
    };

  return { ofFunction: named(FUNCTION_KINDS), ofClass: named(CLASS_KINDS) };
}

/**
 * Every function has a declaration, which may start earlier and end later (`export`, a key, a cast): the smallest around
 * it. That is the last one that starts before it, or one around that.
 */
function innermost({ declarations, byStart }: SourceOrder, node: Node, kinds: ReadonlySet<DeclarationKind>): number | undefined {
  let index = byStart[countUpTo(byStart.length, (position) => startOf(declarations, byStart[position]) <= node.start) - 1];
  while (index !== undefined) {
    const declaration = declarations[index];
    if (declaration === undefined) return undefined;
    if (kinds.has(declaration.kind) && declaration.span.end >= node.end) return index;
    index = declaration.parent;
  }
  return undefined;
}

/** Declarations of a file, and their indices in the order in which they start, those around others first. */
interface SourceOrder {
  readonly declarations: readonly DeclarationSyntax[];
  readonly byStart: readonly number[];
}

const inSourceOrder = (declarations: readonly DeclarationSyntax[]): SourceOrder => ({
  declarations,
  byStart: [...declarations.keys()].sort((left, right) => startOf(declarations, left) - startOf(declarations, right) || left - right),
});

const startOf = (declarations: readonly DeclarationSyntax[], index: number | undefined): number =>
  declarations[index ?? -1]?.span.start ?? 0;

/** How many of the first positions hold, where all that hold come before those that do not. */
function countUpTo(length: number, holds: (position: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
