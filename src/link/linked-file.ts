import type { DeclarationSyntax, ExportSyntax, FileSyntax, NarrowingSyntax } from '../model/file-syntax.ts';
import type { ModuleId, SymbolId } from '../model/ids.ts';
import type { ImportTarget } from '../model/program.ts';
import type { FileRole } from '../model/source-tree.ts';

/** One file with the indexes the linker asks. */
export interface LinkedFile {
  readonly id: ModuleId;
  readonly role: FileRole;
  readonly syntax: FileSyntax;
  /** Ids of declarations that were asked for; {@link symbolOf} makes them. */
  readonly symbols: (SymbolId | undefined)[];
  /** Target of each import, parallel to `syntax.imports`. */
  readonly targets: readonly ImportTarget[];
  /** Local name → import that binds it. */
  readonly importedNames: ReadonlyMap<string, { readonly index: number; readonly imported: string; readonly typeOnly: boolean }>;
  /** Start offset of a `require(…)` or `import(…)` call → its import. */
  readonly importAt: ReadonlyMap<number, number>;
  readonly children: readonly (readonly number[])[];
  /** Declarations of the module's own level by the offset at which they start. */
  readonly topLevel: ReadonlyMap<number, readonly number[]>;
  /** Names a declaration makes visible inside itself: parameters, locals, members of a namespace. */
  readonly names: ReadonlyMap<number, ReadonlyMap<string, readonly number[]>>;
  /** Members of classes, interfaces and objects by name. */
  readonly members: ReadonlyMap<number, ReadonlyMap<string, readonly number[]>>;
  readonly exports: ReadonlyMap<string, readonly ExportSyntax[]>;
  readonly stars: readonly ExportSyntax[];
  /** Places where conditions tell what a name is. */
  readonly narrowings: ReadonlyMap<string, readonly NarrowingSyntax[]>;
}

export function linkFile(id: ModuleId, role: FileRole, syntax: FileSyntax, targets: readonly ImportTarget[]): LinkedFile {
  const { children, names, members } = indexDeclarations(syntax.declarations);
  const exports = new Map<string, ExportSyntax[]>();
  for (const one of syntax.exports) if (one.name !== '*') push(exports, one.name, one);
  return {
    id,
    role,
    syntax,
    symbols: syntax.declarations.map(() => undefined),
    targets,
    importedNames: indexImportedNames(syntax),
    importAt: indexImportCalls(syntax),
    children,
    topLevel: indexTopLevel(syntax.declarations, children[0] ?? []),
    names,
    members,
    exports,
    narrowings: indexNarrowings(syntax),
    stars: syntax.exports.filter(({ name }) => name === '*'),
  };
}

function indexNarrowings({ narrowings }: FileSyntax): LinkedFile['narrowings'] {
  const names = new Map<string, NarrowingSyntax[]>();
  for (const one of narrowings) push(names, one.name, one);
  return names;
}

const memberKinds = new Set<DeclarationSyntax['kind']>(['method', 'field', 'getter', 'setter', 'constructor', 'object-member']);

function indexDeclarations(declarations: readonly DeclarationSyntax[]): Pick<LinkedFile, 'children' | 'names' | 'members'> {
  const names = new Map<number, Map<string, number[]>>();
  const members = new Map<number, Map<string, number[]>>();
  declarations.forEach((declaration, index) => {
    const { parent, binding, kind } = declaration;
    if (parent < 0) return;
    const isMember = memberKinds.has(kind);
    if (binding !== undefined) push(tableOf(isMember ? members : names, parent), binding, index);
    if (declaration.isParameterProperty && binding !== undefined) {
      const owner = declarations[parent]?.parent;
      if (owner !== undefined) push(tableOf(members, owner), binding, index);
    }
  });
  return { children: childrenOf(declarations), names, members };
}

const NONE: readonly number[] = [];

/** Most declarations have no children: they share one list, and lists that grew have no room left. */
function childrenOf(declarations: readonly DeclarationSyntax[]): readonly (readonly number[])[] {
  const children = new Map<number, number[]>();
  declarations.forEach(({ parent }, index) => {
    if (parent >= 0) push(children, parent, index);
  });
  return declarations.map((_declaration, index) => children.get(index)?.slice() ?? NONE);
}

function indexTopLevel(declarations: readonly DeclarationSyntax[], indexes: readonly number[]): Map<number, number[]> {
  const starts = new Map<number, number[]>();
  for (const index of indexes) push(starts, declarations[index]?.span.start ?? -1, index);
  return starts;
}

const tableOf = (tables: Map<number, Map<string, number[]>>, key: number): Map<string, number[]> => {
  const known = tables.get(key);
  if (known !== undefined) return known;
  const table = new Map<string, number[]>();
  tables.set(key, table);
  return table;
};

const push = <K, V>(table: Map<K, V[]>, key: K, value: V): void => {
  const list = table.get(key);
  if (list === undefined) table.set(key, [value]);
  else list.push(value);
};

function indexImportedNames(syntax: FileSyntax): LinkedFile['importedNames'] {
  const names = new Map<string, { index: number; imported: string; typeOnly: boolean }>();
  syntax.imports.forEach(({ kind, bindings }, index) => {
    // Names bound by `require` are variables of their own.
    if (kind === 'require') return;
    for (const { local, imported, typeOnly } of bindings) if (!names.has(local)) names.set(local, { index, imported, typeOnly });
  });
  return names;
}

function indexImportCalls(syntax: FileSyntax): LinkedFile['importAt'] {
  const calls = new Map<number, number>();
  syntax.imports.forEach(({ kind, span }, index) => {
    if (kind === 'require' || kind === 'dynamic-import') calls.set(span.start, index);
  });
  return calls;
}

export const declarationAt = (file: LinkedFile, index: number): DeclarationSyntax => {
  const declaration = file.syntax.declarations[index];
  if (declaration === undefined) throw new RangeError(`${file.id} has no declaration ${index}`);
  return declaration;
};
