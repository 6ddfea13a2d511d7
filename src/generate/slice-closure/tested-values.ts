import { ts } from 'ts-morph';

/**
 * What depends on whether there is a value: code that runs only then. `undefined` where the expression is used for more
 * than that: what it gives is handed on.
 */
export function testedRegion(node: ts.Node): ts.Node | undefined {
  let tested: ts.Node | undefined;
  for (let current = node; ; current = current.parent) {
    const { parent } = current;
    if (isCondition(parent, current)) return ts.isIfStatement(parent) && leaves(parent.thenStatement) ? parent.parent : parent;
    if (isTest(parent, current) || isGuard(parent, current)) tested = parent;
    else if (!isJoined(parent)) return tested;
    else if (tested !== undefined) tested = parent;
  }
}

const isCondition = (parent: ts.Node, node: ts.Node): boolean =>
  ts.isConditionalExpression(parent)
    ? parent.condition === node
    : (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent)) && parent.expression === node;

/** What makes a truth value of it, whatever follows. */
function isTest(parent: ts.Node, node: ts.Node): boolean {
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isTypeOfExpression(parent)) return true;
  if (ts.isCallExpression(parent)) return ts.isIdentifier(parent.expression) && parent.expression.text === 'Boolean';
  return comparedNothing(node) !== undefined;
}

/** `null` in `x === null`, `undefined` in `x !== undefined`. */
export function comparedNothing(node: ts.Node): ts.Expression | undefined {
  const { parent } = node;
  if (!ts.isBinaryExpression(parent) || !COMPARISONS.has(parent.operatorToken.kind)) return undefined;
  const other = parent.left === node ? parent.right : parent.left;
  return isNothing(other) ? other : undefined;
}

/** The left side of `&&`, which is given on only when there is nothing. */
const isGuard = (parent: ts.Node, node: ts.Node): boolean =>
  ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken && parent.left === node;

/** What gives on what it was given: the test stands further out. */
const isJoined = (parent: ts.Node): boolean =>
  ts.isParenthesizedExpression(parent) ||
  ts.isAsExpression(parent) ||
  ts.isNonNullExpression(parent) ||
  (ts.isBinaryExpression(parent) && JOINING.has(parent.operatorToken.kind));

const isNothing = (node: ts.Node): boolean =>
  node.kind === ts.SyntaxKind.NullKeyword || ts.isVoidExpression(node) || (ts.isIdentifier(node) && node.text === 'undefined');

/** `if (…) return;`: what depends on the test stands behind it. */
const leaves = (statement: ts.Statement): boolean => {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
};

const JOINING: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken]);
const COMPARISONS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
]);
