import { ts } from 'ts-morph';
import { calledName, constantValue, DEEPEST_CONSTANT, formOf, isGlobal, isOwnFile } from './module-places.ts';
import type { ModuleSource } from './module-source.ts';
import { answerByName, isMember, isScript, scriptForm } from './script-names.ts';
import { comparedNothing, testedRegion } from './tested-values.ts';
import type { TextEdit } from './text-edits.ts';

export interface Started {
  /** Whether the monolith's process was started with the module (`main`), or another module loads it. */
  readonly as: 'main' | 'loaded';
  /** Path of the module that the process was started with. */
  readonly entry: string;
}

export interface MainChecks {
  readonly edits: readonly TextEdit[];
  /** Kept code that asks for the script in a way that has no answer outside the monolith's process; in source order. */
  readonly unanswered: readonly ts.Node[];
}

/**
 * Answers `require.main === module`, `!module.parent`, `import.meta.url === pathToFileURL(process.argv[1]).href` and
 * `process.argv[1].endsWith('server.js')` as the monolith did: in a bundle no module is the main one.
 */
export function answerMainChecks(module: ModuleSource, isKept: (offset: number) => boolean, started: Started): MainChecks {
  const edits: TextEdit[] = [];
  const asks: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    const text = answerTo(module, node, started);
    const start = node.getStart(module.file);
    if (text !== undefined) {
      if (isKept(start)) edits.push({ start, end: node.end, text });
      return;
    }
    if (isUnanswered(module, node, started) && isKept(start)) asks.push(node);
    if (!isAsk(module, node)) ts.forEachChild(node, visit);
  };
  visit(module.file);
  return { edits, unanswered: asks.filter((node) => !isHeldForAnswers(module, node.getStart(module.file), edits)) };
}

function answerTo(module: ModuleSource, node: ts.Node, started: Started): string | undefined {
  const isMain = started.as === 'main';
  const check = comparisonOf(node);
  if (check !== undefined) {
    const answer = asksMain(module, check) ? isMain : asksName(module, check, started);
    return answer === undefined ? undefined : String(answer === check.meaning);
  }
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  if (ts.isMetaProperty(node.expression)) return node.name.text === 'main' ? String(isMain) : undefined;
  if (isMainModule(node)) return isTestedAlone(module, node) ? 'true' : undefined;
  if (!isParent(module, node)) return undefined;
  if (isMain) return ts.isPropertyAccessExpression(node.parent) ? undefined : 'null';
  if (isTestedAlone(module, node)) return 'module';
  return testedRegion(node) === undefined ? undefined : comparedNothing(node)?.getText(module.file);
}

interface Comparison {
  readonly method: string;
  readonly left: ts.Expression;
  readonly right: ts.Expression;
  /** Whether it is true where the sides agree. */
  readonly meaning: boolean;
}

/** `left === right`, `left.endsWith(right)`. */
function comparisonOf(node: ts.Node): Comparison | undefined {
  if (ts.isBinaryExpression(node)) {
    const meaning = EQUALITIES.get(node.operatorToken.kind);
    return meaning === undefined ? undefined : { method: 'equals', left: node.left, right: node.right, meaning };
  }
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { expression: left, name } = node.expression;
  const [right] = node.arguments;
  return right !== undefined && AGREEMENTS.has(name.text) ? { method: name.text, left, right, meaning: true } : undefined;
}

/** One side names the script that Node was started with, the other this module. */
function asksMain(module: ModuleSource, { left, right }: Comparison): boolean {
  const names = (script: ts.Expression, own: ts.Expression): boolean => {
    if (isMainModule(script)) return isModule(module, own);
    const isNamed = scriptForm(module, script) !== undefined || holds(script, isScript);
    return isNamed && holds(own, (node) => asksOwnPlace(module, node)) && !holds(own, isFolder) && !holds(script, isFolder);
  };
  return names(left, right) || names(right, left);
}

