import type * as ast from 'oxc-parser';
import type { DeclarationKind, DeclarationSyntax, Expression, PropertySyntax } from '../model/file-syntax.ts';
import { bindRequire } from './extract-modules.ts';
import { bindPattern } from './extract-patterns.ts';
import { extractType } from './extract-types.ts';
import { bind, declare, draftAt, type Extraction, type Naming, ownedBy, spanOf } from './extraction.ts';
import { giveContext } from './give-context.ts';
import { constantKey, unwrap } from './keys.ts';
import { takeEnvironment } from './read-environment.ts';

/** Object literals with more members than this are data: their members are no declarations. */
const MOST_MEMBERS = 200;

export function extractVariables(x: Extraction, node: ast.VariableDeclaration): void {
  const mutability = node.kind === 'let' || node.kind === 'var' ? node.kind : 'const';
  for (const declarator of node.declarations) {
    if (declarator.id.type === 'Identifier') namedVariable(x, declarator, declarator.id, mutability);
    else patternVariable(x, declarator, mutability);
  }
}

function namedVariable(
  x: Extraction,
  node: ast.VariableDeclarator,
  id: ast.BindingIdentifier,
  mutability: NonNullable<DeclarationSyntax['mutability']>,
): void {
  const naming: Naming = { segment: id.name, binding: id.name, span: spanOf(node), mutability, type: id.typeAnnotation };
  if (node.init) {
    takeEnvironment(x, node.id, node.init, mutability);
    bindRequire(x, namedValue(x, node.init, naming), node.id);
  } else {
    const index = declareValue(x, 'variable', naming);
    if (id.typeAnnotation) draftAt(x, index).type = ownedBy(x, index, 'outer-code', () => extractType(x, id.typeAnnotation as ast.Node));
  }
}

function patternVariable(x: Extraction, node: ast.VariableDeclarator, mutability: NonNullable<DeclarationSyntax['mutability']>): void {
  const indexes = bindPattern(x, node.id, { kind: 'variable', span: node, mutability });
  const { init } = node;
  if (!init) return;
  takeEnvironment(x, node.id, init, mutability);
  const [first] = indexes;
  const visit = () => x.visit.expression(x, init);
  const value = first === undefined ? visit() : ownedBy(x, first, 'outer-code', visit);
  for (const index of indexes) draftAt(x, index).initializer = value;
  bindRequire(x, value, node.id);
}

/** Declares a value under a name: as the function or class it is, or as a variable with its initialiser. */
export function namedValue(x: Extraction, node: ast.Node, naming: Naming): Expression {
  const bare = unwrap(node);
  switch (bare.type) {
    case 'ArrowFunctionExpression':
    case 'FunctionExpression': {
      const index = declareValue(x, bare.type === 'ArrowFunctionExpression' ? 'arrow' : 'function', naming);
      const types = [...(naming.type ? [naming.type] : []), ...castTypes(node)].map((type) =>
        ownedBy(x, index, 'outer-code', () => extractType(x, type)),
      );
      if (types[0] !== undefined) draftAt(x, index).contextualType = types[0];
      x.visit.functionLike(x, bare, index);
      return selfReference(x, index, 'function', bare);
    }
    case 'ClassExpression': {
      const index = declareValue(x, 'class', naming);
      x.visit.classLike(x, bare, index);
      return selfReference(x, index, 'class', bare);
    }
    default:
      return plainVariable(x, node, naming);
  }
}

/** Types written around a value: `… satisfies T`, `… as T`. */
function castTypes(node: ast.Node): ast.Node[] {
  const types: ast.Node[] = [];
  let current = node;
  for (;;) {
    switch (current.type) {
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
        types.push(current.typeAnnotation);
        current = current.expression;
        break;
      case 'ParenthesizedExpression':
      case 'TSNonNullExpression':
      case 'TSInstantiationExpression':
        current = current.expression;
        break;
      default:
        return types;
    }
  }
}

function declareValue(x: Extraction, kind: DeclarationKind, naming: Naming): number {
  const { segment, binding, mutability } = naming;
  const index = declare(x, kind, binding === undefined ? { segment } : { segment, binding }, naming.span);
  if (binding !== undefined) bind(x, binding, index, mutability === 'var' ? 'var' : 'lexical');
  if (mutability !== undefined) draftAt(x, index).mutability = mutability;
  return index;
}

function selfReference(x: Extraction, index: number, kind: 'function' | 'class', node: ast.Node): Expression {
  const value: Expression = { kind, declaration: index, span: spanOf(node) };
  draftAt(x, index).initializer = value;
  return value;
}

function plainVariable(x: Extraction, node: ast.Node, naming: Naming): Expression {
  const isModuleLevel = x.code === 0 && x.owner === 0;
  const index = declareValue(x, 'variable', naming);
  const draft = draftAt(x, index);
  const { type } = naming;
  if (type) draft.type = ownedBy(x, index, 'outer-code', () => extractType(x, type));
  const bare = unwrap(node);
  draft.initializer = ownedBy(x, index, 'outer-code', () =>
    isModuleLevel && bare.type === 'ObjectExpression' && bare.properties.length <= MOST_MEMBERS
      ? objectOfMembers(x, node, bare, 1)
      : x.visit.expression(x, node),
  );
  if (draft.type !== undefined) giveContext(x, draft.initializer, draft.type);
  return draft.initializer;
}

const visitCasts = (x: Extraction, node: ast.Node): void => {
  for (const type of castTypes(node)) if (!isConst(type)) extractType(x, type);
};

const isConst = (node: ast.Node): boolean =>
  node.type === 'TSTypeReference' && node.typeName.type === 'Identifier' && node.typeName.name === 'const';

/** An object literal of the module's own level: each member with code or objects in it is a declaration. */
function objectOfMembers(x: Extraction, written: ast.Node, node: ast.ObjectExpression, level: number): Expression {
  visitCasts(x, written);
  const properties = node.properties.map((property): PropertySyntax => {
    const key = property.type === 'SpreadElement' ? undefined : constantKey(property);
    if (property.type === 'SpreadElement') return { value: x.visit.expression(x, property) };
    if (key !== undefined) return { key, value: memberValue(x, property, key, level) };
    x.visit.expression(x, property.key);
    return { value: x.visit.expression(x, property.value) };
  });
  return { kind: 'object', properties, span: spanOf(node) };
}

function memberValue(x: Extraction, node: ast.ObjectProperty, key: string, level: number): Expression {
  const value = unwrap(node.value);
  if (!recordable(value)) return x.visit.expression(x, node.value);
  const index = declare(x, 'object-member', { segment: key, binding: key }, spanOf(node));
  const draft = draftAt(x, index);
  if (value.type === 'ArrowFunctionExpression' || value.type === 'FunctionExpression') {
    if (node.kind === 'get') draft.kind = 'getter';
    if (node.kind === 'set') draft.kind = 'setter';
    for (const type of castTypes(node.value)) draft.contextualType = extractType(x, type);
    x.visit.functionLike(x, value, index);
    return selfReference(x, index, 'function', value);
  }
  const nested = value.type === 'ObjectExpression' && level < 4 && value.properties.length <= MOST_MEMBERS;
  draft.initializer = ownedBy(x, index, 'outer-code', () =>
    nested ? objectOfMembers(x, node.value, value, level + 1) : x.visit.expression(x, node.value),
  );
  return draft.initializer;
}

/** Constants make no declaration of their own. */
const recordable = (node: ast.Node): boolean =>
  node.type !== 'Literal' && node.type !== 'TemplateLiteral' && node.type !== 'UnaryExpression';
