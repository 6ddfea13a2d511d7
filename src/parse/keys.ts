import type * as ast from 'oxc-parser';

/** The name of a property, member or method key when it is constant; `#x` for a private one. */
export function constantKey(node: { readonly key: ast.Node; readonly computed: boolean }): string | undefined {
  const { key } = node;
  switch (key.type) {
    case 'Identifier':
      return node.computed ? undefined : key.name;
    case 'PrivateIdentifier':
      return `#${key.name}`;
    default:
      return constantText(key);
  }
}

/** The text of a string, number or hole-free template. */
export function constantText(node: ast.Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' || typeof node.value === 'number' ? String(node.value) : undefined;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** The property that a member expression takes, when it is constant. */
export function memberProperty(node: ast.MemberExpression): string | undefined {
  const { property } = node;
  if (property.type === 'PrivateIdentifier') return `#${property.name}`;
  return node.computed ? constantText(property) : property.type === 'Identifier' ? property.name : undefined;
}

/** Looks through parentheses, casts and `!`. */
export function unwrap(node: ast.Node): ast.Node {
  let current = node;
  for (;;) {
    switch (current.type) {
      case 'ParenthesizedExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
      case 'ChainExpression':
        current = current.expression;
        break;
      default:
        return current;
    }
  }
}
