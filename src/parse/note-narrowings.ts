import type * as ast from 'oxc-parser';
import type { Expression } from '../model/file-syntax.ts';
import type { Span } from '../model/location.ts';
import { type Extraction, spanOf } from './extraction.ts';
import { unwrap } from './keys.ts';

/** Where a condition holds, and where its opposite does. */
export interface Branches {
  readonly whenTrue?: Span | undefined;
  readonly whenFalse?: Span | undefined;
}

/** Notes what a condition that was walked says of the types of names. */
export function noteNarrowings(x: Extraction, test: ast.Node, { whenTrue, whenFalse }: Branches): void {
  const node = unwrap(test);
  switch (node.type) {
    case 'UnaryExpression':
      if (node.operator === '!') noteNarrowings(x, node.argument, { whenTrue: whenFalse, whenFalse: whenTrue });
      break;
    case 'LogicalExpression':
      noteBoth(x, node, { whenTrue, whenFalse });
      break;
    case 'BinaryExpression':
      if (whenTrue !== undefined && node.operator === 'instanceof') noteInstance(x, node, whenTrue);
      break;
    case 'CallExpression':
      if (whenTrue !== undefined) noteGuard(x, node, whenTrue);
      break;
  }
}

/** Of `a && b` both hold where it does, of `a || b` neither where it does not. */
function noteBoth(x: Extraction, node: ast.LogicalExpression, { whenTrue, whenFalse }: Branches): void {
  const branches = node.operator === '&&' ? { whenTrue } : node.operator === '||' ? { whenFalse } : {};
  noteNarrowings(x, node.left, branches);
  noteNarrowings(x, node.right, branches);
}

function noteInstance(x: Extraction, node: ast.BinaryExpression, span: Span): void {
  const name = unwrap(node.left);
  const type = namedClass(unwrap(node.right));
  if (name.type !== 'Identifier' || type === undefined) return;
  x.narrowings.push({ name: name.name, at: name.start, owner: x.owner, span, type });
}

/** The class, as an expression: it was walked already, and is not walked twice. */
function namedClass(node: ast.Node): Expression | undefined {
  const span = spanOf(node);
  if (node.type === 'Identifier') return { kind: 'name', name: node.name, span };
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return undefined;
  const object = namedClass(unwrap(node.object));
  return object && { kind: 'member', object, property: node.property.name, optional: false, span };
}

/** Whether the function is a guard is known when it is found. */
function noteGuard(x: Extraction, node: ast.CallExpression, span: Span): void {
  const call = x.calls.findLastIndex((one) => one.span.start === node.start && one.span.end === node.end);
  node.arguments.forEach((argument, position) => {
    const name = unwrap(argument);
    if (call < 0 || name.type !== 'Identifier') return;
    x.narrowings.push({ name: name.name, at: name.start, owner: x.owner, span, guard: { call, position } });
  });
}

/** Whether nothing comes after a statement: what follows an `if` that ends so runs only when it did not hold. */
export function endsThere(node: ast.Node): boolean {
  switch (node.type) {
    case 'ReturnStatement':
    case 'ThrowStatement':
    case 'ContinueStatement':
    case 'BreakStatement':
      return true;
    case 'BlockStatement': {
      const last = node.body.at(-1);
      return last !== undefined && endsThere(last);
    }
    default:
      return false;
  }
}
