import type * as ast from 'oxc-parser';
import type { Expression, PropertySyntax } from '../model/file-syntax.ts';
import type { Span } from '../model/location.ts';
import { extractAssignment, extractDelete, extractUpdate } from './extract-assignments.ts';
import { extractCall, extractDynamicImport, extractElement, extractTaggedTemplate } from './extract-calls.ts';
import { extractType, extractTypes } from './extract-types.ts';
import { declare, draftAt, type Extraction, placeText, refer, spanOf } from './extraction.ts';
import { constantKey, memberProperty } from './keys.ts';
import { noteComparison } from './note-comparison.ts';
import { noteNarrowings } from './note-narrowings.ts';
import { readEnvironmentDefault, readEnvironmentMember } from './read-environment.ts';

/** Syntax nested deeper than this is not followed: the walk is recursive. */
const DEEPEST_WALK = 1000;
/** Elements of one array or object literal that are kept; the rest is one unknown spread. */
const MOST_ELEMENTS = 500;

const other = (span: Span): Expression => ({ kind: 'other', span });

/** Walks an expression and returns what analyzers and the linker read of it. */
export function extractExpression(x: Extraction, node: ast.Node): Expression {
  if (x.depth > DEEPEST_WALK) {
    if (x.errors.length < 10) x.errors.push({ message: 'expression is nested too deeply to be followed', offset: node.start });
    return other(spanOf(node));
  }
  x.depth++;
  const expression = expressionOf(x, node);
  x.depth--;
  return expression;
}

function expressionOf(x: Extraction, node: ast.Node): Expression {
  const span = spanOf(node);
  switch (node.type) {
    case 'Identifier':
      return nameExpression(x, node.name, span, { access: x.written.has(node) ? 'write' : 'read' });
    case 'MemberExpression':
      return extractMember(x, node, span);
    case 'CallExpression':
    case 'NewExpression':
      return extractCall(x, node, span);
    case 'Literal':
      return literalExpression(node, span);
    case 'ChainExpression':
    case 'ParenthesizedExpression':
    case 'TSNonNullExpression':
      return extractExpression(x, node.expression);
    case 'AwaitExpression':
      return awaitExpression(x, node, span);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return { kind: 'function', declaration: anonymousFunction(x, node), span };
    case 'ClassExpression':
      return { kind: 'class', declaration: anonymousClass(x, node), span };
    case 'ObjectExpression':
      return objectExpression(x, node, span);
    case 'ArrayExpression':
      return arrayExpression(x, node, span);
    case 'TemplateLiteral':
      return templateExpression(x, node, span);
    case 'LogicalExpression':
      return logicalExpression(x, node, span);
    case 'ConditionalExpression':
      extractExpression(x, node.test);
      noteNarrowings(x, node.test, { whenTrue: spanOf(node.consequent), whenFalse: spanOf(node.alternate) });
      return { kind: 'choice', options: [extractExpression(x, node.consequent), extractExpression(x, node.alternate)], span };
    case 'BinaryExpression':
      return binaryExpression(x, node, span);
    case 'AssignmentExpression':
      return extractAssignment(x, node, span);
    case 'TSAsExpression':
    case 'TSTypeAssertion':
      return assertionExpression(x, node, span);
    default:
      return rareExpression(x, node, span);
  }
}

function rareExpression(x: Extraction, node: ast.Node, span: Span): Expression {
  switch (node.type) {
    case 'ThisExpression':
      return { kind: 'this', span };
    case 'Super':
      return { kind: 'super', span };
    case 'SpreadElement':
      return { kind: 'spread', value: extractExpression(x, node.argument), span };
    case 'TSSatisfiesExpression':
      extractType(x, node.typeAnnotation);
      return extractExpression(x, node.expression);
    case 'TSInstantiationExpression':
      extractTypes(x, node.typeArguments.params);
      return extractExpression(x, node.expression);
    case 'SequenceExpression':
      return node.expressions.map((part) => extractExpression(x, part)).at(-1) ?? other(span);
    case 'UnaryExpression':
      return unaryExpression(x, node, span);
    case 'UpdateExpression':
      return extractUpdate(x, node, span);
    case 'YieldExpression':
      if (node.argument) extractExpression(x, node.argument);
      return other(span);
    case 'TaggedTemplateExpression':
      return extractTaggedTemplate(x, node, span);
    case 'ImportExpression':
      return extractDynamicImport(x, node, span);
    case 'JSXElement':
    case 'JSXFragment':
      extractElement(x, node);
      return other(span);
    default:
      return other(span);
  }
}

