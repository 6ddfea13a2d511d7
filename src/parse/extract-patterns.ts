import type * as ast from 'oxc-parser';
import type { DeclarationKind, DeclarationSyntax, Expression, TypeSyntax } from '../model/file-syntax.ts';
import { extractType } from './extract-types.ts';
import { bind, declare, draftAt, type Extraction, ownedBy, spanOf } from './extraction.ts';
import { constantKey } from './keys.ts';

export interface PatternContext {
  readonly kind: Extract<DeclarationKind, 'variable' | 'parameter'>;
  /** Span every bound name gets. */
  readonly span: ast.Span;
  readonly mutability?: DeclarationSyntax['mutability'];
}

interface Step {
  readonly path: readonly string[];
  readonly type?: TypeSyntax;
  /** A default written inside the pattern. */
  readonly fallback?: ast.Node;
}

/** Declares every name a pattern binds and returns their indexes; types and defaults in it are walked. */
export function bindPattern(x: Extraction, node: ast.BindingPattern, context: PatternContext, step: Step = { path: [] }): number[] {
  switch (node.type) {
    case 'Identifier':
      return [bindName(x, node, context, step)];
    case 'AssignmentPattern':
      return bindPattern(x, node.left, context, { ...step, fallback: node.right });
    case 'ObjectPattern':
      return bindMembers(x, node, context, step, (inner) => bindProperties(x, node, context, inner));
    case 'ArrayPattern':
      return bindMembers(x, node, context, step, (inner) => bindElements(x, node, context, inner));
  }
}

function bindMembers(
  x: Extraction,
  node: ast.ObjectPattern | ast.ArrayPattern,
  context: PatternContext,
  step: Step,
  bindInner: (inner: Step) => number[],
): number[] {
  const annotated = node.typeAnnotation ? { ...step, type: extractType(x, node.typeAnnotation) } : step;
  const { fallback, ...inner } = annotated;
  const indexes = bindInner(inner);
  // `{ a } = defaults`: the default of a whole pattern is the initialiser of the names in it.
  if (fallback !== undefined) {
    const value = x.visit.expression(x, fallback);
    if (context.kind === 'parameter' && step.path.length === 0) for (const index of indexes) draftAt(x, index).initializer ??= value;
  }
  return indexes;
}

function bindProperties(x: Extraction, node: ast.ObjectPattern, context: PatternContext, step: Step): number[] {
  return node.properties.flatMap((property) => {
    if (property.type === 'RestElement') return bindPattern(x, property.argument, context, { ...step, path: [...step.path, '...'] });
    const key = constantKey(property);
    if (key === undefined) x.visit.expression(x, property.key);
    return bindPattern(x, property.value, context, { ...step, path: [...step.path, key ?? '*'] });
  });
}

function bindElements(x: Extraction, node: ast.ArrayPattern, context: PatternContext, step: Step): number[] {
  return node.elements.flatMap((element, position) => {
    if (element === null) return [];
    if (element.type === 'RestElement') return bindPattern(x, element.argument, context, { ...step, path: [...step.path, '...'] });
    return bindPattern(x, element, context, { ...step, path: [...step.path, String(position)] });
  });
}

function bindName(x: Extraction, node: ast.BindingIdentifier, context: PatternContext, step: Step): number {
  const { name } = node;
  const index = declare(x, context.kind, { segment: name, binding: name }, spanOf(context.span));
  bind(x, name, index, context.mutability === 'var' ? 'var' : 'lexical');
  const draft = draftAt(x, index);
  if (context.mutability !== undefined) draft.mutability = context.mutability;
  if (step.path.length > 0) draft.bindingPath = step.path;
  if (node.optional) draft.isOptional = true;
  const type = node.typeAnnotation ? ownedBy(x, index, 'outer-code', () => extractType(x, node.typeAnnotation as ast.Node)) : step.type;
  if (type !== undefined) draft.type = type;
  if (step.fallback !== undefined) {
    const fallback = fallbackOf(x, index, step.fallback);
    // Below a pattern the initialiser is what the whole pattern takes apart.
    if (step.path.length === 0) draft.initializer = fallback;
  }
  return index;
}

const fallbackOf = (x: Extraction, index: number, node: ast.Node): Expression =>
  ownedBy(x, index, 'outer-code', () => x.visit.expression(x, node));
