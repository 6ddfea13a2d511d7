import type { Node } from 'oxc-parser';
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
      const index = innermost(program.module(module)?.syntax.declarations ?? [], node, kinds);
      const symbol = index === undefined ? fallback(module, node, enclosing, name) : program.symbolAt(module, index);
      known.set(node, symbol);
      return symbol;
    };

  return { ofFunction: named(FUNCTION_KINDS), ofClass: named(CLASS_KINDS) };
}

/** Every function has a declaration, which may start earlier and end later (`export`, a key, a cast): the smallest around it. */
function innermost(declarations: readonly DeclarationSyntax[], node: Node, kinds: ReadonlySet<DeclarationKind>): number | undefined {
  let best: number | undefined;
  let size = Number.POSITIVE_INFINITY;
  declarations.forEach(({ kind, span }, index) => {
    if (!kinds.has(kind) || span.start > node.start || span.end < node.end || span.end - span.start > size) return;
    best = index;
    size = span.end - span.start;
  });
  return best;
}
