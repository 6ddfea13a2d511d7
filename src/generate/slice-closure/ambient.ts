import { ts } from 'ts-morph';
import type { ModuleId } from '../../model/ids.ts';
import type { Item, ModuleSource } from './module-source.ts';

/** A declaration that takes effect without being imported: `declare global`, `declare module 'x'`, a script's own. */
export interface AmbientDeclaration {
  readonly module: ModuleId;
  readonly item: Item;
  /** The package it adds to; absent when it adds to the global scope. */
  readonly package?: string;
  /** Global namespaces it adds to: `Express`, `NodeJS`. */
  readonly namespaces: readonly string[];
  /** Names it brings: it is needed when kept code mentions one of them. */
  readonly names: ReadonlySet<string>;
}

/** Ambient declarations of one module. */
export function findAmbient(module: ModuleSource): readonly AmbientDeclaration[] {
  const isScript = module.isDeclaration && !ts.isExternalModule(module.file);
  return module.items.flatMap((item) => {
    const node = item.node;
    const isModule =
      ts.isModuleDeclaration(node) && (ts.isStringLiteral(node.name) || (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0);
    if (!isModule && !isScript) return [];
    const added = ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name) ? { package: packageOf(node.name.text) } : {};
    return [
      {
        module: module.id,
        item,
        ...added,
        namespaces: isScript || added.package === undefined ? namespacesOf(node) : [],
        names: namesBrought(node),
      },
    ];
  });
}

/** Whether a slice needs a declaration, by the names its code mentions and the packages it imports. */
export function isNeeded(ambient: AmbientDeclaration, names: ReadonlySet<string>, packages: ReadonlySet<string>): boolean {
  // `Express` belongs to the package express; `Cypress` to nobody in a slice.
  const isInUse = (namespace: string): boolean =>
    namespace === 'NodeJS' || names.has(namespace) || [...packages].some((each) => isNamedFor(each, namespace.toLowerCase()));
  if (ambient.namespaces.length > 0 && !ambient.namespaces.some(isInUse)) return false;
  if (ambient.package !== undefined && packages.has(ambient.package)) return true;
  return ambient.names.has('*') || [...ambient.names].some((name) => names.has(name));
}

/** `express` and `express-session` for the namespace `Express`. */
const isNamedFor = (name: string, namespace: string): boolean => {
  const last = name.slice(name.lastIndexOf('/') + 1);
  return last === namespace || last.startsWith(`${namespace}-`);
};

export const isAmbientItem = (item: Item): boolean =>
  ts.isModuleDeclaration(item.node) && (ts.isStringLiteral(item.node.name) || (item.node.flags & ts.NodeFlags.GlobalAugmentation) !== 0);

/** Namespaces directly in `declare global`, or a script's own. */
const namespacesOf = (node: ts.Node): readonly string[] => {
  if (!ts.isModuleDeclaration(node) || ts.isStringLiteral(node.name)) return [];
  if ((node.flags & ts.NodeFlags.GlobalAugmentation) === 0) return [node.name.text];
  const body = node.body;
  return body !== undefined && ts.isModuleBlock(body) ? body.statements.flatMap(namespacesOf) : [];
};

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Members of interfaces, and every other declared name; an interface that has members only stands for them. */
function namesBrought(node: ts.Node): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (name: ts.Node | undefined): void => {
    if (name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name))) names.add(name.text);
  };
  const visit = (each: ts.Node): void => {
    if (ts.isInterfaceDeclaration(each)) {
      for (const member of each.members) add(member.name);
      // `interface User extends Account {}` merges a whole type into one that others read.
      if (each.members.length === 0 || each.heritageClauses !== undefined) add(each.name);
      for (const clause of each.heritageClauses ?? [])
        for (const type of clause.types) if (ts.isIdentifier(type.expression)) names.add('*');
      return;
    }
    if (ts.isModuleDeclaration(each)) {
      ts.forEachChild(each, visit);
      return;
    }
    if (ts.isVariableStatement(each)) for (const declaration of each.declarationList.declarations) add(declaration.name);
    if ('name' in each && !ts.isModuleDeclaration(each)) add(each.name as ts.Node | undefined);
    if (ts.isModuleBlock(each)) ts.forEachChild(each, visit);
  };
  visit(ts.isVariableDeclaration(node) ? node.parent.parent : node);
  return names;
}
