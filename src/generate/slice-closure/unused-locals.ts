import { ts } from 'ts-morph';
import type { ModuleSource } from './module-source.ts';
import { lowerBound } from './purity.ts';
import type { Removal } from './removal.ts';

interface UnusedLocalsInput {
  readonly module: ModuleSource;
  readonly pure: (node: ts.Node | undefined) => boolean;
  readonly removals: readonly Removal[];
}

/** Local variables that only left-out code used go with it, when making their value does nothing else. */
export function findUnusedLocals({ module, pure, removals }: UnusedLocalsInput): readonly Removal[] {
  const all = [...removals];
  const isRemoved = (start: number): boolean => all.some((each) => start >= each.start && start < each.end);
  for (let from = 0; from < all.length; ) {
    const fresh = all.slice(from);
    from = all.length;
    const declarations = new Set(fresh.flatMap((removal) => localsIn(module, removal)));
    for (const name of declarations) {
      const declarator = name.parent;
      if (!ts.isVariableDeclaration(declarator) || declarator.name !== name || isRemoved(declarator.getStart(module.file))) continue;
      const isUsed = module.references.some((each) => each.declaration === name && !isRemoved(each.start));
      const list = declarator.parent;
      if (isUsed || !ts.isVariableDeclarationList(list) || !ts.isVariableStatement(list.parent) || !pure(declarator.initializer)) continue;
      const node = list.declarations.length === 1 ? list.parent : declarator;
      all.push({ start: node.getStart(module.file), end: node.end, text: '', node });
    }
  }
  return all.slice(removals.length);
}

const localsIn = (module: ModuleSource, { start, end }: Removal): readonly ts.Identifier[] =>
  module.references
    .slice(lowerBound(module.references, start), lowerBound(module.references, end))
    .flatMap((reference) => (reference.declaration === undefined ? [] : [reference.declaration]));
