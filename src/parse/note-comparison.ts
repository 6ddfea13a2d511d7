import type { Expression } from '../model/file-syntax.ts';
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

const nameOf = (compared: Expression): string | undefined => {
  if (compared.kind === 'assertion') return nameOf(compared.value);
  return compared.kind === 'member' ? compared.property : compared.kind === 'name' ? compared.name : undefined;
};
