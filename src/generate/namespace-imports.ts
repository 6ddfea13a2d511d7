import { ts } from 'ts-morph';
import { type ModuleId, toModuleId } from '../model/ids.ts';
import type { SourceTree } from '../model/source-tree.ts';
import { type CompilerOptions, effectiveOptions } from './compiler-options.ts';
import type { MovedFile, SliceClosure } from './slice-closure.ts';

type Sources = { readonly tree: Pick<SourceTree, 'tsconfigs' | 'packages'>; readonly readSource: (path: ModuleId) => string | undefined };

/**
 * Keeps what `import * as express from 'express'` means without `esModuleInterop`: the module's exports themselves, which
 * may be called. To every bundler it means a namespace object, which may not; `import express = require('express')` means
 * the same to both. Only files whose compiler options say so are changed, and in them only imports where it matters.
 */
export function keepNamespaceImports(closure: SliceClosure, sources: Sources): SliceClosure {
  return { ...closure, files: closure.files.map((file) => keepInFile(file, sources)) };
}

function keepInFile(file: MovedFile, sources: Sources): MovedFile {
  if (!/\.tsx?$/.test(file.path) || !/\bimport\s*\*\s*as\b/.test(file.text)) return file;
  const options = effectiveOptions(file.module, sources.tree.tsconfigs, sources.readSource);
  if (!meansExports(options) || isEsModule(file.module, sources)) return file;
  const text = withRequires(file.text, file.path);
  return text === file.text ? file : { ...file, text, form: 'pruned' };
}

/** Whether the compiler makes a plain `require` of a namespace import. */
function meansExports({ module, target, esModuleInterop }: CompilerOptions): boolean {
  const [system, level] = [module, target].map((value) => (typeof value === 'string' ? value.toLowerCase() : ''));
  // The default module system follows the target; the Node systems turn the option on themselves.
  const isCommonJs = system === 'commonjs' || (system === '' && /^(?:|es3|es5)$/.test(level ?? ''));
  return isCommonJs ? esModuleInterop !== true : /^node/.test(system ?? '') && esModuleInterop === false;
}

function isEsModule(module: ModuleId, { tree }: Sources): boolean {
  const above = tree.packages.filter(({ directory }) => directory === '.' || module.startsWith(toModuleId(`${directory}/`)));
  return above.toSorted((left, right) => right.directory.length - left.directory.length)[0]?.type === 'module';
}

/** The text with each namespace import that is used as a value of its own written as `import x = require('x')`. */
export function withRequires(text: string, path: string): string {
  const parsed = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const changes = parsed.statements.flatMap((statement) => {
    const found = namespaceImport(statement);
    return found !== undefined && needsExports(found, parsed) ? [{ statement, ...found }] : [];
  });
  return changes.reduceRight(
    (rest, { statement, name, specifier }) =>
      `${rest.slice(0, statement.getStart(parsed))}import ${name} = require(${specifier.getText(parsed)});${rest.slice(statement.getEnd())}`,
    text,
  );
}

interface NamespaceImport {
  readonly name: string;
  readonly specifier: ts.StringLiteral;
}

function namespaceImport(statement: ts.Statement): NamespaceImport | undefined {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return undefined;
  const clause = statement.importClause;
  const bindings = clause?.namedBindings;
  if (clause === undefined || clause.isTypeOnly || clause.name !== undefined || bindings === undefined) return undefined;
  return ts.isNamespaceImport(bindings) ? { name: bindings.name.text, specifier: statement.moduleSpecifier } : undefined;
}

/** JSON may be a list. A package or builtin may be a function; a module of one's own only where it is called. */
function needsExports({ name, specifier }: NamespaceImport, file: ts.SourceFile): boolean {
  if (specifier.text.endsWith('.json')) return true;
  const matters = specifier.text.startsWith('.') ? isCalled : isValue;
  let found = false;
  const visit = (node: ts.Node): void => {
    found ||= ts.isIdentifier(node) && node.text === name && matters(node);
    if (!found) ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isCalled(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression === node;
  if (ts.isTaggedTemplateExpression(parent)) return parent.tag === node;
  return (
    ts.isExpressionWithTypeArguments(parent) && ts.isHeritageClause(parent.parent) && parent.parent.token === ts.SyntaxKind.ExtendsKeyword
  );
}

/** Used for itself, not for one of its members, nor in a type. */
function isValue(node: ts.Identifier): boolean {
  if (isCalled(node)) return true;
  const { parent } = node;
  if (ts.isNamespaceImport(parent) || ts.isQualifiedName(parent) || ts.isTypeNode(parent)) return false;
  // `x.member`, or a member of something else that is called the same.
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent))
    return ts.isElementAccessExpression(parent) && parent.argumentExpression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isVariableDeclaration(parent)) return parent.initializer === node && !ts.isObjectBindingPattern(parent.name);
  const isName =
    ts.isParameter(parent) || ts.isBindingElement(parent) || ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent);
  return !(isName && (parent as { readonly name?: ts.Node }).name === node);
}
