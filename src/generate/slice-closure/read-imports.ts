import { ts } from 'ts-morph';
import { propertyOfBinding } from './references.ts';

/** One name bound by an import. */
export interface ImportedName {
  readonly local: string;
  /** `*` for a namespace, `default`, or the exported name. */
  readonly imported: string;
  readonly specifier: string;
  readonly statement: ts.Statement;
  readonly node: ts.Node;
  readonly typeOnly: boolean;
}

export interface ImportStatement {
  readonly statement: ts.ImportDeclaration | ts.ImportEqualsDeclaration;
  readonly start: number;
  readonly specifier: string;
  readonly names: readonly ImportedName[];
  readonly typeOnly: boolean;
}

/** `require('x')`, `import('x')`, and the type `import('x').Name`. */
export interface InlineImport {
  readonly kind: 'require' | 'import' | 'type';
  readonly specifier: string;
  /** The expression that names the module. */
  readonly source: ts.Expression;
  /** The expression is no plain text, as in `require(path.join(__dirname, 'books'))`: bundlers do not follow it. */
  readonly isComputed: boolean;
  readonly start: number;
  /** Runs when the module is loaded: it stands in no function. */
  readonly isEager: boolean;
  /** The only names taken of it; absent when all may be. */
  readonly names?: readonly string[];
}

/** What an import statement binds; nothing for other statements. */
export function readImport(statement: ts.Statement): readonly ImportStatement[] {
  if (ts.isImportEqualsDeclaration(statement)) return readImportEquals(statement);
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
  const specifier = statement.moduleSpecifier.text;
  const clause = statement.importClause;
  const typeOnly = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const found: ImportedName[] = [];
  const add = (node: ts.Node & { readonly name?: ts.Identifier }, imported: string, isType: boolean): void => {
    if (node.name !== undefined) found.push({ local: node.name.text, imported, specifier, statement, node, typeOnly: typeOnly || isType });
  };
  if (clause?.name !== undefined) add(clause, 'default', false);
  const named = clause?.namedBindings;
  if (named !== undefined && ts.isNamespaceImport(named)) add(named, '*', false);
  if (named !== undefined && ts.isNamedImports(named)) {
    for (const element of named.elements) add(element, (element.propertyName ?? element.name).text, element.isTypeOnly);
  }
  return [{ statement, start: statement.pos, specifier, names: found, typeOnly }];
}

function readImportEquals(statement: ts.ImportEqualsDeclaration): readonly ImportStatement[] {
  const reference = statement.moduleReference;
  if (!ts.isExternalModuleReference(reference) || !ts.isStringLiteral(reference.expression)) return [];
  const specifier = reference.expression.text;
  const name = { local: statement.name.text, imported: '*', specifier, statement, node: statement, typeOnly: statement.isTypeOnly };
  return [{ statement, start: statement.pos, specifier, names: [name], typeOnly: statement.isTypeOnly }];
}

/** Imports that are expressions or types, in source order. `specifierAt` says what the call at an offset names. */
export function readInlineImports(
  file: ts.SourceFile,
  specifierAt: (start: number) => string | undefined = () => undefined,
): readonly InlineImport[] {
  const found: InlineImport[] = [];
  const visit = (node: ts.Node, isEager: boolean): void => {
    const source = importedSource(node);
    const specifier = source === undefined || ts.isStringLiteralLike(source) ? source?.text : specifierAt(node.getStart(file));
    if (source !== undefined && specifier !== undefined) {
      const kind = ts.isImportTypeNode(node)
        ? 'type'
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? 'import'
          : 'require';
      const names = namesTaken(node);
      found.push({
        kind,
        specifier,
        source,
        isComputed: !ts.isStringLiteralLike(source),
        start: node.getStart(file),
        isEager,
        ...(names === undefined ? {} : { names }),
      });
    }
    ts.forEachChild(node, (child) => visit(child, isEager && !ts.isFunctionLike(node)));
  };
  visit(file, true);
  return found;
}

function importedSource(node: ts.Node): ts.Expression | undefined {
  if (ts.isImportTypeNode(node)) {
    return ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal) ? node.argument.literal : undefined;
  }
  if (!ts.isCallExpression(node)) return undefined;
  const isImport =
    node.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(node.expression) && node.expression.text === 'require');
  return isImport ? node.arguments[0] : undefined;
}

/** `import('x').Order`, `require('x').orders`, `const { orders } = await import('x')`. */
function namesTaken(node: ts.Node): readonly string[] | undefined {
  if (ts.isImportTypeNode(node)) {
    const first = node.qualifier === undefined ? undefined : leftmost(node.qualifier);
    return first === undefined ? undefined : [first];
  }
  const outer = ts.isAwaitExpression(node.parent) ? node.parent : node;
  const place = ts.isParenthesizedExpression(outer.parent) ? outer.parent : outer;
  if (ts.isPropertyAccessExpression(place.parent)) return place === node && !isRequire(node) ? undefined : [place.parent.name.text];
  if (!ts.isVariableDeclaration(place.parent) || !ts.isObjectBindingPattern(place.parent.name)) return undefined;
  const names = place.parent.name.elements.map((element) => propertyOfBinding(element));
  return names.every((name) => name !== undefined) ? names : undefined;
}

const isRequire = (node: ts.Node): boolean => ts.isCallExpression(node) && ts.isIdentifier(node.expression);
const leftmost = (name: ts.EntityName): string => (ts.isIdentifier(name) ? name.text : leftmost(name.left));
