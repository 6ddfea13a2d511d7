import { ts } from 'ts-morph';
import type { Span } from '../../model/location.ts';
import type { ModulePlaceForm } from '../slice-closure.ts';
import type { ModuleSource } from './module-source.ts';
import { referenceAt } from './purity.ts';

/** An expression by which a module asks where it lies: in a bundle it would be told where the bundle lies. */
export interface ModulePlace extends Span {
  readonly form: ModulePlaceForm;
  /** The name it has in an object literal that gives it no other: `{ __dirname }`. */
  readonly shorthand?: string;
}

/** Finds `__dirname`, `__filename`, `module.filename` and `import.meta.url`, `.dirname` and `.filename` in kept code, in source order. */
export function findModulePlaces(module: ModuleSource, isKept: (offset: number) => boolean): readonly ModulePlace[] {
  const found: ModulePlace[] = [];
  const visit = (node: ts.Node): void => {
    const form = formOf(module, node);
    const start = node.getStart(module.file);
    if (form === undefined) ts.forEachChild(node, visit);
    else if (isKept(start) && !namesModule(module, start)) found.push({ form, start, end: node.end, ...shorthandOf(node) });
  };
  visit(module.file);
  return found;
}

const shorthandOf = (node: ts.Node): Pick<ModulePlace, 'shorthand'> =>
  ts.isShorthandPropertyAssignment(node.parent) ? { shorthand: node.getText() } : {};

/** Inside `require(path.join(__dirname, 'books'))`: the module moves, no file is read. */
export const namesModule = (module: ModuleSource, offset: number): boolean =>
  module.inlineImports.some(({ isComputed, source }) => isComputed && source.getStart(module.file) <= offset && offset < source.end);

/** What an expression tells of the module's own place. */
export function formOf(module: ModuleSource, node: ts.Node): ModulePlaceForm | undefined {
  if (ts.isIdentifier(node)) return isGlobal(module, node) ? GLOBALS.get(node.text) : undefined;
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const { expression, name } = node;
  if (ts.isMetaProperty(expression)) return META.get(name.text);
  return name.text === 'filename' && ts.isIdentifier(expression) && expression.text === 'module' && isGlobal(module, expression)
    ? 'file'
    : undefined;
}

/** `__filename`, `fileURLToPath(import.meta.url)`, or a constant that holds it. */
export function isOwnFile(module: ModuleSource, node: ts.Expression, depth = 0): boolean {
  if (depth > DEEPEST_CONSTANT) return false;
  if (formOf(module, node) === 'file') return true;
  if (ts.isIdentifier(node)) {
    const value = constantValue(module, node);
    return value !== undefined && isOwnFile(module, value, depth + 1);
  }
  const [first] = ts.isCallExpression(node) ? node.arguments : [];
  return ts.isCallExpression(node) && calledName(node) === 'fileURLToPath' && first !== undefined && formOf(module, first) === 'url';
}

/** Constants that hold constants are followed no further. */
export const DEEPEST_CONSTANT = 5;

/** What a module-level constant was made of. */
export function constantValue(module: ModuleSource, { text }: ts.Identifier): ts.Expression | undefined {
  const [item, ...others] = module.bindings.get(text) ?? [];
  const node = item?.node;
  const isConstant = others.length === 0 && node !== undefined && ts.isVariableDeclaration(node) && ts.isIdentifier(node.name);
  return isConstant ? node.initializer : undefined;
}

export const calledName = ({ expression }: ts.CallExpression): string =>
  ts.isPropertyAccessExpression(expression) ? expression.name.text : ts.isIdentifier(expression) ? expression.text : '';

/** Whether a name is one that Node itself gives the module. */
export const isGlobal = (module: ModuleSource, node: ts.Identifier): boolean => {
  const reference = referenceAt(module, node);
  return reference?.scope === 'global' && reference.meaning === 'value';
};

const GLOBALS: ReadonlyMap<string, ModulePlaceForm> = new Map([
  ['__dirname', 'folder'],
  ['__filename', 'file'],
]);
const META: ReadonlyMap<string, ModulePlaceForm> = new Map([
  ['dirname', 'folder'],
  ['filename', 'file'],
  ['url', 'url'],
]);
