import { ts } from 'ts-morph';
import { calledName, constantValue, DEEPEST_CONSTANT } from './module-places.ts';
import type { ModuleSource } from './module-source.ts';

/** How code names the script that Node was started with: its path or address, its file name, or that without the ending. */
export type ScriptForm = 'path' | 'base' | 'stem';

/** `process.argv[1]`, `require.main.filename`. */
export const isScript = (node: ts.Node): boolean => {
  if (ts.isElementAccessExpression(node)) return isMember(node.expression, 'process', 'argv') && node.argumentExpression.getText() === '1';
  return ts.isPropertyAccessExpression(node) && node.name.text === 'filename' && isMember(node.expression, 'require', 'main');
};

export const isMember = (node: ts.Node, object: string, name: string): boolean =>
  ts.isPropertyAccessExpression(node) && node.name.text === name && ts.isIdentifier(node.expression) && node.expression.text === object;

/** `process.argv[1]`, `path.basename(process.argv[1])`, `pathToFileURL(process.argv[1] ?? '').href`, or a constant that holds one. */
export function scriptForm(module: ModuleSource, node: ts.Expression, depth = 0): ScriptForm | undefined {
  const formOf = (inner: ts.Expression | undefined): ScriptForm | undefined =>
    inner === undefined || depth > DEEPEST_CONSTANT ? undefined : scriptForm(module, inner, depth + 1);
  if (isScript(node)) return 'path';
  if (ts.isIdentifier(node)) return formOf(constantValue(module, node));
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node)) return formOf(node.expression);
  if (ts.isBinaryExpression(node)) return DEFAULTING.has(node.operatorToken.kind) ? formOf(node.left) : undefined;
  if (ts.isPropertyAccessExpression(node)) {
    const { expression, name } = node;
    const isParsed = ts.isCallExpression(expression) && calledName(expression) === 'parse' && formOf(expression.arguments[0]) === 'path';
    if (isParsed) return name.text === 'base' ? 'base' : name.text === 'name' ? 'stem' : undefined;
    return name.text === 'href' || name.text === 'pathname' ? formOf(expression) : undefined;
  }
  if (!ts.isCallExpression(node)) return undefined;
  const [first, ending] = node.arguments;
  if (calledName(node) === 'basename') return formOf(first) === 'path' ? (ending === undefined ? 'base' : 'stem') : undefined;
  return node.arguments.length === 1 && SAME_PATH.has(calledName(node)) ? formOf(first) : undefined;
}

/**
 * What a comparison of the script with a text gave, when the script was `entry`, in whatever form it was compiled;
 * `undefined` where it depends on folders or on an ending that only the process knew.
 */
export function answerByName(form: ScriptForm, method: string, text: string, entry: string): boolean | undefined {
  const written = withoutEnding(text);
  const own = withoutEnding(entry);
  const name = lastOf(written.stem);
  const ownName = lastOf(own.stem);
  const hasFolder = written.stem !== name;
  if (name === '' || (form === 'stem' && written.hasEnding)) return undefined;
  const isWhole = form === 'stem' || written.hasEnding;
  if (method === 'includes') {
    if (!hasFolder && (written.hasEnding ? ownName.endsWith(name) : ownName.includes(name))) return true;
    return form === 'path' ? undefined : false;
  }
  if (method === 'endsWith') {
    if (hasFolder ? name !== ownName : !ownName.endsWith(name)) return isWhole || ownName !== 'index' ? false : undefined;
    return isWhole && (!hasFolder || `/${own.stem}`.endsWith(written.stem)) ? true : undefined;
  }
  if (method !== 'equals') return undefined;
  if (name !== ownName) return isWhole || ownName !== 'index' ? false : undefined;
  return isWhole && form !== 'path' ? true : undefined;
}

const withoutEnding = (text: string): { readonly stem: string; readonly hasEnding: boolean } => {
  const stem = text.replaceAll('\\', '/').replace(/\.[cm]?[jt]sx?$/, '');
  return { stem, hasEnding: stem.length < text.length };
};

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const DEFAULTING: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken]);
const SAME_PATH: ReadonlySet<string> = new Set(['normalize', 'pathToFileURL', 'realpathSync', 'resolve', 'String']);
