import type * as ast from 'oxc-parser';
import type { CallSyntax, ExportSyntax, Expression, ImportBinding, ImportKind } from '../model/file-syntax.ts';
import type { Span } from '../model/location.ts';
import { bind, type Draft, declare, draftAt, type Extraction, lookup, markEnvironment, ownedBy, spanOf } from './extraction.ts';
import { memberProperty, unwrap } from './keys.ts';
import { readSpecifier } from './read-specifier.ts';

export function extractImport(x: Extraction, node: ast.ImportDeclaration): void {
  x.isModule = true;
  const allTypes = node.importKind === 'type';
  const bindings = node.specifiers.map((specifier) => importBinding(specifier, allTypes));
  for (const binding of bindings) bindImport(x, binding, node.source.value);
  // `import { type A }` still loads the module at run time only when a value is imported too.
  const kind: ImportKind = allTypes || (bindings.length > 0 && bindings.every((binding) => binding.typeOnly)) ? 'import-type' : 'import';
  x.imports.push({ kind, specifier: node.source.value, bindings, span: spanOf(node), owner: 0 });
}

function importBinding(node: ast.ImportDeclarationSpecifier, allTypes: boolean): ImportBinding {
  const local = node.local.name;
  switch (node.type) {
    case 'ImportDefaultSpecifier':
      return { imported: 'default', local, typeOnly: allTypes };
    case 'ImportNamespaceSpecifier':
      return { imported: '*', local, typeOnly: allTypes };
    case 'ImportSpecifier':
      return { imported: exportName(node.imported), local, typeOnly: allTypes || node.importKind === 'type' };
  }
}

/** Imported names are known to the module scope without a declaration. */
function bindImport(x: Extraction, binding: ImportBinding, specifier: string): void {
  if (!x.scope.names.has(binding.local)) x.scope.names.set(binding.local, -1);
  if (!/^(node:)?process$/.test(specifier)) return;
  if (binding.imported === 'env') markEnvironment(x, binding.local);
  else if (binding.imported === 'default' || binding.imported === '*') {
    x.scope.processes ??= new Set();
    x.scope.processes.add(binding.local);
  }
}

const exportName = (node: ast.ModuleExportName): string => (node.type === 'Literal' ? node.value : node.name);

/** `import x = require('y')`, and `import A = Namespace.B`, which is an alias. */
export function extractImportEquals(x: Extraction, node: ast.TSImportEqualsDeclaration, span: Span): void {
  const local = node.id.name;
  const { moduleReference: reference } = node;
  if (reference.type === 'TSExternalModuleReference') {
    x.isModule = true;
    const typeOnly = node.importKind === 'type';
    bindImport(x, { imported: 'default', local, typeOnly }, reference.expression.value);
    const bindings = [{ imported: '*', local, typeOnly }];
    x.imports.push({ kind: 'import-equals', specifier: reference.expression.value, bindings, span, owner: x.code });
    return;
  }
  const index = declare(x, 'variable', { segment: local, binding: local }, span);
  bind(x, local, index);
  const draft = draftAt(x, index);
  draft.mutability = 'const';
  draft.initializer = ownedBy(x, index, 'outer-code', () => entityExpression(x, reference));
}

function entityExpression(x: Extraction, node: ast.TSTypeName): Expression {
  if (node.type !== 'TSQualifiedName') return x.visit.expression(x, node);
  return { kind: 'member', object: entityExpression(x, node.left), property: node.right.name, optional: false, span: spanOf(node) };
}

export function extractExportAll(x: Extraction, node: ast.ExportAllDeclaration): void {
  x.isModule = true;
  const typeOnly = node.exportKind === 'type';
  const span = spanOf(node);
  const from =
    x.imports.push({ kind: typeOnly ? 're-export-type' : 're-export', specifier: node.source.value, bindings: [], span, owner: 0 }) - 1;
  x.exports.push({ name: node.exported ? exportName(node.exported) : '*', from, imported: '*', typeOnly, span });
}

export function extractNamedExport(x: Extraction, node: ast.ExportNamedDeclaration): void {
  x.isModule = true;
  const allTypes = node.exportKind === 'type';
  if (node.source) extractReExport(x, node, node.source.value, allTypes);
  else {
    for (const specifier of node.specifiers) {
      const typeOnly = allTypes || specifier.exportKind === 'type';
      x.exports.push({ name: exportName(specifier.exported), local: exportName(specifier.local), typeOnly, span: spanOf(specifier) });
    }
  }
}

