import { ts } from 'ts-morph';
import type { ModuleId } from '../../model/ids.ts';
import type { Item, ModuleSource } from './module-source.ts';
import type { Sources } from './sources.ts';
import { isValueFactory, MUTATING_METHODS, PURE_GLOBALS, PURE_METHODS, PURE_OBJECT_FUNCTIONS } from './value-factories.ts';

/** What is known of calls from outside the syntax. */
export interface CallKnowledge {
  /** `none`: registers outside the slice, or only makes a library object; `kept`: a registration the slice keeps. */
  effectOf(module: ModuleId, call: ts.Node): 'none' | 'kept' | 'unknown';
  readonly isLeft: (call: ts.Node) => boolean;
}

/**
 * Whether leaving an expression out changes nothing but what the expression itself makes: it calls no package, no
 * global and no registration. Own functions are followed; what cannot be followed is not pure. Throwing is no effect:
 * a check that nobody waits for may go with its value.
 */
export function isPure(
  sources: Sources,
  knowledge: CallKnowledge,
  place: { readonly module: ModuleSource; readonly node: ts.Node },
): boolean {
  const visited = new Set<ts.Node>();
  return pureNode(place.module, place.node);

  function pureNode(module: ModuleSource, node: ts.Node | undefined): boolean {
    if (node === undefined) return true;
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) return pureCall(module, node);
    if (ts.isFunctionLike(node) || ts.isIdentifier(node) || ts.isTypeNode(node)) return true;
    if (ts.isTaggedTemplateExpression(node) || ts.isDeleteExpression(node) || ts.isYieldExpression(node)) return false;
    if (ts.isClassLike(node)) return pureClassDeclaration(module, node);
    if (ts.isBinaryExpression(node) && isAssignment(node)) return isOwnTarget(module, node.left) && pureNode(module, node.right);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      const updates = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
      return updates ? isOwnTarget(module, node.operand) : pureNode(module, node.operand);
    }
    return ts.forEachChild(node, (child) => (pureNode(module, child) ? undefined : true)) === undefined;
  }

  function pureCall(module: ModuleSource, node: ts.CallExpression | ts.NewExpression): boolean {
    if (knowledge.isLeft(node)) return true;
    const effect = knowledge.effectOf(module.id, node);
    if (effect === 'kept') return false;
    const given = node.arguments ?? [];
    if (!given.every((argument) => pureNode(module, argument))) return false;
    return effect === 'none' || pureCallee(module, node);
  }

  function pureCallee(module: ModuleSource, node: ts.CallExpression | ts.NewExpression): boolean {
    const callee = skipParentheses(node.expression);
    if (ts.isArrowFunction(callee) || ts.isFunctionExpression(callee)) return pureBody(module, callee);
    if (ts.isIdentifier(callee)) return pureNamed(module, callee, [], ts.isNewExpression(node));
    if (!ts.isPropertyAccessExpression(callee)) return false;
    const receiver = skipParentheses(callee.expression);
    const method = callee.name.text;
    if (receiver.kind === ts.SyntaxKind.ThisKeyword) return pureOwnMethod(module, node, method);
    if (MUTATING_METHODS.has(method)) return isOwnTarget(module, receiver) && pureNode(module, receiver);
    const root = rootOf(callee);
    if (root !== undefined && pureNamed(module, root.name, root.path, ts.isNewExpression(node))) return true;
    const callbacks = (node.arguments ?? []).filter(ts.isFunctionLike);
    return PURE_METHODS.has(method) && pureNode(module, receiver) && callbacks.every((callback) => pureBody(module, callback));
  }

  /** A call of `name`, or of a member below it. */
  function pureNamed(module: ModuleSource, name: ts.Identifier, path: readonly string[], isNew: boolean): boolean {
    const reference = referenceAt(module, name);
    if (reference?.scope === 'local') return path.length === 0 && pureLocalFunction(module, reference.declaration);
    if (reference?.scope === 'global') {
      if (name.text === 'Object') return path[0] !== undefined && PURE_OBJECT_FUNCTIONS.has(path[0]);
      return PURE_GLOBALS.has(name.text);
    }
    const resolved = sources.resolveName(module, name.text);
    if (resolved.kind === 'package') return isValueFactory(resolved.name, [...resolved.path, ...path]);
    const found = resolved.kind === 'module' && path[0] !== undefined ? sources.resolveExport(resolved.module, path[0]) : resolved;
    const rest = resolved.kind === 'module' ? path.slice(1) : path;
    if (found.kind === 'package') return isValueFactory(found.name, [...found.path, ...rest]);
    if (found.kind !== 'items') return false;
    if (rest.length > 0 && found.items.every((item) => isFactoryMade(found.module, item, rest))) return true;
    if (rest.length > 1) return false;
    return found.items.every((item) => pureItemCall(found.module, item, rest[0], isNew));
  }

  /** `const email = Joi.string().email()`: what is called on it is judged as the factory is. */
  function isFactoryMade(module: ModuleSource, item: Item, path: readonly string[]): boolean {
    const declared = ts.isVariableDeclaration(item.node) ? item.node.initializer : undefined;
    const value = declared !== undefined && ts.isObjectLiteralExpression(declared) ? propertyOf(declared, path[0]) : declared;
    if (value === undefined || visited.has(value) || !ts.isCallExpression(value) || !ts.isPropertyAccessExpression(value.expression))
      return false;
    const root = rootOf(value.expression);
    if (root === undefined) return false;
    visited.add(value);
    const isMade = pureNamed(module, root.name, root.path, false) && isFromPackage(module, root);
    visited.delete(value);
    return isMade;
  }

  function isFromPackage(
    module: ModuleSource,
    { name, path }: { readonly name: ts.Identifier; readonly path: readonly string[] },
  ): boolean {
    const resolved = sources.resolveName(module, name.text);
    return (
      resolved.kind === 'package' ||
      (resolved.kind === 'items' && resolved.items.every((item) => isFactoryMade(resolved.module, item, path)))
    );
  }

  function pureItemCall(module: ModuleSource, item: Item, member: string | undefined, isNew: boolean): boolean {
    if (member !== undefined) {
      const called = item.members.filter((each) => each.names[0] === member);
      return called.length > 0 && called.every((each) => pureFunctionValue(module, each.node));
    }
    if (isNew && ts.isClassLike(item.node)) return pureConstruction(module, item.node);
    return !isNew && (pureFunctionValue(module, item.node) || isTypeOnly(item.node));
  }

  function pureFunctionValue(module: ModuleSource, node: ts.Node): boolean {
    if (ts.isFunctionLike(node)) return pureBody(module, node);
    if ((ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) && node.initializer !== undefined) {
      return ts.isFunctionLike(node.initializer) && pureBody(module, node.initializer);
    }
    return false;
  }

  function pureLocalFunction(module: ModuleSource, declaration: ts.Identifier | undefined): boolean {
    return declaration !== undefined && pureFunctionValue(module, declaration.parent);
  }

  function pureBody(module: ModuleSource, node: ts.Node): boolean {
    if (visited.has(node)) return true;
    visited.add(node);
    return !('body' in node) || pureNode(module, node.body as ts.Node | undefined);
  }

  function pureConstruction(module: ModuleSource, node: ts.ClassLikeDeclaration): boolean {
    if (visited.has(node)) return true;
    visited.add(node);
    const base = node.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;
    if (base !== undefined && !(ts.isIdentifier(base) && pureNamed(module, base, [], true))) return false;
    return node.members.every((member) => {
      if (ts.isPropertyDeclaration(member) && !isStatic(member)) return pureNode(module, member.initializer);
      return !ts.isConstructorDeclaration(member) || pureBody(module, member);
    });
  }

  function pureOwnMethod(module: ModuleSource, node: ts.Node, name: string): boolean {
    const owner = ts.findAncestor(node, ts.isClassLike);
    const called = owner?.members.filter(
      (member) => member.name !== undefined && ts.isIdentifier(member.name) && member.name.text === name,
    );
    return (
      called !== undefined && called.length > 0 && called.every((member) => ts.isMethodDeclaration(member) && pureBody(module, member))
    );
  }

  function pureClassDeclaration(module: ModuleSource, node: ts.ClassLikeDeclaration): boolean {
    return node.members.every((member) => {
      if (ts.isClassStaticBlockDeclaration(member)) return false;
      return !(ts.isPropertyDeclaration(member) && isStatic(member)) || pureNode(module, member.initializer);
    });
  }
}

