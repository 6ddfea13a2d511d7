import { ts } from 'ts-morph';
import type { ModuleSource } from './module-source.ts';
import { referenceAt } from './purity.ts';

interface CallbackPlace {
  readonly module: ModuleSource;
  readonly pure: (node: ts.Node) => boolean;
  readonly isDead: (node: ts.Expression) => boolean;
  readonly isDeadStatement: (node: ts.Statement) => boolean;
}

/** Whether the last argument of `listen` is a callback that does more than tell that the server listens. */
export function isWaitedFor(callback: ts.Expression, { module, pure, isDead, isDeadStatement }: CallbackPlace): boolean {
  if (ts.isIdentifier(callback)) return isFunctionName(callback, module);
  if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback)) return false;
  const isTelling = (node: ts.Expression): boolean =>
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    LOG_METHODS.has(node.expression.name.text) &&
    node.arguments.every(pure);
  const body = callback.body;
  if (!ts.isBlock(body)) return !isTelling(body) && !isDead(body) && !pure(body);
  const isNothing = (each: ts.Statement): boolean =>
    isDeadStatement(each) || (ts.isExpressionStatement(each) && isTelling(each.expression)) || pure(each);
  return !body.statements.every(isNothing);
}

const LOG_METHODS: ReadonlySet<string> = new Set(['debug', 'error', 'http', 'info', 'log', 'notice', 'trace', 'verbose', 'warn']);

/** A name is a callback when it is a function, or the `resolve` of a promise; else a port or a host. */
function isFunctionName(node: ts.Identifier, module: ModuleSource): boolean {
  const reference = referenceAt(module, node);
  if (reference?.scope === 'module') return module.bindings.get(node.text)?.some((item) => isFunctionDeclaration(item.node)) === true;
  const declaration = reference?.declaration?.parent;
  return (
    declaration !== undefined && (isFunctionDeclaration(declaration) || (ts.isParameter(declaration) && isExecutor(declaration.parent)))
  );
}

const isFunctionDeclaration = (node: ts.Node): boolean =>
  ts.isFunctionDeclaration(node) ||
  (ts.isVariableDeclaration(node) && node.initializer !== undefined && ts.isFunctionLike(node.initializer));

/** `new Promise((resolve) => …)`. */
const isExecutor = (node: ts.Node): boolean =>
  ts.isNewExpression(node.parent) || (ts.isParenthesizedExpression(node.parent) && isExecutor(node.parent));
