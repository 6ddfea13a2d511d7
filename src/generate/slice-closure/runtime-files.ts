import { ts } from 'ts-morph';
import { type ModuleId, toModuleId } from '../../model/ids.ts';
import { calledName, constantValue, DEEPEST_CONSTANT, formOf, isOwnFile, namesModule } from './module-places.ts';
import type { ModuleSource } from './module-source.ts';

/** A path that kept code builds from constants, to be read from the disk when the slice runs. */
export interface RuntimePath {
  /** Relative to the analysed root. */
  readonly path: ModuleId;
  /** What it starts from. */
  readonly from: 'module' | 'working-directory';
  readonly start: number;
  readonly text: string;
}

/** Finds `path.join(__dirname, 'views')`, `__dirname + '/public'`, `new URL('./page.html', import.meta.url)`, `express.static('public')`. */
export function findRuntimePaths(module: ModuleSource, isKept: (offset: number) => boolean): readonly RuntimePath[] {
  const found: RuntimePath[] = [];
  const visit = (node: ts.Node): void => {
    if (namesModule(module, node.getStart(module.file))) return;
    const path = ts.isExpression(node) ? readPath(module, node) : undefined;
    if (path !== undefined && isKept(node.getStart(module.file))) {
      const joined = normalize(path.segments);
      if (joined !== undefined)
        found.push({ path: joined, from: path.from, start: node.getStart(module.file), text: node.getText(module.file).slice(0, 80) });
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(module.file);
  return found;
}

interface PathRead {
  readonly from: RuntimePath['from'];
  readonly segments: readonly string[];
}

const WORKING_DIRECTORY: PathRead = { from: 'working-directory', segments: [] };

/** A path as far as it is constant: of one with a computed end the folder that the end lies in. */
function readPath(module: ModuleSource, node: ts.Expression, depth = 0): PathRead | undefined {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return concatenate(readStart(module, node.left, depth), [node.right]);
  if (ts.isTemplateExpression(node)) {
    const [first, ...rest] = node.templateSpans;
    const start = node.head.text === '' && first !== undefined ? readStart(module, first.expression, depth) : undefined;
    return concatenate(start, first === undefined ? [] : [first.literal, ...rest.map((span) => span.expression)]);
  }
  if (ts.isNewExpression(node)) return readUrl(module, node);
  if (!ts.isCallExpression(node)) return undefined;
  const [first, ...rest] = node.arguments;
  const name = calledName(node);
  if (first === undefined) return undefined;
  if (name === 'join' || name === 'resolve') {
    const start = readStart(module, first, depth);
    if (start !== undefined) return join(start, rest);
    return name === 'resolve' ? join(WORKING_DIRECTORY, node.arguments) : undefined;
  }
  const reads = name === 'static' || name === 'readFileSync' || name === 'readFile' || name === 'createReadStream';
  const isRelative = reads && ts.isStringLiteralLike(first) && !first.text.startsWith('/');
  return isRelative ? { from: 'working-directory', segments: first.text.split('/') } : undefined;
}

/** A folder that paths start from: the module's own, the working directory, or one that a constant holds. */
function readStart(module: ModuleSource, node: ts.Expression, depth: number): PathRead | undefined {
  const own: PathRead = { from: 'module', segments: module.id.split('/').slice(0, -1) };
  if (formOf(module, node) === 'folder') return own;
  if (ts.isIdentifier(node)) {
    const value = constantValue(module, node);
    return value === undefined || depth > DEEPEST_CONSTANT ? undefined : readStart(module, value, depth + 1);
  }
  if (!ts.isCallExpression(node)) return readPath(module, node, depth);
  const name = calledName(node);
  const [first] = node.arguments;
  if (name === 'cwd') return WORKING_DIRECTORY;
  if (name === 'fileURLToPath' && first !== undefined && ts.isNewExpression(first) && isOwnUrl(module, first, depth)) return own;
  if (name !== 'dirname' || first === undefined) return readPath(module, node, depth);
  if (isOwnFile(module, first, depth)) return own;
  const inner = readStart(module, first, depth + 1);
  return inner === undefined ? undefined : { ...inner, segments: [...inner.segments, '..'] };
}

/** `new URL('./page.html', import.meta.url)`. */
function readUrl(module: ModuleSource, node: ts.NewExpression): PathRead | undefined {
  const [path, start] = node.arguments ?? [];
  const isPath = path !== undefined && ts.isStringLiteralLike(path) && start !== undefined && isUrl(node);
  if (!isPath || /^\.?\/?$/.test(path.text) || formOf(module, start) !== 'url') return undefined;
  return { from: 'module', segments: [...module.id.split('/').slice(0, -1), ...path.text.split('/')] };
}

const isUrl = ({ expression }: ts.NewExpression): boolean => ts.isIdentifier(expression) && expression.text === 'URL';

/** `new URL('.', import.meta.url)`. */
const isOwnUrl = (module: ModuleSource, node: ts.NewExpression, depth: number): boolean => {
  const [path, start] = node.arguments ?? [];
  const isHere = path !== undefined && ts.isStringLiteralLike(path) && /^\.?\/?$/.test(path.text);
  return isHere && isUrl(node) && start !== undefined && depth <= DEEPEST_CONSTANT && formOf(module, start) === 'url';
};

/** Parts of a path, up to the first that is not constant; nothing when none is. */
function join(start: PathRead, parts: readonly ts.Expression[]): PathRead | undefined {
  const end = parts.findIndex((part) => !ts.isStringLiteralLike(part));
  const texts = parts.slice(0, end < 0 ? parts.length : end).flatMap((part) => (ts.isStringLiteralLike(part) ? [part.text] : []));
  if (end >= 0 && texts.length === 0) return undefined;
  return { ...start, segments: [...start.segments, ...texts.flatMap((text) => text.split('/'))] };
}

/** Text behind a path: of a computed end the part up to its last slash counts. */
function concatenate(start: PathRead | undefined, parts: readonly ts.Node[]): PathRead | undefined {
  if (start === undefined) return undefined;
  const end = parts.findIndex((part) => !isText(part));
  const text = parts
    .slice(0, end < 0 ? parts.length : end)
    .map((part) => (isText(part) ? part.text : ''))
    .join('');
  const known = end < 0 ? text : text.slice(0, text.lastIndexOf('/') + 1);
  if (end >= 0 && known === '' && start.segments.at(-1) !== '') return undefined;
  return { ...start, segments: [...start.segments, ...known.split('/')] };
}

const isText = (node: ts.Node): node is ts.LiteralLikeNode =>
  ts.isStringLiteralLike(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);

/** Undefined when the path leaves the root, or is the root itself. */
function normalize(segments: readonly string[]): ModuleId | undefined {
  const out: string[] = [];
  for (const segment of segments) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') out.push(segment);
    else if (out.pop() === undefined) return undefined;
  }
  return out.length === 0 ? undefined : toModuleId(out.join('/'));
}
