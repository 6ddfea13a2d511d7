import { ts } from 'ts-morph';
import { constantValue, formOf, isGlobal, isOwnFile } from './module-places.ts';
import type { ModuleSource } from './module-source.ts';
import { comparedNothing, testedRegion } from './tested-values.ts';
import type { TextEdit } from './text-edits.ts';

/** Whether the monolith's process was started with the module (`main`), or another module loads it. */
export type StartedAs = 'main' | 'loaded';

/**
 * Answers `require.main === module`, `!module.parent` and `import.meta.url === pathToFileURL(process.argv[1]).href` as the
 * monolith did: in a bundle no module is the main one.
 */
export function answerMainChecks(module: ModuleSource, isKept: (offset: number) => boolean, startedAs: StartedAs): readonly TextEdit[] {
  const found: TextEdit[] = [];
  const visit = (node: ts.Node): void => {
    const text = answerTo(module, node, startedAs);
    const start = node.getStart(module.file);
    if (text === undefined) ts.forEachChild(node, visit);
    else if (isKept(start)) found.push({ start, end: node.end, text });
  };
  visit(module.file);
  return found;
}

function answerTo(module: ModuleSource, node: ts.Node, startedAs: StartedAs): string | undefined {
  if (ts.isBinaryExpression(node)) {
    const meaning = EQUALITIES.get(node.operatorToken.kind);
    const isCheck = meaning !== undefined && (asksMain(module, node.left, node.right) || asksMain(module, node.right, node.left));
    return isCheck ? String((startedAs === 'main') === meaning) : undefined;
  }
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  if (ts.isMetaProperty(node.expression)) return node.name.text === 'main' ? String(startedAs === 'main') : undefined;
  if (!isParent(module, node)) return undefined;
  if (startedAs === 'main') return ts.isPropertyAccessExpression(node.parent) ? undefined : 'null';
  const region = testedRegion(node);
  if (region === undefined) return undefined;
  return readsParent(module, region) ? comparedNothing(node)?.getText(module.file) : 'module';
}

/** `module.parent`, of which most code asks only whether there is something. */
const isParent = (module: ModuleSource, node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node) && node.name.text === 'parent' && isModule(module, node.expression);

/** What loads a module in the monolith does not in a bundle: code that asks more of it must find nothing, as it does there. */
const readsParent = (module: ModuleSource, region: ts.Node): boolean =>
  holds(region, (node) => isParent(module, node) && testedRegion(node) === undefined);

/** One side names the script that Node was started with, the other this module. */
function asksMain(module: ModuleSource, script: ts.Expression, own: ts.Expression): boolean {
  if (isMember(script, 'require', 'main') || isMember(script, 'process', 'mainModule')) return isModule(module, own);
  return holds(script, isScript) && holds(own, (node) => asksOwnPlace(module, node));
}

const isModule = (module: ModuleSource, node: ts.Node): boolean =>
  ts.isIdentifier(node) && node.text === 'module' && isGlobal(module, node);

function asksOwnPlace(module: ModuleSource, node: ts.Node): boolean {
  const form = formOf(module, node);
  if (form !== undefined) return form !== 'folder';
  const value = ts.isIdentifier(node) ? constantValue(module, node) : undefined;
  return value !== undefined && (isOwnFile(module, value) || formOf(module, value) === 'url');
}

/** `process.argv[1]`, `require.main.filename`. */
const isScript = (node: ts.Node): boolean => {
  if (ts.isElementAccessExpression(node)) return isMember(node.expression, 'process', 'argv') && node.argumentExpression.getText() === '1';
  return ts.isPropertyAccessExpression(node) && node.name.text === 'filename' && isMember(node.expression, 'require', 'main');
};

const isMember = (node: ts.Node, object: string, name: string): boolean =>
  ts.isPropertyAccessExpression(node) && node.name.text === name && ts.isIdentifier(node.expression) && node.expression.text === object;

const holds = (node: ts.Node, isSought: (node: ts.Node) => boolean): boolean =>
  isSought(node) || ts.forEachChild(node, (child) => holds(child, isSought) || undefined) === true;

/** Whether an operator is true of equal sides. */
const EQUALITIES: ReadonlyMap<ts.SyntaxKind, boolean> = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, true],
  [ts.SyntaxKind.EqualsEqualsToken, true],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, false],
  [ts.SyntaxKind.ExclamationEqualsToken, false],
]);
