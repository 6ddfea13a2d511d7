import type { ExportNamedDeclaration, ImportDeclaration, Statement } from 'oxc-parser';
import type { ImportTarget } from '../model/program.ts';
import { DEFAULT_BINDING } from './bindings.ts';
import { exportMember } from './library.ts';
import type { Machine } from './machine.ts';
import { exportOf } from './module-exports.ts';
import { lookUp } from './scope.ts';
import { declaredNames } from './typescript.ts';
import { type ModuleState, UNDEFINED, UNKNOWN, type Value } from './value.ts';

/** Reads what a specifier leads to. */
export type ImportTargetReader = (target: ImportTarget | undefined, specifier: string, form: 'import' | 'require') => Value;

/** Declares what a module imports and exports; values are read when they are used. */
export function declareExports(machine: Machine, body: readonly Statement[], state: ModuleState, importTarget: ImportTargetReader): void {
  const local = (name: string) => (): Value => {
    const binding = lookUp(state.scope, name);
    return binding?.live?.() ?? binding?.value ?? UNKNOWN;
  };
  for (const node of body) {
    switch (node.type) {
      case 'ImportDeclaration':
        declareImports(machine, node, state, importTarget);
        break;
      case 'ExportDefaultDeclaration':
        state.exports.set('default', local(DEFAULT_BINDING));
        if (node.declaration.type === 'FunctionDeclaration' && node.declaration.id !== null)
          state.exports.set('default', local(node.declaration.id.name));
        break;
      case 'ExportNamedDeclaration': {
        if (node.exportKind === 'type') break;
        if (node.declaration !== null) for (const name of declaredNames(node.declaration)) state.exports.set(name, local(name));
        for (const { local: inner, exported, exportKind } of node.specifiers) {
          if (exportKind === 'type') continue;
          const { source } = node;
          const name = nameOfExport(inner);
          state.exports.set(
            nameOfExport(exported),
            source === null ? local(name) : unlessCircular(() => importedName(machine, state, node, name, importTarget)),
          );
        }
        break;
      }
      case 'ExportAllDeclaration': {
        if (node.exportKind === 'type') break;
        const read = (): Value => importTarget(state.targets.get(node.source.value), node.source.value, 'import');
        if (node.exported === null) state.stars.push(read);
        else state.exports.set(nameOfExport(node.exported), read);
        break;
      }
      default:
    }
  }
}

/** A name that modules export from each other in a circle stands for nothing. */
function unlessCircular(read: () => Value): () => Value {
  let isReading = false;
  return () => {
    if (isReading) return UNDEFINED;
    isReading = true;
    const value = read();
    isReading = false;
    return value;
  };
}

const nameOfExport = (node: { readonly type: string; readonly name?: string; readonly value?: unknown }): string =>
  node.name ?? String(node.value);

function declareImports(machine: Machine, node: ImportDeclaration, state: ModuleState, importTarget: ImportTargetReader): void {
  if (node.importKind === 'type') return;
  for (const specifier of node.specifiers) {
    if (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type') continue;
    const live = (): Value => {
      if (specifier.type === 'ImportNamespaceSpecifier')
        return importTarget(state.targets.get(node.source.value), node.source.value, 'import');
      const name = specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOfExport(specifier.imported);
      return importedName(machine, state, node, name, importTarget);
    };
    state.scope.bindings.set(specifier.local.name, { live, depth: 0 });
  }
}

function importedName(
  machine: Machine,
  state: ModuleState,
  node: ImportDeclaration | ExportNamedDeclaration,
  name: string,
  importTarget: ImportTargetReader,
): Value {
  const specifier = node.source?.value ?? '';
  const target = importTarget(state.targets.get(specifier), specifier, 'import');
  switch (target.kind) {
    case 'namespace':
      return exportOf(target.module, name) ?? (target.module.exports.size === 0 ? UNKNOWN : UNDEFINED);
    case 'object':
      return target.properties.get(name) ?? UNDEFINED;
    case 'export':
      return exportMember(machine, target, name, { module: state.id, node, caller: state.symbol });
    case 'builtin':
      return target.members?.get(name) ?? UNKNOWN;
    case 'external':
      return { ...target, path: [...target.path, name] };
    default:
      return UNKNOWN;
  }
}
