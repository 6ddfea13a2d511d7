import type { TypeSyntax } from '../../../src/model/file-syntax.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import { createClassIndex } from './class-index.ts';
import { expressionHeld } from './held-expressions.ts';
import { declarationHeld, memberHeld } from './held-members.ts';
import { typeHeld } from './held-types.ts';
import { contextKey, type Held, NO_CONTEXT, placeKeyOf, uniqueHeld } from './held-value.ts';
import type { HeldValues } from './held-values.ts';
import { createHierarchy } from './hierarchy.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Questions inside questions beyond this many have no answer. */
const DEEPEST = 60;

export function createHeldValues(flow: CallFlow, vocabulary: Vocabulary): HeldValues {
  const known = new Map<string, readonly Held[]>();
  /** Asks once for each key; a question inside itself has no answer. */
  const answer = (key: string, compute: () => readonly Held[]): readonly Held[] => {
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, []);
    const held = uniqueHeld(within(compute));
    known.set(key, held);
    return held;
  };
  /** Types that are being looked into: one that names itself (`type Shelf = Book | Shelf[]`) says nothing more of itself. */
  const open = new Set<TypeSyntax>();
  const inside = (type: TypeSyntax, look: () => readonly Held[]): readonly Held[] => {
    if (open.has(type)) return [];
    open.add(type);
    const held = look();
    open.delete(type);
    return held;
  };
  let depth = 0;
  /** Types and values may be made of themselves without end. */
  const within = (compute: () => readonly Held[]): readonly Held[] => {
    if (depth >= DEEPEST) return [];
    depth += 1;
    try {
      return compute();
    } finally {
      depth -= 1;
    }
  };
  const entered = new Set<string>();
  const e: HeldValues = {
    entering: (symbol, compute) => {
      if (entered.has(symbol)) return [];
      entered.add(symbol);
      try {
        return compute();
      } finally {
        entered.delete(symbol);
      }
    },
    flow,
    program: flow.program,
    vocabulary,
    classes: createClassIndex(flow.program),
    hierarchy: createHierarchy(() => e),
    bases: new Map(),
    of: (value, context) => answer(`${placeKeyOf(value)}|${contextKey(context)}`, () => expressionHeld(e, value, context)),
    ofType: (place, type, context) => inside(type, () => within(() => typeHeld(e, place, type, context))),
    ofDeclared: (found, context) => {
      const seen = found.declaration.parent === 0 ? NO_CONTEXT : context;
      return answer(`${found.module.id}#${found.index}|${contextKey(seen)}`, () => declarationHeld(e, found, seen));
    },
    member: (held, name) => memberHeld(e, held, name),
  };
  return e;
}
