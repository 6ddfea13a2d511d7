import type * as ast from 'oxc-parser';
import type { Expression, TypeSyntax } from '../model/file-syntax.ts';
import { bindPattern } from './extract-patterns.ts';
import { bindTypeParameters, extractType } from './extract-types.ts';
import { bind, type DeclarationDraft, declare, draftAt, type Extraction, ownedBy, within } from './extraction.ts';
import { giveContext } from './give-context.ts';

/** What a function counts in the depth of the walk. */
const FUNCTION_DEPTH = 5;

/** More return values than this are not kept. */
const MOST_RETURNS = 8;

/** Walks a function whose declaration stands at `index`: type parameters, parameters, body. */
export function extractFunction(x: Extraction, node: ast.Function | ast.ArrowFunctionExpression, index: number): void {
  const draft = draftAt(x, index);
  if (node.async) draft.isAsync = true;
  const outer = { returns: x.returns, currentClass: x.currentClass };
  const returns: Expression[] = [];
  x.returns = returns;
  if (node.type !== 'ArrowFunctionExpression' && !isMember(draft)) x.currentClass = -1;
  // A function in a function takes more of the stack than an expression in one.
  x.depth += FUNCTION_DEPTH;
  ownedBy(x, index, 'own-code', () => within(x, 'function', node, () => walkFunction(x, node, draft)));
  x.depth -= FUNCTION_DEPTH;
  x.returns = outer.returns;
  x.currentClass = outer.currentClass;
  if (draft.type !== undefined) giveReturnContext(x, returns, draft.type, node.async);
  if (node.body) draft.returns = { values: returns.slice(0, MOST_RETURNS), complete: returns.length <= MOST_RETURNS };
}

/** What an `async` function returns is what its promise holds. */
function giveReturnContext(x: Extraction, returns: readonly Expression[], type: TypeSyntax, isAsync: boolean): void {
  const returned: TypeSyntax = isAsync ? { kind: 'reference', name: ['Awaited'], arguments: [type] } : type;
  for (const value of returns) giveContext(x, value, returned);
}

const isMember = (draft: DeclarationDraft): boolean =>
  draft.kind === 'method' || draft.kind === 'constructor' || draft.kind === 'getter' || draft.kind === 'setter';

function walkFunction(x: Extraction, node: ast.Function | ast.ArrowFunctionExpression, draft: DeclarationDraft): void {
  bindTypeParameters(x, node.typeParameters, draft);
  // A named function expression knows itself.
  if (node.type === 'FunctionExpression' && node.id && node.id.name !== draft.binding) bind(x, node.id.name, x.owner);
  for (const [position, parameter] of node.params.entries()) extractParameter(x, parameter, position);
  if (node.returnType) {
    draft.type = extractType(x, node.returnType);
    noteGuard(x, node.returnType.typeAnnotation, draft);
  }
  const { body } = node;
  if (!body) return;
  if (body.type === 'BlockStatement') x.visit.statements(x, body.body);
  else x.returns?.push(x.visit.expression(x, body));
}

/** The type is taken without its names again: those are recorded. */
function noteGuard(x: Extraction, node: ast.Node, draft: DeclarationDraft): void {
  if (node.type !== 'TSTypePredicate' || node.asserts || node.parameterName.type !== 'Identifier' || !node.typeAnnotation) return;
  const type = extractType({ ...x, references: [], imports: [] }, node.typeAnnotation);
  if (type.kind === 'reference') draft.guards = { parameter: node.parameterName.name, type };
}

function extractParameter(x: Extraction, node: ast.ParamPattern, position: number): void {
  const isProperty = node.type === 'TSParameterProperty';
  const pattern: ast.Node = isProperty ? node.parameter : node;
  // `this: Type` is no parameter at run time.
  if (pattern.type === 'Identifier' && pattern.name === 'this') {
    if (pattern.typeAnnotation) extractType(x, pattern.typeAnnotation);
    return;
  }
  const first = x.declarations.length;
  const decorators = (node.decorators ?? []).map((decorator) => x.visit.expression(x, decorator.expression));
  const target = pattern.type === 'RestElement' ? pattern.argument : pattern;
  bindPattern(x, target as ast.BindingPattern, { kind: 'parameter', span: node });
  for (let index = first; index < x.declarations.length; index++) {
    const draft = draftAt(x, index);
    if (draft.kind !== 'parameter' || draft.parent !== x.owner) continue;
    draft.position = position;
    if (pattern.type === 'RestElement') {
      draft.isRest = true;
      if (pattern.typeAnnotation) draft.type = extractType(x, pattern.typeAnnotation);
    }
    if (isProperty) draft.isParameterProperty = true;
    if (decorators.length > 0) draft.decorators = decorators;
  }
}

/** Declares a function of a statement and walks it; overloads before an implementation are not declared. */
export function extractFunctionDeclaration(x: Extraction, node: ast.Function, span: ast.Span): void {
  const name = node.id?.name ?? 'default';
  const index = declare(x, 'function', node.id ? { segment: name, binding: name } : { segment: name }, span);
  if (node.id) bind(x, name, index, 'lexical');
  extractFunction(x, node, index);
}