function nameExpression(x: Extraction, name: string, span: Span, use: Parameters<typeof refer>[4]): Expression {
  if (name === 'undefined') return { kind: 'literal', value: undefined, span };
  refer(x, name, 'value', span.start, use);
  return { kind: 'name', name, span };
}

function extractMember(x: Extraction, node: ast.MemberExpression, span: Span): Expression {
  const property = memberProperty(node);
  readEnvironmentMember(x, node, property);
  const object =
    node.object.type === 'Identifier'
      ? nameExpression(x, node.object.name, spanOf(node.object), {
          property: property ?? '*',
          access: x.written.has(node) ? 'write' : 'read',
        })
      : extractExpression(x, node.object);
  if (property !== undefined) return { kind: 'member', object, property, optional: node.optional, span };
  return { kind: 'index', object, index: extractExpression(x, node.property), span };
}

function literalExpression(node: Extract<ast.Node, { type: 'Literal' }>, span: Span): Expression {
  const { value } = node;
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return { kind: 'literal', value, span };
    default:
      return node.raw === 'null' ? { kind: 'literal', value: null, span } : other(span);
  }
}

function awaitExpression(x: Extraction, node: ast.AwaitExpression, span: Span): Expression {
  const value = extractExpression(x, node.argument);
  if (value.kind === 'call') {
    const call = x.calls[value.call];
    if (call !== undefined) call.isAwaited = true;
  }
  return { kind: 'await', value, span };
}

/** Declares and walks a function without a binding; it is named by its place unless a name is given. */
export function anonymousFunction(x: Extraction, node: ast.Function | ast.ArrowFunctionExpression, segment?: string): number {
  const kind = node.type === 'ArrowFunctionExpression' ? 'arrow' : 'function';
  const place = segment ?? `<function ${placeText(x, node.start)}>`;
  const index = declare(x, kind, { segment: place }, node);
  x.visit.functionLike(x, node, index);
  return index;
}

export function anonymousClass(x: Extraction, node: ast.Class, segment?: string): number {
  const index = declare(x, 'class', { segment: segment ?? node.id?.name ?? `<class ${placeText(x, node.start)}>` }, node);
  x.visit.classLike(x, node, index);
  return index;
}

function objectExpression(x: Extraction, node: ast.ObjectExpression, span: Span): Expression {
  const properties = node.properties.map((property) => propertySyntax(x, property));
  return { kind: 'object', properties: atMost(properties, () => ({ value: manyOthers(span) })), span };
}

function propertySyntax(x: Extraction, node: ast.ObjectPropertyKind): PropertySyntax {
  if (node.type === 'SpreadElement') return { value: extractExpression(x, node) };
  const key = constantKey(node);
  const computed = key === undefined ? extractExpression(x, node.key) : undefined;
  const value = propertyValue(x, node, key);
  if (key !== undefined) return { key, value };
  return computed === undefined ? { value } : { computed, value };
}

function propertyValue(x: Extraction, node: ast.ObjectProperty, key: string | undefined): Expression {
  const { value } = node;
  if (value.type !== 'ArrowFunctionExpression' && value.type !== 'FunctionExpression') return extractExpression(x, value);
  const declaration = anonymousFunction(x, value, key);
  const draft = draftAt(x, declaration);
  if (node.kind === 'get') draft.kind = 'getter';
  else if (node.kind === 'set') draft.kind = 'setter';
  else if (node.method) draft.kind = 'method';
  draft.span = spanOf(node);
  return { kind: 'function', declaration, span: spanOf(value) };
}

