import type { CallSyntax, Expression } from '../model/file-syntax.ts';

/** An expression as a person would recognise it; what is not kept of it is `…`. */
export function describeExpression(expression: Expression, calls: readonly CallSyntax[]): string {
  const describe = (inner: Expression): string => describeExpression(inner, calls);
  switch (expression.kind) {
    case 'name':
      return expression.name;
    case 'this':
    case 'super':
      return expression.kind;
    case 'literal':
      return JSON.stringify(expression.value) ?? 'undefined';
    case 'member':
      return `${describe(expression.object)}.${expression.property}`;
    case 'index':
      return `${describe(expression.object)}[${describe(expression.index)}]`;
    case 'call': {
      const call = calls[expression.call];
      return call === undefined ? '…' : `${describe(call.callee)}(${call.arguments.length === 0 ? '' : '…'})`;
    }
    case 'template':
      return `\`${expression.quasis.map((quasi, index) => quasi + holeOf(expression.expressions[index], describe)).join('')}\``;
    case 'concatenation':
      return expression.parts.map(describe).join(' + ');
    case 'await':
      return `await ${describe(expression.value)}`;
    case 'assertion':
      return describe(expression.value);
    default:
      return '…';
  }
}

const holeOf = (hole: Expression | undefined, describe: (inner: Expression) => string): string =>
  hole === undefined ? '' : `\${${describe(hole)}}`;
