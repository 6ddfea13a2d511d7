import type * as ast from 'oxc-parser';
import type { DeclarationKind, Expression } from '../model/file-syntax.ts';
import { bindTypeParameters, extractType, extractTypes, heritageType } from './extract-types.ts';
import { bind, type DeclarationDraft, declare, draftAt, type Extraction, ownedBy, placeText, spanOf, within } from './extraction.ts';
import { giveContext } from './give-context.ts';
import { constantKey } from './keys.ts';

/** What a class counts in the depth of the walk. */
const CLASS_DEPTH = 4;

export function extractClassDeclaration(x: Extraction, node: ast.Class, span: ast.Span): void {
  const name = node.id?.name;
  const whole = { start: Math.min(span.start, node.decorators[0]?.start ?? span.start), end: span.end };
  const index = declare(x, 'class', name === undefined ? { segment: 'default' } : { segment: name, binding: name }, whole);
  if (name !== undefined) bind(x, name, index);
  extractClass(x, node, index);
}

/** Walks a class whose declaration stands at `index`: decorators, heritage, members. */
export function extractClass(x: Extraction, node: ast.Class, index: number): void {
  const outerClass = x.currentClass;
  x.currentClass = index;
  x.depth += CLASS_DEPTH;
  x.fields.set(index, new Map());
  ownedBy(x, index, 'outer-code', () =>
    within(x, 'function', node, () => {
      if (node.id && node.type === 'ClassExpression') bind(x, node.id.name, index);
      readHeritage(x, node, draftAt(x, index));
      declareMembers(x, node.body, index);
    }),
  );
  x.depth -= CLASS_DEPTH;
  x.currentClass = outerClass;
}

function readHeritage(x: Extraction, node: ast.Class, draft: DeclarationDraft): void {
  const decorators = extractDecorators(x, node.decorators);
  if (decorators.length > 0) draft.decorators = decorators;
  bindTypeParameters(x, node.typeParameters, draft);
  if (node.abstract) draft.isAbstract = true;
  if (node.superClass) draft.extends = x.visit.expression(x, node.superClass);
  if (node.superTypeArguments) draft.extendsTypes = extractTypes(x, node.superTypeArguments.params);
  if (node.implements && node.implements.length > 0) draft.implements = node.implements.map((one) => heritageType(x, one));
}

const extractDecorators = (x: Extraction, nodes: readonly ast.Decorator[]): Expression[] =>
  nodes.map((decorator) => x.visit.expression(x, decorator.expression));

function declareMembers(x: Extraction, body: ast.ClassBody, classIndex: number): void {
  // Fields are declared before methods are walked, so that `this.x =` finds them wherever they stand.
  const declared = body.body.map((member) => declareMember(x, member, classIndex));
  for (const [position, member] of body.body.entries()) extractMember(x, member, declared[position]);
}

function declareMember(x: Extraction, node: ast.ClassElement, classIndex: number): number | undefined {
  if (node.type === 'StaticBlock' || node.type === 'TSIndexSignature') return undefined;
  const name = constantKey(node);
  const segment = name ?? `<computed ${placeText(x, node.start)}>`;
  const kind = memberKind(node);
  const span = { start: Math.min(node.start, node.decorators[0]?.start ?? node.start), end: node.end };
  const index = declare(x, kind, name === undefined ? { segment } : { segment, binding: name }, span);
  const draft = draftAt(x, index);
  if (node.static) draft.isStatic = true;
  if (node.type.startsWith('TSAbstract')) draft.isAbstract = true;
  if (node.optional) draft.isOptional = true;
  if (name !== undefined && kind !== 'constructor') x.fields.get(classIndex)?.set(name, index);
  return index;
}

function memberKind(node: Exclude<ast.ClassElement, ast.StaticBlock | ast.TSIndexSignature>): DeclarationKind {
  if (!('kind' in node)) return 'field';
  return node.kind === 'get' ? 'getter' : node.kind === 'set' ? 'setter' : node.kind;
}

function extractMember(x: Extraction, node: ast.ClassElement, index: number | undefined): void {
  if (node.type === 'StaticBlock') {
    within(x, 'function', node, () => x.visit.statements(x, node.body));
    return;
  }
  if (node.type === 'TSIndexSignature') {
    extractType(x, node.typeAnnotation);
    return;
  }
  if (index === undefined) return;
  const draft = draftAt(x, index);
  const decorators = ownedBy(x, index, 'outer-code', () => extractDecorators(x, node.decorators));
  if (decorators.length > 0) draft.decorators = decorators;
  if (node.computed) x.visit.expression(x, node.key);
  if ('kind' in node) x.visit.functionLike(x, node.value, index);
  else extractField(x, node, index);
}

function extractField(x: Extraction, node: ast.PropertyDefinition | ast.AccessorProperty, index: number): void {
  const draft = draftAt(x, index);
  const { typeAnnotation, value } = node;
  const type = typeAnnotation ? ownedBy(x, index, 'outer-code', () => extractType(x, typeAnnotation)) : undefined;
  if (value?.type === 'ArrowFunctionExpression' || value?.type === 'FunctionExpression') {
    if (type !== undefined) draft.contextualType = type;
    draft.initializer = { kind: 'function', declaration: index, span: spanOf(value) };
    x.visit.functionLike(x, value, index);
    return;
  }
  if (type !== undefined) draft.type = type;
  // An instance field's initialiser runs with each construction, a static one's with the class.
  if (value) draft.initializer = ownedBy(x, index, node.static ? 'outer-code' : 'own-code', () => x.visit.expression(x, value));
  if (type !== undefined && draft.initializer !== undefined) giveContext(x, draft.initializer, type);
}
