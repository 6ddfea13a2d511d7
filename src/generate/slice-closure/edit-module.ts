import { ts } from 'ts-morph';
import { uniqueSorted } from '../../lib/sort.ts';
import type { Span } from '../../model/location.ts';
import type { ModulePlaceForm } from '../slice-closure.ts';
import type { LeftOut } from './left-out.ts';
import type { Marked } from './mark.ts';
import type { ModulePlace } from './module-places.ts';
import { hasModifier, type ModuleSource } from './module-source.ts';
import type { ImportStatement } from './read-imports.ts';
import { applyEdits, type TextEdit, wholeLines } from './text-edits.ts';

export interface EditInput {
  readonly module: ModuleSource;
  readonly marked: Marked;
  readonly leftOut: LeftOut;
  /** The specifier to write for an import, when it differs from the written one. */
  readonly rewritten: (specifier: string) => string | undefined;
  /** Specifiers of modules to load for their effect in place of an import of which no name is left. */
  readonly loadedFor: (specifier: string) => readonly string[];
  /** Specifier of a generated module of `src/banyan`. */
  readonly generated: (name: string) => string;
  /** The module's path in the package. */
  readonly path: string;
  /** Where kept code asks for the module's own place. */
  readonly places: readonly ModulePlace[];
  /** What stands for code that means something else in a bundle. */
  readonly adapted: readonly TextEdit[];
  /** Expressions in kept code that make a cache which is emptied before each request. */
  readonly requestScoped: readonly Span[];
}

export interface EditedModule {
  readonly text: string;
  /** Names of declarations and members that were left out. */
  readonly pruned: readonly string[];
}

/** The text of a module with only what the slice keeps: spans are cut out, the rest stays as it was written. */
export function editModule(input: EditInput): EditedModule {
  const { module, marked, leftOut } = input;
  const pruned: string[] = [];
  const inner = editExpressions(input);
  const edits: TextEdit[] = [
    ...module.importStatements.flatMap((each) => editImport(input, each)),
    ...module.file.statements.flatMap((statement) => (ts.isExportDeclaration(statement) ? editExports(input, statement) : [])),
  ];
  for (const item of module.items) {
    if (marked.items.has(item)) {
      const left = item.members.filter((member) => !marked.items.has(member));
      pruned.push(...left.map((member) => `${item.names[0] ?? 'default'}.${member.names[0]}`));
      edits.push(...left.map((member) => removeLines(module, member.node)));
    } else if (!ts.isVariableDeclaration(item.node)) {
      edits.push(removeLines(module, item.node));
      if (item.kind !== 'statement') pruned.push(...item.names);
    } else pruned.push(...item.names);
  }
  const lists = module.file.statements.flatMap((each) => (ts.isVariableStatement(each) ? editVariables(input, each, inner) : []));
  const isInList = ({ start, end }: Span): boolean => lists.some((list) => list.text !== '' && list.start <= start && end <= list.end);
  edits.push(...lists, ...inner.filter((each) => !isInList(each)));
  edits.push(...leftOut.removals.map((each) => (each.node === undefined ? each : removeNode(module, each.node))));
  const added = [
    ...(leftOut.handOvers.length > 0 ? [{ names: 'provideApplication', from: 'application' }] : []),
    ...(input.places.length > 0
      ? [{ names: uniqueSorted(input.places.map(({ form }) => imported(module, PLACE_FUNCTIONS[form]))).join(', '), from: 'module-place' }]
      : []),
    ...(input.requestScoped.length > 0 ? [{ names: imported(module, REQUEST_SCOPED), from: 'request-scope' }] : []),
  ];
  edits.push(...added.map(({ names, from }) => addImport(module, edits, names, input.generated(from))));
  return { text: keepModule(module, applyEdits(module.text, edits)), pruned: pruned.sort() };
}

/** What stands for expressions of kept code. */
const editExpressions = (input: EditInput): readonly TextEdit[] => [
  ...input.module.inlineImports.flatMap((each) => {
    const specifier = input.rewritten(each.specifier) ?? (each.isComputed ? each.specifier : undefined);
    return specifier === undefined ? [] : [replaceLiteral(input.module, each.source, specifier)];
  }),
  ...input.adapted,
  ...input.places.map((place) => ({ start: place.start, end: place.end, text: askForPlace(input, place) })),
  ...input.requestScoped.flatMap((span) => scopeToRequest(input.module, span)),
];

const PLACE_FUNCTIONS: Readonly<Record<ModulePlaceForm, string>> = { folder: 'moduleFolder', file: 'moduleFile', url: 'moduleUrl' };

const REQUEST_SCOPED = 'requestScoped';

