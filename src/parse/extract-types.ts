import type * as ast from 'oxc-parser';
import type { DeclarationSyntax, TypeSyntax } from '../model/file-syntax.ts';
import { bind, type Draft, type Extraction, refer, spanOf, within } from './extraction.ts';
import { constantKey } from './keys.ts';

const OTHER: TypeSyntax = { kind: 'other' };
const primitives: ReadonlyMap<string, TypeSyntax> = new Map(
  ['any', 'string', 'boolean', 'number', 'never', 'intrinsic', 'unknown', 'null', 'undefined', 'void', 'symbol', 'object', 'bigInt'].map(
    (name) => [`TS${name[0]?.toUpperCase()}${name.slice(1)}Keyword`, { kind: 'primitive', name: name.toLowerCase() }],
  ),
);

/** Types nested deeper than this are not followed. */
const DEEPEST_TYPE = 200;

function tooDeep(x: Extraction, node: ast.Node): TypeSyntax {
  if (x.errors.length < 10) x.errors.push({ message: 'type is nested too deeply to be followed', offset: node.start });
  return OTHER;
}

/** Turns a type annotation into what the linker reads of it, and records the names it uses. */
export function extractType(x: Extraction, node: ast.Node): TypeSyntax {
  const primitive = primitives.get(node.type);
  if (primitive !== undefined) return primitive;
  if (x.depth > DEEPEST_TYPE) return tooDeep(x, node);
  x.depth++;
  const type = structuredType(x, node);
  x.depth--;
  return type;
}

export const extractTypes = (x: Extraction, nodes: readonly ast.Node[]): TypeSyntax[] => nodes.map((node) => extractType(x, node));

function structuredType(x: Extraction, node: ast.Node): TypeSyntax {
  switch (node.type) {
    case 'TSTypeAnnotation':
    case 'TSParenthesizedType':
    case 'TSOptionalType':
    case 'TSRestType':
      return extractType(x, node.typeAnnotation);
    case 'TSTypeReference':
      return referenceType(x, node);
    case 'TSArrayType':
      return { kind: 'array', element: extractType(x, node.elementType) };
    case 'TSTupleType':
      return { kind: 'tuple', elements: extractTypes(x, node.elementTypes) };
    case 'TSNamedTupleMember':
      return extractType(x, node.elementType);
    case 'TSUnionType':
      return { kind: 'union', members: extractTypes(x, node.types) };
    case 'TSIntersectionType':
      return { kind: 'intersection', members: extractTypes(x, node.types) };
    case 'TSTypeOperator': {
      const inner = extractType(x, node.typeAnnotation);
      return node.operator === 'readonly' ? inner : OTHER;
    }
    case 'TSFunctionType':
    case 'TSConstructorType':
      return functionType(x, node);
    case 'TSTypeLiteral':
      return { kind: 'object', members: node.members.flatMap((member) => objectMember(x, member)) };
    case 'TSIndexedAccessType':
      return { kind: 'indexed', object: extractType(x, node.objectType), index: extractType(x, node.indexType) };
    case 'TSLiteralType':
      return literalType(node.literal);
    case 'TSTypeQuery':
      return queryType(x, node);
    case 'TSImportType':
      return importType(x, node);
    case 'TSThisType':
      return { kind: 'reference', name: ['this'], arguments: [] };
    default:
      visitOther(x, node);
      return OTHER;
  }
}

function referenceType(x: Extraction, node: ast.TSTypeReference): TypeSyntax {
  const name = qualifiedName(node.typeName);
  referToName(x, name, node.start);
  return { kind: 'reference', name, arguments: node.typeArguments ? extractTypes(x, node.typeArguments.params) : [] };
}

function referToName(x: Extraction, name: readonly string[], at: number): void {
  const [root, property] = name;
  if (root !== undefined && root !== 'this') refer(x, root, 'type', at, { property });
}

/** `A.B.C` of a type, an expression in `extends`, or a qualifier; `this` stands for itself. */
export function qualifiedName(node: ast.Node): string[] {
  switch (node.type) {
    case 'Identifier':
      return [node.name];
    case 'ThisExpression':
      return ['this'];
    case 'TSQualifiedName':
      return [...qualifiedName(node.left), node.right.name];
    case 'MemberExpression':
      return node.property.type === 'Identifier' && !node.computed ? [...qualifiedName(node.object), node.property.name] : [];
    default:
      return [];
  }
}

/** A type named by an expression: `implements ns.Port<T>`, `interface A extends B<T>`. */
export function heritageType(
  x: Extraction,
  node: { readonly expression: ast.Node; readonly typeArguments: ast.TSTypeParameterInstantiation | null } & ast.Span,
): TypeSyntax {
  const name = qualifiedName(node.expression);
  referToName(x, name, node.start);
  const typeArguments = node.typeArguments ? extractTypes(x, node.typeArguments.params) : [];
  return name.length === 0 ? OTHER : { kind: 'reference', name, arguments: typeArguments };
}

