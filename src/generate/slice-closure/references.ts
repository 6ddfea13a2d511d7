import { ts } from 'ts-morph';

/** One use of a name in an expression or a type. */
export interface Reference {
  readonly name: string;
  readonly start: number;
  /** `module`: a module-level binding or import; `local`: declared in a function or block around it. */
  readonly scope: 'module' | 'local' | 'global';
  /** The identifier that declares a local name. */
  readonly declaration?: ts.Identifier;
  /** Properties taken of it at this place; absent when the value is used as a whole. */
  readonly properties?: readonly string[];
  readonly meaning: 'value' | 'type';
}

/** A member name that kept code mentions: `.name`, `['name']`, destructuring, or a string equal to it. */
export interface Mention {
  readonly name: string;
  readonly start: number;
}

export interface References {
  /** In source order. */
  readonly references: readonly Reference[];
  /** In source order. */
  readonly mentions: readonly Mention[];
  /** Places where a member is called by a computed name: any member may be meant. */
  readonly computedCalls: readonly number[];
}

interface Scope {
  readonly names: ReadonlyMap<string, ts.Identifier>;
  readonly parent?: Scope;
}

/** Finds every use of a name in a file, and what it is bound to inside the file. */
export function findReferences(file: ts.SourceFile, moduleNames: ReadonlySet<string>): References {
  const references: Reference[] = [];
  const mentions: Mention[] = [];
  const computedCalls: number[] = [];

  const visit = (node: ts.Node, scope: Scope | undefined, inType: boolean): void => {
    if (ts.isIdentifier(node)) {
      if (isReference(node)) references.push(toReference(node, scope, inType));
      else if (isMention(node)) mentions.push({ name: node.text, start: node.getStart(file) });
      return;
    }
    if (ts.isStringLiteralLike(node)) mentions.push({ name: node.text, start: node.getStart(file) });
    if (isComputedCall(node)) computedCalls.push(node.getStart(file));
    if (isModuleSyntax(node)) return;
    const inner = toScope(node, scope);
    ts.forEachChild(node, (child) => visit(child, inner, entersType(node, child, inType)));
  };

  const toReference = (node: ts.Identifier, scope: Scope | undefined, inType: boolean): Reference => {
    const declaration = lookUp(scope, node.text);
    const properties = propertiesOf(node);
    return {
      name: node.text,
      start: node.getStart(file),
      scope: declaration !== undefined ? 'local' : moduleNames.has(node.text) ? 'module' : 'global',
      ...(declaration === undefined ? {} : { declaration }),
      ...(properties === undefined ? {} : { properties }),
      meaning: inType ? 'type' : 'value',
    };
  };

  ts.forEachChild(file, (child) => visit(child, undefined, false));
  const byStart = (left: { start: number }, right: { start: number }): number => left.start - right.start;
  return { references: references.sort(byStart), mentions: mentions.sort(byStart), computedCalls };
}

const lookUp = (scope: Scope | undefined, name: string): ts.Identifier | undefined =>
  scope === undefined ? undefined : (scope.names.get(name) ?? lookUp(scope.parent, name));

/** Imports and export lists are read by themselves, not as uses. */
const isModuleSyntax = (node: ts.Node): boolean =>
  ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isImportEqualsDeclaration(node);

const isReference = (node: ts.Identifier): boolean => {
  const parent = node.parent;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name === node;
  if ('name' in parent && parent.name === node) return false;
  if (ts.isBindingElement(parent) && parent.propertyName === node) return false;
  if (ts.isQualifiedName(parent) && parent.right === node) return false;
  if (ts.isImportTypeNode(parent)) return false;
  return !(ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent) || ts.isMetaProperty(parent));
};

const isMention = (node: ts.Identifier): boolean => {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isBindingElement(parent) && ts.isObjectBindingPattern(parent.parent)) {
    return parent.propertyName === node || (parent.propertyName === undefined && parent.name === node);
  }
  // What a kept type demands, a class that is used as that type must have.
  if (ts.isPropertySignature(parent) || ts.isMethodSignature(parent)) return parent.name === node;
  return ts.isPropertyAssignment(parent) && isAssignmentPattern(parent.parent);
};

const isAssignmentPattern = (node: ts.ObjectLiteralExpression): boolean =>
  ts.isBinaryExpression(node.parent) && node.parent.left === node && node.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;

const isComputedCall = (node: ts.Node): boolean =>
  ts.isElementAccessExpression(node) &&
  !ts.isStringLiteralLike(node.argumentExpression) &&
  !ts.isNumericLiteral(node.argumentExpression) &&
  ts.isCallExpression(node.parent) &&
  node.parent.expression === node;