/** The name of a generated function in a module, which may have one of that name itself, at any depth. */
function freeName(module: ModuleSource, name: string): string {
  let free = name;
  for (let count = 2; new RegExp(`\\b${free}\\b`).test(module.text); count += 1) free = `${name}${count}`;
  return free;
}

const imported = (module: ModuleSource, name: string): string => {
  const free = freeName(module, name);
  return free === name ? name : `${name} as ${free}`;
};

function askForPlace({ module, path }: EditInput, { form, shorthand }: ModulePlace): string {
  const call = `${freeName(module, PLACE_FUNCTIONS[form])}(${quoted(module, form === 'folder' ? path.split('/').slice(0, -1).join('/') : path)})`;
  return shorthand === undefined ? call : `${shorthand}: ${call}`;
}

const removeLines = (module: ModuleSource, node: ts.Node): TextEdit => ({ ...wholeLines(module.file, node), text: '' });

const removeNode = (module: ModuleSource, node: ts.Node): TextEdit =>
  ts.isVariableDeclaration(node) && ts.isVariableDeclarationList(node.parent)
    ? removeFromList(module, node, node.parent.declarations)
    : removeLines(module, node);

/** Removes an element of a list with one of its commas. */
function removeFromList(module: ModuleSource, node: ts.Node, list: readonly ts.Node[]): TextEdit {
  const index = list.indexOf(node);
  const next = list[index + 1];
  const previous = list[index - 1];
  if (next !== undefined) return { start: node.getStart(module.file), end: next.getStart(module.file), text: '' };
  return { start: previous?.end ?? node.getStart(module.file), end: node.end, text: '' };
}

function editVariables(input: EditInput, statement: ts.VariableStatement, inner: readonly TextEdit[]): readonly TextEdit[] {
  const { module, marked } = input;
  const declarations = statement.declarationList.declarations;
  const kept = module.items
    .filter((item) => item.node.parent === statement.declarationList && marked.items.has(item))
    .map((item) => item.node);
  if (kept.length === declarations.length) return [];
  if (kept.length === 0) return [removeLines(module, statement)];
  const first = declarations[0];
  const last = declarations.at(-1);
  const text = kept.map((node) => editedText(module, node, inner)).join(', ');
  return first === undefined || last === undefined ? [] : [{ start: first.getStart(module.file), end: last.end, text }];
}

const scopeToRequest = (module: ModuleSource, { start, end }: Span): readonly TextEdit[] => [
  { start, end: start, text: `${freeName(module, REQUEST_SCOPED)}(` },
  { start: end, end, text: ')' },
];

/** The text of a declarator, with its expressions edited. */
function editedText(module: ModuleSource, node: ts.Node, inner: readonly TextEdit[]): string {
  const offset = node.getStart(module.file);
  const own = inner.filter(({ start, end }) => offset <= start && end <= node.end);
  const edits = own.map(({ start, end, text }) => ({ start: start - offset, end: end - offset, text }));
  return applyEdits(node.getText(module.file), edits).trimEnd();
}

function editImport(input: EditInput, { statement, specifier, names }: ImportStatement): readonly TextEdit[] {
  const { module, marked } = input;
  const written = input.rewritten(specifier);
  const target = written ?? specifier;
  const used = names.filter((name) => marked.specifiers.has(name.node));
  if (names.length === 0) {
    if (marked.specifiers.has(statement)) return written === undefined ? [] : [rewriteSpecifier(module, statement, written)];
    const loaded = input.loadedFor(specifier);
    if (loaded.length === 1 && loaded[0] === target) return written === undefined ? [] : [rewriteSpecifier(module, statement, written)];
    return [replaceStatement(module, statement, loaded)];
  }
  if (used.length === 0) return [replaceStatement(module, statement, input.loadedFor(specifier))];
  const isCalled = used.some((name) => name.imported === '*' && isCalledDirectly(module, name.local));
  if (used.length === names.length && !isCalled && ts.isImportDeclaration(statement))
    return written === undefined ? [] : [rewriteSpecifier(module, statement, written)];
  if (ts.isImportEqualsDeclaration(statement))
    return [
      { start: statement.getStart(module.file), end: statement.end, text: `import ${used[0]?.local} from ${quoted(module, target)};` },
    ];
  const type = statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'type ' : '';
  const named = used.filter((name) => ts.isImportSpecifier(name.node)).map((name) => name.node.getText(module.file));
  const namespace = used.find((name) => name.imported === '*');
  const parts = [
    ...used.filter((name) => ts.isImportClause(name.node)).map((name) => name.local),
    ...(namespace === undefined ? [] : [isCalled ? namespace.local : `* as ${namespace.local}`]),
    ...(named.length === 0 ? [] : [printNames(named)]),
  ];
  return [
    {
      start: statement.getStart(module.file),
      end: statement.end,
      text: `import ${type}${parts.join(', ')} from ${quoted(module, target)}${semicolonOf(module, statement)}`,
    },
  ];
}

