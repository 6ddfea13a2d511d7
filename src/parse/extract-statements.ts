import type * as ast from 'oxc-parser';
import type { Span } from '../model/location.ts';
import { assignTo } from './extract-assignments.ts';
import { extractClassDeclaration } from './extract-classes.ts';
import { extractFunctionDeclaration } from './extract-functions.ts';
import {
  exportBindings,
  exportedValue,
  extractExportAll,
  extractImport,
  extractImportEquals,
  extractNamedExport,
} from './extract-modules.ts';
import { bindPattern } from './extract-patterns.ts';
import { extractEnum, extractInterface, extractNamespace, extractTypeAlias } from './extract-type-declarations.ts';
import { extractVariables } from './extract-variables.ts';
import { bind, draftAt, type Extraction, ownedBy, spanOf, within } from './extraction.ts';
import { noteEquality, noteOtherwise, sidesOf } from './note-comparison.ts';
import { boundOf, noteLeaving, noteLoop } from './note-loops.ts';
import { type Branches, endsThere, noteNarrowings } from './note-narrowings.ts';
import { noteTests } from './note-tests.ts';

export function extractStatements(x: Extraction, nodes: readonly ast.Node[]): void {
  for (const node of nodes) extractStatement(x, node);
}

export function extractStatement(x: Extraction, node: ast.Node): void {
  if (x.depth > 700) {
    if (x.errors.length < 10) x.errors.push({ message: 'statement is nested too deeply to be followed', offset: node.start });
    return;
  }
  x.depth++;
  if (!flowStatement(x, node) && !declarationStatement(x, node, node)) moduleStatement(x, node);
  x.depth--;
}

/** Statements that run code; false for any other. */
function flowStatement(x: Extraction, node: ast.Node): boolean {
  switch (node.type) {
    case 'ExpressionStatement':
      x.statement = node.expression;
      x.visit.expression(x, node.expression);
      return true;
    case 'BreakStatement':
      noteLeaving(x);
      return true;
    case 'ReturnStatement':
      noteLeaving(x);
      if (node.argument) {
        const value = x.visit.expression(x, node.argument);
        x.returns?.push(value);
      }
      return true;
    case 'BlockStatement':
      within(x, 'block', node, () => extractStatements(x, node.body));
      return true;
    case 'IfStatement':
      ifStatement(x, node);
      return true;
    case 'ThrowStatement':
      noteLeaving(x);
      x.visit.expression(x, node.argument);
      return true;
    case 'TryStatement':
      tryStatement(x, node);
      return true;
    case 'SwitchStatement':
      switchStatement(x, node);
      return true;
    case 'LabeledStatement':
      extractStatement(x, node.body);
      return true;
    case 'WithStatement':
      x.visit.expression(x, node.object);
      extractStatement(x, node.body);
      return true;
    default:
      return loopStatement(x, node);
  }
}

function ifStatement(x: Extraction, node: ast.IfStatement): void {
  // Long `else if` chains are walked in a loop, not by recursion.
  let current: ast.Statement | null = node;
  while (current?.type === 'IfStatement') {
    const since = x.comparisons.length;
    x.visit.expression(x, current.test);
    noteOtherwise(x, since, otherwiseOf(x, current));
    noteNarrowings(x, current.test, branchesOf(x, current));
    noteTests(x, current);
    extractStatement(x, current.consequent);
    current = current.alternate;
  }
  if (current) extractStatement(x, current);
}

/** Where the values that a test compares with are not met. */
function otherwiseOf(x: Extraction, { test, consequent, alternate, end }: ast.IfStatement): Span | undefined {
  const sides = sidesOf(test);
  if (sides === undefined) return undefined;
  if (sides === 'others') return spanOf(consequent);
  return alternate === null ? { start: end, end: x.scope.span.end } : spanOf(alternate);
}

function branchesOf(x: Extraction, { consequent, alternate, end }: ast.IfStatement): Branches {
  const rest = alternate ?? (endsThere(consequent) ? { start: end, end: x.scope.span.end } : undefined);
  return { whenTrue: spanOf(consequent), whenFalse: rest && spanOf(rest) };
}

function tryStatement(x: Extraction, node: ast.TryStatement): void {
  extractStatement(x, node.block);
  const { handler } = node;
  if (handler) {
    within(x, 'block', handler, () => {
      if (handler.param) bindPattern(x, handler.param, { kind: 'variable', span: handler.param, mutability: 'let' });
      extractStatement(x, handler.body);
    });
  }
  if (node.finalizer) extractStatement(x, node.finalizer);
}

function switchStatement(x: Extraction, node: ast.SwitchStatement): void {
  const compared = x.visit.expression(x, node.discriminant);
  const rest = node.cases.find(({ test }) => test === null);
  const after = { start: node.end, end: x.scope.span.end };
  within(x, 'block', node, () => {
    for (const { test, consequent } of node.cases) {
      const before = x.comparisons.length;
      if (test) noteEquality(x, compared, x.visit.expression(x, test));
      noteOtherwise(x, before, rest === undefined ? after : spanOf(rest));
      extractStatements(x, consequent);
    }
  });
}

