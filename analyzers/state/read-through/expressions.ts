import { partsOf as partsOfExpression } from '../../../src/model/expression-parts.ts';
import type { Expression } from '../../../src/model/file-syntax.ts';
import type { ModuleRecord } from '../../../src/model/program.ts';

/** What an expression is made of, one level down. Functions written in it are code of their own. */
export function partsOf({ syntax }: ModuleRecord, expression: Expression): readonly Expression[] {
  if (expression.kind !== 'call') return partsOfExpression(expression);
  const call = syntax.calls[expression.call];
  if (call === undefined) return [];
  return call.callee.kind === 'name' ? call.arguments : [call.callee, ...call.arguments];
}

/** Whether the test holds for the expression or anything in it. */
export const contains = (module: ModuleRecord, expression: Expression, test: (part: Expression) => boolean): boolean =>
  test(expression) || partsOf(module, expression).some((part) => contains(module, part, test));

/** Without `await` and type assertions around it. */
export const bare = (expression: Expression): Expression =>
  expression.kind === 'await' || expression.kind === 'assertion' ? bare(expression.value) : expression;
