import { ts } from 'ts-morph';
import { type ModuleId, toModuleId } from '../../model/ids.ts';
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

/** Finds `path.join(__dirname, 'views')`, `__dirname + '/public'`, `path.resolve('uploads')`, `express.static('public')`. */
export function findRuntimePaths(module: ModuleSource, isKept: (offset: number) => boolean): readonly RuntimePath[] {
  const found: RuntimePath[] = [];
  const folder = module.id.split('/').slice(0, -1);
  const visit = (node: ts.Node): void => {
    const path = ts.isExpression(node) ? readPath(node, folder) : undefined;
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

function readPath(node: ts.Expression, folder: readonly string[]): PathRead | undefined {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return append(readStart(node.left, folder), [node.right]);
  if (ts.isTemplateExpression(node)) {
    const first = node.templateSpans[0];
    const isPlain = node.templateSpans.length === 1 && node.head.text === '' && first !== undefined;
    const start = isPlain ? readStart(first.expression, folder) : undefined;
    return start === undefined || first === undefined
      ? undefined
      : { ...start, segments: [...start.segments, ...first.literal.text.split('/')] };
  }
  if (!ts.isCallExpression(node)) return undefined;
  const [first, ...rest] = node.arguments;
  const callee = node.expression;
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  if (first === undefined) return undefined;
  if (name === 'join' || name === 'resolve') {
    const start = readStart(first, folder);
    if (start !== undefined) return append(start, rest);
    return name === 'resolve' ? append({ from: 'working-directory', segments: [] }, node.arguments) : undefined;
  }
  const reads = name === 'static' || name === 'readFileSync' || name === 'readFile' || name === 'createReadStream';
  const isRelative = reads && ts.isStringLiteralLike(first) && !first.text.startsWith('/');
  return isRelative ? { from: 'working-directory', segments: first.text.split('/') } : undefined;
}

function readStart(node: ts.Expression, folder: readonly string[]): PathRead | undefined {
  if (ts.isIdentifier(node) && node.text === '__dirname') return { from: 'module', segments: folder };
  const isCwd = ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'cwd';
  if (isCwd) return { from: 'working-directory', segments: [] };
  return readPath(node, folder);
}

function append(start: PathRead | undefined, parts: readonly ts.Expression[]): PathRead | undefined {
  if (start === undefined || !parts.every(ts.isStringLiteralLike)) return undefined;
  return { ...start, segments: [...start.segments, ...parts.flatMap((part) => part.text.split('/'))] };
}

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

/** Offsets of `__dirname` in kept code. */
export function folderUses(module: ModuleSource, isKept: (offset: number) => boolean): readonly number[] {
  const isGlobal = module.references.filter((each) => each.name === '__dirname' && each.scope === 'global' && each.meaning === 'value');
  return isGlobal.map((each) => each.start).filter(isKept);
}