const propertyOf = (literal: ts.ObjectLiteralExpression, name: string | undefined): ts.Expression | undefined => {
  const property = literal.properties.find(
    (each) => ts.isPropertyAssignment(each) && ts.isIdentifier(each.name) && each.name.text === name,
  );
  return property !== undefined && ts.isPropertyAssignment(property) ? property.initializer : undefined;
};

const isStatic = (member: ts.PropertyDeclaration): boolean =>
  (member.modifiers ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword);

const isTypeOnly = (node: ts.Node): boolean => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);

const isAssignment = (node: ts.BinaryExpression): boolean =>
  node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;

const skipParentheses = (node: ts.Expression): ts.Expression =>
  ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node) ? skipParentheses(node.expression) : node;

/** Whether a change of the target stays inside what is being made: a local variable, or a field of `this`. */
function isOwnTarget(module: ModuleSource, target: ts.Expression): boolean {
  const node = skipParentheses(target);
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    const object = skipParentheses(node.expression);
    return object.kind === ts.SyntaxKind.ThisKeyword || isOwnTarget(module, object);
  }
  if (!ts.isIdentifier(node)) return false;
  const declaration = referenceAt(module, node)?.declaration;
  return (
    declaration !== undefined && ts.findAncestor(declaration, ts.isVariableDeclaration) !== undefined && !ts.isParameter(declaration.parent)
  );
}

export const referenceAt = (module: ModuleSource, node: ts.Identifier): ModuleSource['references'][number] | undefined => {
  const start = node.getStart(module.file);
  return module.references[lowerBound(module.references, start)]?.start === start
    ? module.references[lowerBound(module.references, start)]
    : undefined;
};

/** Index of the first entry that starts at or after an offset. */
export function lowerBound(entries: readonly { readonly start: number }[], offset: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rootOf(node: ts.PropertyAccessExpression): { readonly name: ts.Identifier; readonly path: readonly string[] } | undefined {
  const object = skipParentheses(node.expression);
  if (ts.isIdentifier(object)) return { name: object, path: [node.name.text] };
  if (!ts.isPropertyAccessExpression(object)) {
    // `z.string().min(1)`, `multer().single('file')`: a call on what a value factory made is judged by the factory.
    if (!ts.isCallExpression(object)) return undefined;
    if (ts.isIdentifier(object.expression)) return { name: object.expression, path: [] };
    return ts.isPropertyAccessExpression(object.expression) ? rootOf(object.expression) : undefined;
  }
  const root = rootOf(object);
  return root === undefined ? undefined : { name: root.name, path: [...root.path, node.name.text] };
}
