import { ts } from 'ts-morph';
import type { Item, ModuleSource } from './module-source.ts';
import { type CallKnowledge, isPure, referenceAt } from './purity.ts';
import type { Sources } from './sources.ts';

interface Place {
  readonly sources: Sources;
  readonly knowledge: CallKnowledge;
}

/**
 * What a start-up statement changes, when it is only that: `router.use(…)`, `schema.statics.find = …`, `bus.on(…)`. It
 * is kept with its receiver. Calls of own code may do anything and name no receiver.
 */
export function receiversOf(place: Place, source: ModuleSource, node: ts.Node): readonly Item[] {
  if (makesFolder(place, source, node)) return source.items.filter((each) => each.kind !== 'statement');
  if (!ts.isExpressionStatement(node)) return [];
  const expression = node.expression;
  const isWrite = ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  const root = rootIdentifier(isWrite ? expression.left : expression);
  if (root === undefined || referenceAt(source, root)?.scope !== 'module') return [];
  if (!isWrite && !ts.isPropertyAccessExpression(root.parent)) return [];
  if (isWrite && !isPure(place.sources, place.knowledge, { module: source, node: expression.right })) return [];
  const resolved = place.sources.resolveName(source, root.text);
  if (resolved.kind !== 'items') return [];
  const isOwned = (item: Item): boolean =>
    isQuiet(place, resolved.module, item.node) && (isWrite || isLibraryValue(place, resolved.module, item.node));
  return resolved.items.every(isOwned) ? resolved.items : [];
}

/** Whether a declaration only makes its value: left out, nobody notices. */
export function isQuiet({ sources, knowledge }: Place, module: ModuleSource, node: ts.Node): boolean {
  const value = initialValueOf(node);
  return value === undefined || isPure(sources, knowledge, { module, node: value });
}

const initialValueOf = (node: ts.Node): ts.Node | undefined => {
  if (ts.isVariableDeclaration(node)) return node.initializer;
  if (ts.isExportAssignment(node)) return node.expression;
  return ts.isClassLike(node) ? node : undefined;
};

/** `fs.mkdirSync(uploads)`: of use only to the module's own code. */
function makesFolder({ sources }: Place, source: ModuleSource, node: ts.Node): boolean {
  const call = ts.isIfStatement(node) && node.elseStatement === undefined ? onlyExpression(node.thenStatement) : onlyExpression(node);
  if (call === undefined || !ts.isCallExpression(call)) return false;
  const callee = call.expression;
  const root = rootIdentifier(callee);
  const method = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  const resolved = root === undefined ? undefined : sources.resolveName(source, root.text);
  return FOLDER_MAKERS.has(method) && resolved?.kind === 'package' && FILE_PACKAGES.has(resolved.name);
}

function isLibraryValue({ sources, knowledge }: Place, source: ModuleSource, node: ts.Node): boolean {
  const value = ts.isVariableDeclaration(node) ? node.initializer : undefined;
  if (value === undefined || !(ts.isCallExpression(value) || ts.isNewExpression(value))) return false;
  if (knowledge.effectOf(source.id, value) === 'none') return true;
  const callee = rootIdentifier(value.expression);
  if (callee === undefined) return false;
  const resolved = sources.resolveName(source, callee.text);
  return resolved.kind === 'package' || (resolved.kind === 'unknown' && GLOBAL_COLLECTIONS.has(callee.text));
}

const onlyExpression = (node: ts.Node): ts.Expression | undefined => {
  if (ts.isExpressionStatement(node)) return node.expression;
  const [first, second] = ts.isBlock(node) ? node.statements : [];
  return first === undefined || second !== undefined ? undefined : onlyExpression(first);
};

const FOLDER_MAKERS: ReadonlySet<string> = new Set(['mkdirSync', 'mkdirpSync', 'ensureDirSync']);
const FILE_PACKAGES: ReadonlySet<string> = new Set(['fs', 'fs-extra', 'mkdirp']);
const GLOBAL_COLLECTIONS: ReadonlySet<string> = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'Array']);

function rootIdentifier(node: ts.Expression): ts.Identifier | undefined {
  if (ts.isIdentifier(node)) return node;
  const inner =
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isVoidExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isParenthesizedExpression(node);
  return inner ? rootIdentifier(node.expression) : undefined;
}