function loopStatement(x: Extraction, node: ast.Node): boolean {
  switch (node.type) {
    case 'ForStatement':
      within(x, 'block', node, () => {
        if (node.init?.type === 'VariableDeclaration') extractVariables(x, node.init);
        else if (node.init) x.visit.expression(x, node.init);
        const test = node.test ? x.visit.expression(x, node.test) : undefined;
        if (node.update) x.visit.expression(x, node.update);
        noteLoop(x, node, boundOf(node, test), () => extractStatement(x, node.body));
      });
      return true;
    case 'ForOfStatement':
    case 'ForInStatement':
      within(x, 'block', node, () => iteration(x, node));
      return true;
    case 'WhileStatement':
    case 'DoWhileStatement':
      x.visit.expression(x, node.test);
      extractStatement(x, node.body);
      return true;
    default:
      return false;
  }
}

function iteration(x: Extraction, node: ast.ForOfStatement | ast.ForInStatement): void {
  const { left } = node;
  if (left.type === 'VariableDeclaration') {
    const [declarator] = left.declarations;
    const mutability = left.kind === 'var' || left.kind === 'let' ? left.kind : 'const';
    const indexes = declarator ? bindPattern(x, declarator.id, { kind: 'variable', span: declarator, mutability }) : [];
    const [first] = indexes;
    const visit = () => x.visit.expression(x, node.right);
    const collection = first === undefined ? visit() : ownedBy(x, first, 'outer-code', visit);
    for (const index of indexes) {
      if (node.type === 'ForInStatement') continue;
      const draft = draftAt(x, index);
      draft.initializer = collection;
      draft.bindingPath = ['[]', ...(draft.bindingPath ?? [])];
    }
  } else {
    assignTo(x, left, 'assign', spanOf(left));
    x.visit.expression(x, node.right);
  }
  extractStatement(x, node.body);
}

/** Declarations, `span` with their `export` and decorators; false for anything else. */
function declarationStatement(x: Extraction, node: ast.Node, outer: ast.Span): boolean {
  const span = spanOf(outer);
  switch (node.type) {
    case 'VariableDeclaration':
      extractVariables(x, node);
      return true;
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      extractFunctionDeclaration(x, node, span);
      return true;
    case 'ClassDeclaration':
      extractClassDeclaration(x, node, span);
      return true;
    case 'TSInterfaceDeclaration':
      extractInterface(x, node, span);
      return true;
    case 'TSTypeAliasDeclaration':
      extractTypeAlias(x, node, span);
      return true;
    case 'TSEnumDeclaration':
      extractEnum(x, node, span);
      return true;
    case 'TSModuleDeclaration':
      extractNamespace(x, node, span);
      return true;
    case 'TSImportEqualsDeclaration':
      extractImportEquals(x, node, span);
      return true;
    default:
      return false;
  }
}

function moduleStatement(x: Extraction, node: ast.Node): void {
  switch (node.type) {
    case 'ImportDeclaration':
      extractImport(x, node);
      break;
    case 'ExportNamedDeclaration': {
      const first = x.declarations.length;
      if (node.declaration) {
        const isNamespaceMember = x.owner !== 0;
        declarationStatement(x, node.declaration, node);
        if (isNamespaceMember) break;
        exportBindings(x, first, node.exportKind === 'type');
      } else extractNamedExport(x, node);
      break;
    }
    case 'ExportDefaultDeclaration':
      defaultExport(x, node);
      break;
    case 'ExportAllDeclaration':
      extractExportAll(x, node);
      break;
    case 'TSExportAssignment': {
      x.isModule = true;
      const span = spanOf(node);
      const value = exportedValue(x, node.expression, 'module.exports', span);
      x.exports.push({ name: '=', ...(value.kind === 'name' ? { local: value.name } : { value }), typeOnly: false, span });
      break;
    }
  }
}

function defaultExport(x: Extraction, node: ast.ExportDefaultDeclaration): void {
  x.isModule = true;
  const span = spanOf(node);
  const { declaration } = node;
  const first = x.declarations.length;
  if (declarationStatement(x, declaration, node)) {
    const draft = draftAt(x, first);
    // An anonymous default function or class is bound to no name a program can write.
    if (draft.binding === undefined) bind(x, '*default*', first);
    const local = draft.binding ?? '*default*';
    x.exports.push({ name: 'default', local, typeOnly: draft.kind === 'interface', span });
    return;
  }
  const value = exportedValue(x, declaration, 'default', span);
  x.exports.push({ name: 'default', ...(value.kind === 'name' ? { local: value.name } : { value }), typeOnly: false, span });
}