function extractReExport(x: Extraction, node: ast.ExportNamedDeclaration, specifier: string, allTypes: boolean): void {
  const areTypes = node.specifiers.length > 0 && node.specifiers.every((one) => one.exportKind === 'type');
  const kind: ImportKind = allTypes || areTypes ? 're-export-type' : 're-export';
  const from = x.imports.push({ kind, specifier, bindings: [], span: spanOf(node), owner: 0 }) - 1;
  for (const one of node.specifiers) {
    const typeOnly = allTypes || one.exportKind === 'type';
    x.exports.push({ name: exportName(one.exported), from, imported: exportName(one.local), typeOnly, span: spanOf(one) });
  }
}

/** Names that a declaration binds are exported under themselves. */
export function exportBindings(x: Extraction, firstDeclaration: number, typeOnly: boolean): void {
  x.isModule = true;
  for (let index = firstDeclaration; index < x.declarations.length; index++) {
    const draft = draftAt(x, index);
    if (draft.parent !== x.owner || draft.binding === undefined || draft.kind === 'parameter') continue;
    const isType = typeOnly || draft.kind === 'interface' || draft.kind === 'type-alias';
    // A function with overloads, or a type beside its value, is exported once.
    if (x.exportedBindings.has(draft.binding)) continue;
    x.exportedBindings.add(draft.binding);
    x.exports.push({ name: draft.binding, local: draft.binding, typeOnly: isType, span: draft.span });
  }
}

/** `require('x')` of the CommonJS global becomes an import; its place is the call's. */
export function recordRequire(x: Extraction, call: CallSyntax): void {
  const { callee } = call;
  if (callee.kind !== 'name' || callee.name !== 'require' || call.kind !== 'call' || lookup(x.scope, 'require') !== undefined) return;
  x.isCommonJs = true;
  x.imports.push({ kind: 'require', ...readSpecifier(x, call.arguments[0]), bindings: [], span: call.span, owner: call.owner });
}

/** `const { a: b } = require('x')`: the bindings of the last require, once its declarator is known. */
export function bindRequire(x: Extraction, initializer: Expression, id: ast.BindingPattern): void {
  const last = x.imports.at(-1);
  if (last?.kind !== 'require' || initializer.kind !== 'call' || last.span !== initializer.span) return;
  const bindings: ImportBinding[] = [];
  if (id.type === 'Identifier') bindings.push({ imported: '*', local: id.name, typeOnly: false });
  else if (id.type === 'ObjectPattern') {
    for (const property of id.properties) {
      if (property.type === 'Property' && property.key.type === 'Identifier' && property.value.type === 'Identifier') {
        bindings.push({ imported: property.key.name, local: property.value.name, typeOnly: false });
      }
    }
  }
  x.imports[x.imports.length - 1] = { ...last, bindings };
}

/** `module.exports = …`, `exports.name = …` and their chains; the exported expression, or undefined for any other assignment. */
export function recordCommonJsExport(x: Extraction, node: ast.AssignmentExpression): Expression | undefined {
  const name = commonJsExportName(x, node.left);
  if (name === undefined || node.operator !== '=') return undefined;
  x.isCommonJs = true;
  const segment = name === '=' ? 'module.exports' : `exports.${name}`;
  const value = exportedValue(x, node.right, segment, spanOf(node));
  const base: Draft<ExportSyntax> = { name, typeOnly: false, span: spanOf(node) };
  if (value.kind === 'name') x.exports.push({ ...base, local: value.name });
  else x.exports.push({ ...base, value });
  return value;
}

/** An exported expression gets a declaration of its own unless it is a plain name. */
export function exportedValue(x: Extraction, node: ast.Node, segment: string, span: Span): Expression {
  if (unwrap(node).type === 'Identifier') return x.visit.expression(x, node);
  return x.visit.namedValue(x, node, { segment, span });
}

function commonJsExportName(x: Extraction, node: ast.Node): string | undefined {
  if (x.code !== 0 || node.type !== 'MemberExpression') return undefined;
  const property = memberProperty(node);
  const { object } = node;
  if (property === undefined) return undefined;
  if (object.type === 'Identifier') {
    if (lookup(x.scope, object.name) !== undefined) return undefined;
    if (object.name === 'module' && property === 'exports') return '=';
    return object.name === 'exports' ? property : undefined;
  }
  const isModuleExports =
    object.type === 'MemberExpression' &&
    object.object.type === 'Identifier' &&
    object.object.name === 'module' &&
    memberProperty(object) === 'exports' &&
    lookup(x.scope, 'module') === undefined;
  return isModuleExports ? property : undefined;
}
