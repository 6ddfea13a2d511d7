import type { Expression } from '../../../src/model/file-syntax.ts';
import type { ModuleRecord } from '../../../src/model/program.ts';

/** What an expression is made of, one level down. Functions written in it are code of their own. */
export function partsOf({ syntax }: ModuleRecord, expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'template':
      return expression.expressions;
    case 'member':
      return [expression.object];
    case 'index':
      return [expression.object, expression.index];
    case 'call': {
      const call = syntax.calls[expression.call];
      if (call === undefined) return [];
      return call.callee.kind === 'name' ? call.arguments : [call.callee, ...call.arguments];
    }
    case 'await':
    case 'spread':
    case 'assertion':
      return [expression.value];
    case 'object':
      return expression.properties.map(({ value }) => value);
    case 'array':
      return expression.elements;
    case 'choice':
      return expression.options;
    case 'concatenation':
      return expression.parts;
    case 'other':
      return expression.operands ?? [];
    default:
      return [];
  }
}

/** Whether the test holds for the expression or anything in it. */
export const contains = (module: ModuleRecord, expression: Expression, test: (part: Expression) => boolean): boolean =>
  test(expression) || partsOf(module, expression).some((part) => contains(module, part, test));

/** Without `await` and type assertions around it. */
export const bare = (expression: Expression): Expression =>
  expression.kind === 'await' || expression.kind === 'assertion' ? bare(expression.value) : expression;
