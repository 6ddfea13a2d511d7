import type { Node } from 'oxc-parser';

const MAXIMUM_LENGTH = 80;

/** An expression as a person would write it, cut to one short line. */
export function sourceText(node: Node): string {
  const text = print(node, 5);
  return text.length > MAXIMUM_LENGTH ? `${text.slice(0, MAXIMUM_LENGTH - 1)}…` : text;
}

function print(node: Node, depth: number): string {
  if (depth === 0) return '…';
  const inner = (child: Node): string => print(child, depth - 1);
  const list = (children: readonly (Node | null)[]): string => children.map((child) => (child === null ? '' : inner(child))).join(', ');
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'PrivateIdentifier':
      return `#${node.name}`;
    case 'ThisExpression':
      return 'this';
    case 'Super':
      return 'super';
    case 'Literal':
      return node.raw ?? String(node.value);
    case 'TemplateLiteral':
      return `\`${node.quasis.map((quasi, index) => quasi.value.raw + hole(node.expressions[index], inner)).join('')}\``;
    case 'MemberExpression': {
      const object = inner(node.object);
      if (node.computed) return `${object}${node.optional ? '?.' : ''}[${inner(node.property)}]`;
      return `${object}${node.optional ? '?.' : '.'}${inner(node.property)}`;
    }
    case 'CallExpression':
      return `${inner(node.callee)}${node.optional ? '?.' : ''}(${list(node.arguments)})`;
    case 'NewExpression':
      return `new ${inner(node.callee)}(${list(node.arguments)})`;
    case 'ImportExpression':
      return `import(${inner(node.source)})`;
    case 'UnaryExpression':
      return `${node.operator}${node.operator.length > 1 ? ' ' : ''}${inner(node.argument)}`;
    case 'BinaryExpression':
    case 'LogicalExpression':
      return `${inner(node.left)} ${node.operator} ${inner(node.right)}`;
    case 'AssignmentExpression':
      return `${inner(node.left)} ${node.operator} ${inner(node.right)}`;
    case 'ConditionalExpression':
      return `${inner(node.test)} ? ${inner(node.consequent)} : ${inner(node.alternate)}`;
    case 'ArrayExpression':
      return `[${list(node.elements)}]`;
    case 'ObjectExpression':
      return node.properties.length === 0 ? '{}' : `{ ${list(node.properties)} }`;
    case 'Property':
      return node.shorthand ? inner(node.key) : `${inner(node.key)}: ${inner(node.value)}`;
    case 'SpreadElement':
      return `...${inner(node.argument)}`;
    case 'AwaitExpression':
      return `await ${inner(node.argument)}`;
    case 'ParenthesizedExpression':
      return `(${inner(node.expression)})`;
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
      return inner(node.expression);
    case 'ArrowFunctionExpression':
      return '() => …';
    case 'FunctionExpression':
    case 'FunctionDeclaration':
      return `function ${node.id?.name ?? ''}`.trimEnd();
    default:
      return '…';
  }
}

const hole = (expression: Node | undefined, inner: (child: Node) => string): string =>
  expression === undefined ? '' : `\${${inner(expression)}}`;
