import type * as ast from 'oxc-parser';
import type { CallSyntax, Expression } from '../model/file-syntax.ts';
import type { Span } from '../model/location.ts';
import { noteMutatingCall } from './extract-assignments.ts';
import { recordRequire } from './extract-modules.ts';
import { extractTypes } from './extract-types.ts';
import { type Draft, draftAt, type Extraction, refer, spanOf } from './extraction.ts';
import { givePlace } from './give-context.ts';
import { notePushedValues } from './note-writes.ts';
import { readSpecifier } from './read-specifier.ts';

/** Records a call or `new` before what stands inside it, so that calls are in source order. */
export function extractCall(x: Extraction, node: ast.CallExpression | ast.NewExpression, span: Span): Expression {
  const { index, draft } = openCall(x, node.type === 'NewExpression' ? 'new' : 'call', span);
  draft.callee = x.visit.expression(x, node.callee);
  if (node.type === 'CallExpression') {
    draft.isOptional = node.optional;
    noteMutatingCall(x, node, span);
  }
  if (node.typeArguments) draft.typeArguments = extractTypes(x, node.typeArguments.params);
  draft.arguments = node.arguments.map((argument, position) => extractArgument(x, argument, index, position));
  if (node.type === 'CallExpression') notePushedValues(x, node, draft.arguments);
  recordRequire(x, draft);
  return { kind: 'call', call: index, span };
}

function openCall(x: Extraction, kind: CallSyntax['kind'], span: Span): { index: number; draft: Draft<CallSyntax> } {
  const draft: Draft<CallSyntax> = {
    kind,
    callee: { kind: 'other', span },
    arguments: [],
    span,
    owner: x.code,
    isAwaited: false,
    isOptional: false,
  };
  return { index: x.calls.push(draft) - 1, draft };
}

function extractArgument(x: Extraction, node: ast.Node, call: number, argument: number): Expression {
  const expression = x.visit.expression(x, node);
  if (expression.kind === 'function') draftAt(x, expression.declaration).passedTo = { call, argument };
  else givePlace(x, expression, { call, argument });
  return expression;
}

export function extractTaggedTemplate(x: Extraction, node: ast.TaggedTemplateExpression, span: Span): Expression {
  const { index, draft } = openCall(x, 'tagged-template', span);
  draft.callee = x.visit.expression(x, node.tag);
  if (node.typeArguments) draft.typeArguments = extractTypes(x, node.typeArguments.params);
  draft.arguments = [x.visit.expression(x, node.quasi)];
  return { kind: 'call', call: index, span };
}

/** `import(x)` is a call of a callee named `import`, which no binding can be. */
export function extractDynamicImport(x: Extraction, node: ast.ImportExpression, span: Span): Expression {
  const { index, draft } = openCall(x, 'call', span);
  draft.callee = { kind: 'name', name: 'import', span: { start: node.start, end: node.start + 6 } };
  const source = x.visit.expression(x, node.source);
  draft.arguments = [source];
  if (node.options) x.visit.expression(x, node.options);
  x.imports.push({ kind: 'dynamic-import', ...readSpecifier(x, source), bindings: [], span, owner: x.code });
  return { kind: 'call', call: index, span };
}

/** A component in JSX counts as a call of it; elements of the page itself do not. */
export function extractElement(x: Extraction, node: ast.JSXElement | ast.JSXFragment): void {
  if (node.type === 'JSXElement') {
    const callee = componentName(x, node.openingElement.name);
    if (callee !== undefined) openCall(x, 'element', spanOf(node.openingElement)).draft.callee = callee;
    for (const attribute of node.openingElement.attributes) extractAttribute(x, attribute);
  }
  for (const child of node.children) extractChild(x, child);
}

function componentName(x: Extraction, name: ast.JSXElementName | ast.JSXMemberExpressionObject): Expression | undefined {
  const span = spanOf(name);
  // The parser gives components and members as plain identifiers in some positions.
  const node = name as ast.Node;
  switch (node.type) {
    case 'JSXIdentifier':
    case 'Identifier': {
      const first = node.name.charCodeAt(0);
      if (first >= 97 && first <= 122) return undefined;
      refer(x, node.name, 'value', node.start);
      return { kind: 'name', name: node.name, span };
    }
    case 'JSXMemberExpression': {
      const object = memberObject(x, node.object, node.property.name);
      return object && { kind: 'member', object, property: node.property.name, optional: false, span };
    }
    default:
      return undefined;
  }
}

function memberObject(x: Extraction, node: ast.JSXMemberExpressionObject, property: string): Expression | undefined {
  if (node.type === 'JSXMemberExpression') return componentName(x, node);
  if (node.name === 'this') return { kind: 'this', span: spanOf(node) };
  refer(x, node.name, 'value', node.start, { property });
  return { kind: 'name', name: node.name, span: spanOf(node) };
}

function extractAttribute(x: Extraction, node: ast.JSXAttributeItem): void {
  if (node.type === 'JSXSpreadAttribute') x.visit.expression(x, node.argument);
  else if (node.value) extractChild(x, node.value);
}

function extractChild(x: Extraction, node: ast.JSXChild | ast.JSXAttributeValue): void {
  switch (node.type) {
    case 'JSXElement':
    case 'JSXFragment':
      x.visit.expression(x, node);
      break;
    case 'JSXExpressionContainer':
    case 'JSXSpreadChild':
      if (node.expression.type !== 'JSXEmptyExpression') x.visit.expression(x, node.expression);
      break;
  }
}