function functionType(x: Extraction, node: ast.TSFunctionType | ast.TSConstructorType): TypeSyntax {
  let type: TypeSyntax = OTHER;
  within(x, 'block', node, () => {
    bindTypeParameters(x, node.typeParameters);
    const parameters = node.params.map((parameter) => signatureParameter(x, parameter));
    type = { kind: 'function', parameters, result: extractType(x, node.returnType), ...typeParametersOf(node.typeParameters) };
  });
  return type;
}

const typeParametersOf = (node: ast.TSTypeParameterDeclaration | null | undefined): { typeParameters?: readonly string[] } =>
  node ? { typeParameters: node.params.map((parameter) => parameter.name.name) } : {};

function signatureParameter(x: Extraction, node: ast.ParamPattern): TypeSyntax | null {
  const annotation = 'typeAnnotation' in node ? node.typeAnnotation : null;
  return annotation ? extractType(x, annotation) : null;
}

/** Makes type parameters known in the current scope, and in the declaration that has them. */
export function bindTypeParameters(
  x: Extraction,
  node: ast.TSTypeParameterDeclaration | null | undefined,
  draft?: Draft<DeclarationSyntax>,
): void {
  if (!node) return;
  for (const parameter of node.params) bind(x, parameter.name.name, -1);
  const bounds = node.params.map(({ constraint, default: fallback }) => {
    const types = [constraint, fallback].flatMap((type) => (type ? [extractType(x, type)] : []));
    return types[0] ?? null;
  });
  if (draft === undefined) return;
  draft.typeParameters = node.params.map((parameter) => parameter.name.name);
  if (bounds.some((bound) => bound !== null)) draft.typeBounds = bounds;
}

type ObjectMember = Extract<TypeSyntax, { kind: 'object' }>['members'][number];

function objectMember(x: Extraction, node: ast.TSSignature): ObjectMember[] {
  switch (node.type) {
    case 'TSPropertySignature': {
      const name = constantKey(node);
      const type = node.typeAnnotation ? extractType(x, node.typeAnnotation) : undefined;
      return name === undefined ? [] : [type === undefined ? { name } : { name, type }];
    }
    case 'TSMethodSignature': {
      const name = constantKey(node);
      const type = signatureType(x, node);
      return name === undefined ? [] : [{ name, type }];
    }
    case 'TSIndexSignature':
      return [{ name: '[]', type: extractType(x, node.typeAnnotation) }];
    case 'TSCallSignatureDeclaration':
      return [{ name: '()', type: signatureType(x, node) }];
    default:
      return [];
  }
}

/** The function type of a method or call signature. */
export function signatureType(
  x: Extraction,
  node: ast.TSMethodSignature | ast.TSCallSignatureDeclaration | ast.TSConstructSignatureDeclaration,
  draft?: Draft<DeclarationSyntax>,
): TypeSyntax {
  let type: TypeSyntax = OTHER;
  within(x, 'block', node, () => {
    bindTypeParameters(x, node.typeParameters, draft);
    const parameters = node.params.map((parameter) => signatureParameter(x, parameter));
    const result = node.returnType ? { result: extractType(x, node.returnType) } : {};
    type = { kind: 'function', parameters, ...result, ...typeParametersOf(node.typeParameters) };
  });
  return type;
}

function literalType(node: ast.TSLiteral): TypeSyntax {
  if (node.type !== 'Literal') return OTHER;
  const { value } = node;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? { kind: 'literal', value } : OTHER;
}

function queryType(x: Extraction, node: ast.TSTypeQuery): TypeSyntax {
  if (node.exprName.type === 'TSImportType') return importType(x, node.exprName);
  const name = qualifiedName(node.exprName);
  referToName(x, name, node.start);
  return { kind: 'query', name };
}

function importType(x: Extraction, node: ast.TSImportType): TypeSyntax {
  const typeArguments = node.typeArguments ? extractTypes(x, node.typeArguments.params) : [];
  const index = x.imports.push({ kind: 'type-query', specifier: node.source.value, bindings: [], span: spanOf(node), owner: x.code }) - 1;
  return { kind: 'import', import: index, name: node.qualifier ? qualifiedName(node.qualifier) : [], arguments: typeArguments };
}

/** Types of which only the names they use are kept. */
function visitOther(x: Extraction, node: ast.Node): void {
  switch (node.type) {
    case 'TSConditionalType':
      within(x, 'block', node, () => {
        extractTypes(x, [node.checkType, node.extendsType, node.trueType, node.falseType]);
      });
      break;
    case 'TSMappedType':
      within(x, 'block', node, () => {
        bind(x, node.key.name, -1);
        extractType(x, node.constraint);
        if (node.nameType) extractType(x, node.nameType);
        if (node.typeAnnotation) extractType(x, node.typeAnnotation);
      });
      break;
    case 'TSTemplateLiteralType':
      extractTypes(x, node.types);
      break;
    case 'TSTypePredicate':
      if (node.typeAnnotation) extractType(x, node.typeAnnotation);
      break;
    case 'TSInferType':
      bind(x, node.typeParameter.name.name, -1);
      break;
  }
}
