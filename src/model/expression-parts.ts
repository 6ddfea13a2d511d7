import type { Expression } from './file-syntax.ts';

/** What an expression is made of, one level down. A call stands apart: its parts are in the calls of the file. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'member':
      return [expression.object];
    case 'index':
      return [expression.object, expression.index];
    case 'await':
    case 'spread':
    case 'assertion':
      return [expression.value];
    case 'choice':
      return expression.options;
    case 'template':
      return expression.expressions;
    case 'concatenation':
      return expression.parts;
    case 'array':
      return expression.elements;
    case 'object':
      return expression.properties.map(({ value }) => value);
    case 'other':
      return expression.operands ?? [];
    default:
      return [];
  }
}
