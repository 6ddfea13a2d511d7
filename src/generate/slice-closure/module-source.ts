import { type Project, ts } from 'ts-morph';
import type { ModuleId } from '../../model/ids.ts';
import { findHandedOut, type HandedOut } from './handed-out.ts';
import { type ImportedName, type ImportStatement, type InlineImport, readImport, readInlineImports } from './read-imports.ts';
import { boundNames, findReferences, namesOfStatement, type References } from './references.ts';

/** A piece of a module that is kept or left out as a whole, its `members` excepted. */
export interface Item {
  readonly module: ModuleId;
  readonly kind: 'declaration' | 'declarator' | 'statement' | 'member';
  /** Module-level names it binds; for a member its own name. */
  readonly names: readonly string[];
  readonly node: ts.Node;
  readonly start: number;
  readonly end: number;
  /** Members of a class or of a constant object literal that may be left out by themselves. */
  readonly members: readonly Item[];
  readonly owner?: Item;
}

/** `export … from`: one exported name, `*` for all. */
export interface ReExport {
  readonly name: string;
  readonly imported: string;
  readonly specifier: string;
  readonly statement: ts.ExportDeclaration;
  readonly start: number;
  /** The specifier in the list, or the statement for `export *`. */
  readonly node: ts.Node;
}

/** `export { local as name }`, or `export default local`. */
export interface LocalExport {
  readonly name: string;
  readonly local: string;
  readonly node: ts.Node;
}

/** A parsed module, taken apart into what may be kept or left out. */
export interface ModuleSource extends References {
  readonly id: ModuleId;
  readonly text: string;
  readonly file: ts.SourceFile;
  readonly items: readonly Item[];
  readonly bindings: ReadonlyMap<string, readonly Item[]>;
  readonly imports: ReadonlyMap<string, ImportedName>;
  readonly importStatements: readonly ImportStatement[];
  readonly reExports: readonly ReExport[];
  readonly localExports: readonly LocalExport[];
  readonly inlineImports: readonly InlineImport[];
  readonly handedOut: readonly HandedOut[];
  /** `module.exports`, `export =`: taken or left as a whole. */
  readonly isAtomic: boolean;
  /** The name in `export = app` and `module.exports = app`. */
  readonly wholeExport?: string;
  /** A declaration file. */
  readonly isDeclaration: boolean;
}

/** `specifierAt` says what the `require` or `import()` at an offset names when its argument is no plain text. */
export function readModule(
  project: Project,
  id: ModuleId,
  { text, specifierAt }: { readonly text: string; readonly specifierAt: (start: number) => string | undefined },
): ModuleSource {
  const file = project.createSourceFile(`/${id}`, text, { overwrite: true }).compilerNode;
  const importStatements = file.statements.flatMap((statement) => readImport(statement));
  const imports = new Map(importStatements.flatMap((each) => each.names.map((name) => [name.local, name] as const)));
  const items = file.statements.flatMap((statement) => readItems(id, file, statement));
  const bindings = new Map<string, readonly Item[]>();
  for (const item of items) for (const name of item.names) bindings.set(name, [...(bindings.get(name) ?? []), item]);
  const names = new Set([...bindings.keys(), ...imports.keys()]);
  return {
    id,
    text,
    file,
    items,
    bindings,
    imports,
    importStatements,
    reExports: file.statements.flatMap(readReExports),
    localExports: file.statements.flatMap(readLocalExports),
    inlineImports: readInlineImports(file, specifierAt),
    handedOut: findHandedOut(file),
    isAtomic: isAtomic(file),
    ...wholeExportOf(file),
    isDeclaration: file.isDeclarationFile,
    ...findReferences(file, names),
  };
}

function readReExports(statement: ts.Statement): readonly ReExport[] {
  if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined) return [];
  const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
  const clause = statement.exportClause;
  if (clause === undefined) return [{ name: '*', imported: '*', specifier, statement, start: statement.pos, node: statement }];
  if (ts.isNamespaceExport(clause))
    return [{ name: clause.name.text, imported: '*', specifier, statement, start: statement.pos, node: statement }];
  return clause.elements.map((element) => ({
    name: element.name.text,
    imported: (element.propertyName ?? element.name).text,
    specifier,
    statement,
    start: statement.pos,
    node: element,
  }));
}