/** Properties that are all a place takes of a name: `orders.find`, `orders['find']`, `const { find } = orders`, `Orders.Row`. */
function propertiesOf(node: ts.Identifier): readonly string[] | undefined {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) return [parent.name.text];
  if (ts.isQualifiedName(parent) && parent.left === node) return [parent.right.text];
  if (ts.isElementAccessExpression(parent) && parent.expression === node && ts.isStringLiteralLike(parent.argumentExpression)) {
    return [parent.argumentExpression.text];
  }
  if (ts.isVariableDeclaration(parent) && parent.initializer === node && ts.isObjectBindingPattern(parent.name)) {
    const names = parent.name.elements.map((element) => propertyOfBinding(element));
    return names.every((name) => name !== undefined) ? names : undefined;
  }
  return undefined;
}

/** The property a destructuring element takes; undefined for a rest element and a computed one. */
export const propertyOfBinding = (element: ts.BindingElement): string | undefined => {
  if (element.dotDotDotToken !== undefined) return undefined;
  const name = element.propertyName ?? element.name;
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
};

const entersType = (node: ts.Node, child: ts.Node, inType: boolean): boolean => {
  if (ts.isExpressionWithTypeArguments(node)) return inType || child !== node.expression;
  if (ts.isHeritageClause(node)) {
    return node.token === ts.SyntaxKind.ImplementsKeyword || ts.isInterfaceDeclaration(node.parent);
  }
  return inType || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
};

function toScope(node: ts.Node, parent: Scope | undefined): Scope | undefined {
  const declared = declaredIn(node);
  if (declared.length === 0) return parent;
  const names = new Map(declared.map((name) => [name.text, name] as const));
  return parent === undefined ? { names } : { names, parent };
}

/** Names that a node declares for its own inside: parameters, block-level declarations, hoisted `var`. */
function declaredIn(node: ts.Node): readonly ts.Identifier[] {
  if (ts.isFunctionLike(node)) {
    const own = ts.isFunctionExpression(node) && node.name !== undefined ? [node.name] : [];
    const body = 'body' in node && node.body !== undefined ? hoistedIn(node.body as ts.Node) : [];
    return [...own, ...typeParametersOf(node), ...node.parameters.flatMap((parameter) => boundNames(parameter.name)), ...body];
  }
  if (ts.isBlock(node) || ts.isModuleBlock(node) || ts.isCaseBlock(node)) {
    const statements = ts.isCaseBlock(node) ? node.clauses.flatMap((clause) => [...clause.statements]) : [...node.statements];
    return statements.flatMap(namesOfStatement);
  }
  if (ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node)) {
    const initializer = node.initializer;
    return initializer !== undefined && ts.isVariableDeclarationList(initializer) ? namesOfList(initializer) : [];
  }
  if (ts.isCatchClause(node)) return node.variableDeclaration === undefined ? [] : boundNames(node.variableDeclaration.name);
  if (ts.isClassExpression(node)) return [...(node.name === undefined ? [] : [node.name]), ...typeParametersOf(node)];
  if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return typeParametersOf(node);
  if (ts.isMappedTypeNode(node)) return [node.typeParameter.name];
  if (ts.isConditionalTypeNode(node)) return inferredIn(node.extendsType);
  return [];
}

const typeParametersOf = (node: { readonly typeParameters?: ts.NodeArray<ts.TypeParameterDeclaration> | undefined }): ts.Identifier[] =>
  (node.typeParameters ?? []).map((parameter) => parameter.name);

const inferredIn = (type: ts.Node): ts.Identifier[] => {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isInferTypeNode(node)) found.push(node.typeParameter.name);
    ts.forEachChild(node, visit);
  };
  visit(type);
  return found;
};

/** Names that a statement declares in the block it stands in. */
export function namesOfStatement(statement: ts.Statement): readonly ts.Identifier[] {
  if (ts.isVariableStatement(statement)) return namesOfList(statement.declarationList);
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement)
  ) {
    return statement.name === undefined ? [] : [statement.name];
  }
  const isNamespace = ts.isModuleDeclaration(statement) && (statement.flags & ts.NodeFlags.GlobalAugmentation) === 0;
  return isNamespace && ts.isIdentifier(statement.name) ? [statement.name] : [];
}

const namesOfList = (list: ts.VariableDeclarationList): ts.Identifier[] =>
  list.declarations.flatMap((declaration) => boundNames(declaration.name));

/** Identifiers that a binding name binds: one, or those of a destructuring pattern. */
export const boundNames = (name: ts.BindingName): ts.Identifier[] =>
  ts.isIdentifier(name) ? [name] : name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));

/** `var` declarations of a function body, however deep, nested functions left out. */
function hoistedIn(body: ts.Node): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0) found.push(...namesOfList(node));
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return found;
}
