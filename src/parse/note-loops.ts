import type * as ast from 'oxc-parser';
import type { Expression, LoopSyntax } from '../model/file-syntax.ts';
import { type Draft, type Extraction, spanOf } from './extraction.ts';

/** Notes a loop that counts from a number to another, and walks its body: `for (let i = 0; i < 1000; i += 2)`. */
export function noteLoop(x: Extraction, node: ast.ForStatement, to: Expression | undefined, walk: () => void): void {
  const counts = to === undefined ? undefined : countOf(node);
  if (to === undefined || counts === undefined) {
    walk();
    return;
  }
  const loop: Draft<LoopSyntax> = { ...counts, to, owner: x.code, span: spanOf(node) };
  x.loops.push(loop);
  x.openLoops.push(loop);
  walk();
  x.openLoops.pop();
}

/** Code that may leave the loops around it before they are ready. */
export function noteLeaving(x: Extraction): void {
  for (const loop of x.openLoops) if (loop.owner === x.code) loop.mayEnd = true;
}

/** What the counter is compared with, when that is a number or has a name. */
export function boundOf(node: ast.ForStatement, test: Expression | undefined): Expression | undefined {
  const operand =
    node.test?.type === 'BinaryExpression' && COMPARES.has(node.test.operator) && test?.kind === 'other' ? test.operands?.[1] : undefined;
  return operand?.kind === 'name' || (operand?.kind === 'literal' && typeof operand.value === 'number') ? operand : undefined;
}

const COMPARES: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '!==', '!=']);

function countOf({ init, test, update }: ast.ForStatement): Pick<LoopSyntax, 'from' | 'step'> | undefined {
  const [declarator] = init?.type === 'VariableDeclaration' ? init.declarations : [];
  const counter = declarator?.id.type === 'Identifier' ? declarator.id.name : undefined;
  const from = numberOf(declarator?.init);
  const isCompared = test?.type === 'BinaryExpression' && test.left.type === 'Identifier' && test.left.name === counter;
  const step = counter === undefined ? undefined : stepOf(update, counter);
  return from === undefined || step === undefined || !isCompared ? undefined : { from, step };
}

/** `i++`, `i -= 2`. */
function stepOf(update: ast.Expression | null | undefined, counter: string): number | undefined {
  if (update?.type === 'UpdateExpression' && update.argument.type === 'Identifier' && update.argument.name === counter)
    return update.operator === '++' ? 1 : -1;
  if (update?.type !== 'AssignmentExpression' || update.left.type !== 'Identifier' || update.left.name !== counter) return undefined;
  const by = numberOf(update.right);
  if (by === undefined || by === 0) return undefined;
  return update.operator === '+=' ? by : update.operator === '-=' ? -by : undefined;
}

const numberOf = (node: ast.Node | null | undefined): number | undefined =>
  node?.type === 'Literal' && typeof node.value === 'number' ? node.value : undefined;