function readLocalExports(statement: ts.Statement): readonly LocalExport[] {
  if (ts.isExportDeclaration(statement) && statement.moduleSpecifier === undefined) {
    const clause = statement.exportClause;
    if (clause === undefined || !ts.isNamedExports(clause)) return [];
    return clause.elements.map((node) => ({ name: node.name.text, local: (node.propertyName ?? node.name).text, node }));
  }
  if (ts.isExportAssignment(statement) && !statement.isExportEquals) {
    const local = ts.isIdentifier(statement.expression) ? statement.expression.text : 'default';
    return [{ name: 'default', local, node: statement }];
  }
  if (!hasModifier(statement, ts.SyntaxKind.ExportKeyword)) return [];
  const names = namesOfStatement(statement).map((name) => name.text);
  if (!hasModifier(statement, ts.SyntaxKind.DefaultKeyword)) return names.map((name) => ({ name, local: name, node: statement }));
  return [{ name: 'default', local: names[0] ?? 'default', node: statement }];
}

export const hasModifier = (node: ts.Node, kind: ts.SyntaxKind): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind);

function readItems(module: ModuleId, file: ts.SourceFile, statement: ts.Statement): readonly Item[] {
  if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return [];
  if (ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference)) return [];
  const toItem = (node: ts.Node, kind: Item['kind'], names: readonly string[]): Item => withMembers(module, file, { node, kind, names });
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((node) =>
      toItem(
        node,
        'declarator',
        boundNames(node.name).map((name) => name.text),
      ),
    );
  }
  if (ts.isExportAssignment(statement)) return [toItem(statement, statement.isExportEquals ? 'statement' : 'declaration', ['default'])];
  const names = namesOfStatement(statement).map((name) => name.text);
  if (names.length > 0) return [toItem(statement, 'declaration', names)];
  if (hasModifier(statement, ts.SyntaxKind.DefaultKeyword)) return [toItem(statement, 'declaration', ['default'])];
  return [toItem(statement, 'statement', [])];
}

function withMembers(module: ModuleId, file: ts.SourceFile, draft: Pick<Item, 'node' | 'kind' | 'names'>): Item {
  const members: Item[] = [];
  const item: Item = { ...draft, module, start: draft.node.getStart(file), end: draft.node.end, members };
  for (const node of memberNodes(draft.node)) {
    const name = memberName(node);
    if (name === undefined) continue;
    members.push({ module, kind: 'member', names: [name], node, start: node.getStart(file), end: node.end, members: [], owner: item });
  }
  return item;
}

/** Members that can be left out one by one without changing what the others are. */
function memberNodes(node: ts.Node): readonly ts.Node[] {
  if (ts.isClassDeclaration(node)) return node.members.filter(isPrunableMember);
  const literal = objectLiteralOf(node);
  return literal === undefined ? [] : literal.properties.filter((property) => !ts.isSpreadAssignment(property));
}

const isPrunableMember = (member: ts.ClassElement): boolean =>
  ts.isMethodDeclaration(member) ||
  ts.isGetAccessorDeclaration(member) ||
  ts.isSetAccessorDeclaration(member) ||
  (ts.isPropertyDeclaration(member) && !hasDecorators(member));

export const hasDecorators = (node: ts.Node): boolean => ts.canHaveDecorators(node) && (ts.getDecorators(node) ?? []).length > 0;

/** The literal of `const orders = { … }` and `export default { … }`, unless a declared type says what it must contain. */
export function objectLiteralOf(node: ts.Node): ts.ObjectLiteralExpression | undefined {
  const value =
    ts.isVariableDeclaration(node) && node.type === undefined
      ? node.initializer
      : ts.isExportAssignment(node)
        ? node.expression
        : undefined;
  return value !== undefined && ts.isObjectLiteralExpression(value) ? value : undefined;
}

const memberName = (node: ts.Node): string | undefined => {
  if (!('name' in node) || node.name === undefined) return undefined;
  const name = node.name as ts.PropertyName;
  return ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isPrivateIdentifier(name) ? name.text : undefined;
};

const isAtomic = (file: ts.SourceFile): boolean =>
  file.statements.some(
    (statement) =>
      (ts.isExportAssignment(statement) && statement.isExportEquals === true) ||
      (ts.isExpressionStatement(statement) && ts.isBinaryExpression(statement.expression) && writesExports(statement.expression.left)),
  );

function wholeExportOf(file: ts.SourceFile): { readonly wholeExport?: string } {
  for (const statement of file.statements) {
    const value = ts.isExportAssignment(statement)
      ? statement.isExportEquals === true && statement.expression
      : ts.isExpressionStatement(statement) &&
        ts.isBinaryExpression(statement.expression) &&
        statement.expression.left.getText(file) === 'module.exports' &&
        statement.expression.right;
    if (value !== false && ts.isIdentifier(value)) return { wholeExport: value.text };
  }
  return {};
}

/** `exports.x`, `module.exports`, `module.exports.x`. */
const writesExports = (node: ts.Expression): boolean => {
  if (!ts.isPropertyAccessExpression(node)) return false;
  if (ts.isIdentifier(node.expression)) {
    return node.expression.text === 'exports' || (node.expression.text === 'module' && node.name.text === 'exports');
  }
  return writesExports(node.expression);
};
