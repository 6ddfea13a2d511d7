import type * as ast from 'oxc-parser';
import type { Expression } from '../model/file-syntax.ts';
import type { Span } from '../model/location.ts';
import type { Extraction } from './extraction.ts';

const EQUALITIES: ReadonlySet<string> = new Set(['===', '==', '!==', '!=']);

/** Notes a comparison of a name or member with a constant text. */
export function noteComparison(x: Extraction, operator: string, [left, right]: readonly Expression[]): void {
  if (!EQUALITIES.has(operator) || left === undefined || right === undefined) return;
  noteEquality(x, left, right);
  noteEquality(x, right, left);
}

/** The same for what a `switch` is about and one of its cases. */
export function noteEquality(x: Extraction, compared: Expression, constant: Expression): void {
  const name = nameOf(compared);
  if (name === undefined || constant.kind !== 'literal' || typeof constant.value !== 'string') return;
  x.comparisons.push({ name, value: constant.value, owner: x.owner, at: constant.span.start });
}

/** Tells of comparisons that were noted since then what runs when none of them holds. */
export function noteOtherwise(x: Extraction, since: number, otherwise: Span | undefined): void {
  if (otherwise === undefined || otherwise.start >= otherwise.end) return;
  for (const [index, comparison] of x.comparisons.slice(since).entries())
    x.comparisons[since + index] = { ...comparison, otherwise: { start: otherwise.start, end: otherwise.end } };
}

/** `a === 'x' || a === 'y'` holds for some values, `a !== 'x' && a !== 'y'` for all others; undefined for other tests. */
export function sidesOf(test: ast.Expression): 'some' | 'others' | undefined {
  if (test.type === 'ParenthesizedExpression') return sidesOf(test.expression);
  if (test.type === 'BinaryExpression' && EQUALITIES.has(test.operator)) return test.operator.startsWith('!') ? 'others' : 'some';
  if (test.type !== 'LogicalExpression') return undefined;
  const [left, right] = [sidesOf(test.left), sidesOf(test.right)];
  return left === right && left === (test.operator === '||' ? 'some' : 'others') ? left : undefined;
}

const nameOf = (compared: Expression): string | undefined => {
  if (compared.kind === 'assertion') return nameOf(compared.value);
  return compared.kind === 'member' ? compared.property : compared.kind === 'name' ? compared.name : undefined;
};