const printNames = (names: readonly string[]): string => {
  const line = `{ ${names.join(', ')} }`;
  return line.length <= 80 ? line : `{\n${names.map((name) => `  ${name},\n`).join('')}}`;
};

/** `import * as express` that is called itself: only a default import of it works once modules are bundled. */
const isCalledDirectly = (module: ModuleSource, local: string): boolean => {
  let found = false;
  const visit = (node: ts.Node): void => {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && ts.isIdentifier(node.expression) && node.expression.text === local)
      found = true;
    ts.forEachChild(node, visit);
  };
  visit(module.file);
  return found;
};

function editExports(input: EditInput, statement: ts.ExportDeclaration): readonly TextEdit[] {
  const { module, marked } = input;
  const specifier =
    statement.moduleSpecifier !== undefined && ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier : undefined;
  const written = specifier === undefined ? undefined : input.rewritten(specifier.text);
  const rewrite = specifier === undefined || written === undefined ? [] : [replaceLiteral(module, specifier, written)];
  const clause = statement.exportClause;
  const loaded = specifier === undefined ? [] : input.loadedFor(specifier.text);
  if (clause === undefined || ts.isNamespaceExport(clause))
    return marked.specifiers.has(statement) ? rewrite : [replaceStatement(module, statement, loaded)];
  if (clause.elements.length === 0) return [];
  const kept = clause.elements.filter((element) => marked.specifiers.has(element));
  if (kept.length === clause.elements.length) return rewrite;
  if (kept.length === 0) return [replaceStatement(module, statement, loaded)];
  const text = printNames(kept.map((element) => element.getText(module.file)));
  return [{ start: clause.getStart(module.file), end: clause.end, text }, ...rewrite];
}

const replaceStatement = (module: ModuleSource, statement: ts.Statement, loaded: readonly string[]): TextEdit =>
  loaded.length === 0
    ? removeLines(module, statement)
    : {
        start: statement.getStart(module.file),
        end: statement.end,
        text: loaded.map((each) => `import ${quoted(module, each)};`).join('\n'),
      };

function rewriteSpecifier(module: ModuleSource, statement: ImportStatement['statement'], specifier: string): TextEdit {
  const literal = ts.isImportDeclaration(statement)
    ? statement.moduleSpecifier
    : (statement.moduleReference as ts.ExternalModuleReference).expression;
  return replaceLiteral(module, literal, specifier);
}

const replaceLiteral = (module: ModuleSource, literal: ts.Expression, specifier: string): TextEdit => ({
  start: literal.getStart(module.file),
  end: literal.end,
  text: quoted(module, specifier),
});

/** In the quotes the module itself uses. */
const quoted = (module: ModuleSource, specifier: string): string => {
  const first = module.importStatements[0]?.statement;
  const double = first !== undefined && ts.isImportDeclaration(first) && first.moduleSpecifier.getText(module.file).startsWith('"');
  return double ? JSON.stringify(specifier) : `'${specifier}'`;
};

const semicolonOf = (module: ModuleSource, statement: ts.Node): string => (statement.getText(module.file).endsWith(';') ? ';' : '');

/** Adds an import below the last one that remains. */
function addImport(module: ModuleSource, edits: readonly TextEdit[], names: string, specifier: string): TextEdit {
  const isRemoved = (offset: number): boolean => edits.some((each) => each.text === '' && each.start < offset && offset <= each.end);
  const last = module.importStatements.findLast((each) => !isRemoved(each.statement.end))?.statement;
  const text = `import { ${names} } from ${quoted(module, specifier)};`;
  const position = last?.end ?? 0;
  return { start: position, end: position, text: last === undefined ? `${text}\n` : `\n${text}` };
}

/** A file that lost its last import and export stays a module. */
function keepModule(module: ModuleSource, text: string): string {
  if (!ts.isExternalModule(module.file) || module.isAtomic) return text;
  const after = ts.createSourceFile('edited.ts', text, ts.ScriptTarget.Latest);
  const isModule = after.statements.some(
    (statement) =>
      ts.isImportDeclaration(statement) ||
      ts.isExportDeclaration(statement) ||
      ts.isExportAssignment(statement) ||
      ts.isImportEqualsDeclaration(statement) ||
      hasModifier(statement, ts.SyntaxKind.ExportKeyword),
  );
  return isModule ? text : `${text}\nexport {};\n`;
}
