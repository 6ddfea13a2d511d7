import type * as ast from 'oxc-parser';
import type { Expression, PropertySyntax, TypeSyntax } from '../model/file-syntax.ts';
import type { Span } from '../model/location.ts';
import { bindTypeParameters, extractType, heritageType, qualifiedName, signatureType } from './extract-types.ts';
import { bind, type DeclarationDraft, declare, draftAt, type Extraction, ownedBy, spanOf, within } from './extraction.ts';
import { constantKey, constantText } from './keys.ts';

export function extractTypeAlias(x: Extraction, node: ast.TSTypeAliasDeclaration, span: Span): void {
  const index = declareNamed(x, 'type-alias', node.id.name, span);
  ownedBy(x, index, 'outer-code', () =>
    within(x, 'block', node, () => {
      const draft = draftAt(x, index);
      bindTypeParameters(x, node.typeParameters, draft);
      draft.type = extractType(x, node.typeAnnotation);
    }),
  );
}

function declareNamed(x: Extraction, kind: 'type-alias' | 'interface' | 'enum' | 'namespace', name: string, span: Span): number {
  const index = declare(x, kind, { segment: name, binding: name }, span);
  bind(x, name, index);
  return index;
}

/** Members of an interface are declared as fields and methods, so that calls through it have a target. */
export function extractInterface(x: Extraction, node: ast.TSInterfaceDeclaration, span: Span): void {
  const index = declareNamed(x, 'interface', node.id.name, span);
  ownedBy(x, index, 'outer-code', () =>
    within(x, 'block', node, () => {
      const draft = draftAt(x, index);
      bindTypeParameters(x, node.typeParameters, draft);
      if (node.extends.length > 0) draft.extendsTypes = node.extends.map((one) => heritageType(x, one));
      for (const member of node.body.body) interfaceMember(x, member);
    }),
  );
}

function interfaceMember(x: Extraction, node: ast.TSSignature): void {
  switch (node.type) {
    case 'TSPropertySignature':
      declareSignature(x, 'field', node, node.typeAnnotation ? extractType(x, node.typeAnnotation) : undefined);
      break;
    case 'TSMethodSignature':
      declareMethod(x, node);
      break;
    case 'TSIndexSignature':
      extractType(x, node.typeAnnotation);
      break;
    default:
      signatureType(x, node);
  }
}

function declareMethod(x: Extraction, node: ast.TSMethodSignature): void {
  const draft = declareSignature(x, 'method', node, undefined);
  const type = signatureType(x, node, draft);
  if (draft === undefined || type.kind !== 'function') return;
  if (type.result !== undefined) draft.type = type.result;
  if (type.parameters.length > 0) draft.parameterTypes = type.parameters;
}

function declareSignature(
  x: Extraction,
  kind: 'field' | 'method',
  node: ast.TSPropertySignature | ast.TSMethodSignature,
  type: TypeSyntax | undefined,
): DeclarationDraft | undefined {
  const name = constantKey(node);
  if (name === undefined) return undefined;
  const draft = draftAt(x, declare(x, kind, { segment: name, binding: name }, node));
  draft.isAbstract = true;
  if (node.optional) draft.isOptional = true;
  if (type !== undefined) draft.type = type;
  return draft;
}

/** The members of an enum are kept as an object literal: their values are constants of the program. */
export function extractEnum(x: Extraction, node: ast.TSEnumDeclaration, span: Span): void {
  const index = declareNamed(x, 'enum', node.id.name, span);
  ownedBy(x, index, 'outer-code', () => {
    let next: number | undefined = 0;
    const properties: PropertySyntax[] = [];
    for (const member of node.body.members) {
      const value: Expression = member.initializer
        ? x.visit.expression(x, member.initializer)
        : next === undefined
          ? { kind: 'other', span: spanOf(member) }
          : { kind: 'literal', value: next, span: spanOf(member) };
      next = value.kind === 'literal' && typeof value.value === 'number' ? value.value + 1 : undefined;
      const key = member.id.type === 'Identifier' ? member.id.name : constantText(member.id);
      if (key !== undefined) properties.push({ key, value });
    }
    draftAt(x, index).initializer = { kind: 'object', properties, span: spanOf(node.body) };
  });
}

/** Namespaces, `declare module 'x'` and `declare global`: names in them are their own. */
export function extractNamespace(x: Extraction, node: ast.TSModuleDeclaration | ast.TSGlobalDeclaration, span: Span): void {
  const { id, body } = node;
  if (!body) return;
  const path = id.type === 'Literal' ? undefined : qualifiedName(id);
  const segments = path ?? [`<module ${(id as ast.StringLiteral).value}>`];
  const nest = (depth: number): void => {
    const segment = segments[depth];
    if (segment === undefined) {
      x.visit.statements(x, body.body);
      return;
    }
    const isNamed = path !== undefined && !node.global;
    const index = isNamed ? declareNamed(x, 'namespace', segment, span) : declare(x, 'namespace', { segment }, span);
    ownedBy(x, index, 'outer-code', () => within(x, 'function', node, () => nest(depth + 1)));
  };
  nest(0);
}