/** One side names the script, the other is a text. That the entry had another name than the code asks for cannot be: it was built. */
function asksName(module: ModuleSource, { method, left, right }: Comparison, { as, entry }: Started): boolean | undefined {
  const byName = (script: ts.Expression, text: ts.Expression): boolean | undefined => {
    const form = scriptForm(module, script);
    const value = ts.isIdentifier(text) ? constantValue(module, text) : text;
    if (form === undefined || value === undefined || !ts.isStringLiteralLike(value)) return undefined;
    const answer = answerByName(form, method, value.text, entry);
    return answer === false && as === 'main' ? undefined : answer;
  };
  return byName(left, right) ?? (method === 'equals' ? byName(right, left) : undefined);
}

/** Modules share a folder. */
const isFolder = (node: ts.Node): boolean => ts.isCallExpression(node) && calledName(node) === 'dirname';

const isModule = (module: ModuleSource, node: ts.Node): boolean =>
  ts.isIdentifier(node) && node.text === 'module' && isGlobal(module, node);

const isMainModule = (node: ts.Node): boolean => isMember(node, 'require', 'main') || isMember(node, 'process', 'mainModule');

/** `module.parent`, of which most code asks only whether there is something. */
const isParent = (module: ModuleSource, node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node) && node.name.text === 'parent' && isModule(module, node.expression);

const isAsk = (module: ModuleSource, node: ts.Node): boolean => isScript(node) || isMainModule(node) || isParent(module, node);

/** Nothing that depends on the test asks for more: what started or loads a module in the monolith is not there in a bundle. */
function isTestedAlone(module: ModuleSource, node: ts.Node): boolean {
  const region = testedRegion(node);
  const isRead = (other: ts.Node): boolean =>
    (isParent(module, node) ? isParent(module, other) : isMainModule(other)) && testedRegion(other) === undefined;
  return region !== undefined && !holds(region, (other) => isRead(other) && !isCompared(module, other));
}

/** Inside a comparison that is answered as a whole. */
const isCompared = (module: ModuleSource, node: ts.Node): boolean =>
  ts.findAncestor(node, (outer) => {
    const check = comparisonOf(outer);
    return check !== undefined && asksMain(module, check);
  }) !== undefined;

/** The main module has no parent; of other values a test alone is true in a bundle, too. */
const isUnanswered = (module: ModuleSource, node: ts.Node, started: Started): boolean =>
  isAsk(module, node) && !(started.as === 'main' && isParent(module, node)) && testedRegion(node) === undefined;

/** `const script = process.argv[1]`, of which all uses are answered, or make such a constant. */
function isHeldForAnswers(module: ModuleSource, offset: number, edits: readonly TextEdit[], depth = 0): boolean {
  const held = [...module.bindings].find(([, [item]]) => item !== undefined && item.start <= offset && offset < item.end);
  const node = held?.[1][0]?.node;
  if (held === undefined || node === undefined || !ts.isVariableDeclaration(node) || depth > DEEPEST_CONSTANT) return false;
  if (module.localExports.some(({ local }) => local === held[0])) return false;
  const uses = module.references.filter(({ name, scope }) => name === held[0] && scope === 'module');
  const isAnswered = (start: number): boolean => edits.some((edit) => edit.start <= start && start < edit.end);
  return uses.length > 0 && uses.every(({ start }) => isAnswered(start) || isHeldForAnswers(module, start, edits, depth + 1));
}

function asksOwnPlace(module: ModuleSource, node: ts.Node): boolean {
  const form = formOf(module, node);
  if (form !== undefined) return form !== 'folder';
  const value = ts.isIdentifier(node) ? constantValue(module, node) : undefined;
  return value !== undefined && (isOwnFile(module, value) || formOf(module, value) === 'url');
}

const holds = (node: ts.Node, isSought: (node: ts.Node) => boolean): boolean =>
  isSought(node) || ts.forEachChild(node, (child) => holds(child, isSought) || undefined) === true;

/** Whether an operator is true of equal sides. */
const EQUALITIES: ReadonlyMap<ts.SyntaxKind, boolean> = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, true],
  [ts.SyntaxKind.EqualsEqualsToken, true],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, false],
  [ts.SyntaxKind.ExclamationEqualsToken, false],
]);
const AGREEMENTS: ReadonlySet<string> = new Set(['endsWith', 'includes']);