function arrayExpression(x: Extraction, node: ast.ArrayExpression, span: Span): Expression {
  const elements = node.elements.map(
    (element): Expression => (element === null ? { kind: 'literal', value: undefined, span } : extractExpression(x, element)),
  );
  return { kind: 'array', elements: atMost(elements, () => manyOthers(span)), span };
}

/** So many of a list; something else stands for all that are more. */
const atMost = <T>(list: readonly T[], others: () => T): readonly T[] =>
  list.length <= MOST_ELEMENTS ? list : list.slice(0, MOST_ELEMENTS).concat(others());

const manyOthers = (span: Span): Expression => ({ kind: 'spread', value: other(span), span });

/** A template without holes is a literal. */
export function templateExpression(x: Extraction, node: ast.TemplateLiteral, span: Span): Expression {
  const quasis = node.quasis.map((quasi) => quasi.value.cooked ?? quasi.value.raw);
  const expressions = node.expressions.map((part) => extractExpression(x, part));
  if (expressions.length === 0) return { kind: 'literal', value: quasis[0] ?? '', span };
  return { kind: 'template', quasis, expressions, span };
}

function logicalExpression(x: Extraction, node: ast.LogicalExpression, span: Span): Expression {
  const fallbackOf = node.operator === '&&' ? undefined : node.left;
  const left = extractExpression(x, node.left);
  noteNarrowings(x, node.left, node.operator === '&&' ? { whenTrue: spanOf(node.right) } : { whenFalse: spanOf(node.right) });
  const readsBefore = x.environmentReads.length;
  const right = extractExpression(x, node.right);
  if (fallbackOf !== undefined) readEnvironmentDefault(x, fallbackOf, right, readsBefore);
  return { kind: 'choice', options: [left, right], span };
}

function binaryExpression(x: Extraction, node: ast.BinaryExpression | ast.PrivateInExpression, span: Span): Expression {
  // Long concatenations are left-deep: walked in a loop, not by recursion.
  const operands: ast.Node[] = [];
  let allPlus = true;
  let current: ast.Node = node;
  while (current.type === 'BinaryExpression') {
    allPlus &&= current.operator === '+';
    operands.push(current.right);
    current = current.left;
  }
  operands.push(current);
  const parts = operands.reverse().map((operand) => (operand.type === 'PrivateIdentifier' ? other(span) : extractExpression(x, operand)));
  if (parts.length === 2) noteComparison(x, node.operator, parts);
  return allPlus ? { kind: 'concatenation', parts, span } : { kind: 'other', span, operands: parts };
}

function unaryExpression(x: Extraction, node: ast.UnaryExpression, span: Span): Expression {
  if (node.operator === 'delete') return extractDelete(x, node, span);
  const value = extractExpression(x, node.argument);
  if (node.operator === '-' && value.kind === 'literal' && typeof value.value === 'number') {
    return { kind: 'literal', value: -value.value, span };
  }
  return node.operator === 'void' ? { kind: 'literal', value: undefined, span } : { kind: 'other', span, operands: [value] };
}

function assertionExpression(x: Extraction, node: ast.TSAsExpression | ast.TSTypeAssertion, span: Span): Expression {
  const value = extractExpression(x, node.expression);
  if (isConstAssertion(node.typeAnnotation)) return value;
  const type = extractType(x, node.typeAnnotation);
  // `as any` and `as unknown` say nothing: the value says more.
  if (type.kind === 'primitive' && (type.name === 'any' || type.name === 'unknown')) return value;
  return { kind: 'assertion', value, type, span };
}

const isConstAssertion = (node: ast.TSType): boolean =>
  node.type === 'TSTypeReference' && node.typeName.type === 'Identifier' && node.typeName.name === 'const';
