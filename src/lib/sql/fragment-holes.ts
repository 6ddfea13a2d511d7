import { FIRST_HOLE, holesIn } from './lay-out-holes.ts';
import { isNode, nodesAt, type SyntaxNode, textAt } from './syntax-node.ts';

/** Holes that stand where a whole condition or an alias does: code may have put any SQL there. */
export function fragmentHoles(tree: unknown): readonly number[] {
  if (Array.isArray(tree)) return tree.flatMap(fragmentHoles);
  if (!isNode(tree)) return [];
  return Object.entries(tree).flatMap(([field, child]) => [...holesAsSql(field, child), ...fragmentHoles(child)]);
}

const conditionFields: ReadonlySet<string> = new Set(['whereClause', 'havingClause', 'quals', 'joinCondition', 'condition']);

function holesAsSql(field: string, child: unknown): readonly number[] {
  if (!isNode(child)) return [];
  if (field === 'alias') return holesIn(textAt(child, 'aliasname') ?? '');
  return conditionFields.has(field) ? conditionHoles(child) : [];
}

/** The condition itself, or what AND, OR and NOT join. */
function conditionHoles(condition: SyntaxNode): readonly number[] {
  if (isNode(condition.BoolExpr)) return nodesAt(condition.BoolExpr, 'args').flatMap(conditionHoles);
  if (!isNode(condition.ParamRef)) return [];
  const { number } = condition.ParamRef;
  return typeof number === 'number' && number >= FIRST_HOLE ? [number - FIRST_HOLE] : [];
}
