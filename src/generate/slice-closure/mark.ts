import { ts } from 'ts-morph';
import type { ModuleId } from '../../model/ids.ts';
import type { ImportTarget } from '../../model/program.ts';
import { type AmbientDeclaration, isAmbientItem, isNeeded } from './ambient.ts';
import type { HandedOut } from './handed-out.ts';
import type { LeftOutQueries } from './left-out.ts';
import { hasDecorators, type Item, type ModuleSource, objectLiteralOf } from './module-source.ts';
import { isPure, lowerBound } from './purity.ts';
import type { Sources } from './sources.ts';
import { isQuiet, receiversOf } from './start-up-receivers.ts';

/** What the slice keeps. */
export interface Marked {
  readonly items: ReadonlySet<Item>;
  /** Import and export specifiers (or whole statements) in use. */
  readonly specifiers: ReadonlySet<ts.Node>;
  /** Modules of which something is kept. */
  readonly modules: ReadonlySet<ModuleId>;
  /** Modules that run when the slice starts or loads them. */
  readonly running: ReadonlySet<ModuleId>;
  /** Items kept because running them may have an effect, not because something reaches them. */
  readonly startUp: ReadonlySet<Item>;
  /** Items that kept code names, whether or not they run at start-up, too. */
  readonly named: ReadonlySet<Item>;
  /** Targets of kept imports that are no modules, with the module and whether only types are taken. */
  readonly outside: readonly OutsideImport[];
}

export interface OutsideImport {
  readonly target: Exclude<ImportTarget, { readonly kind: 'module' }>;
  readonly specifier: string;
  readonly from: ModuleId;
  readonly typeOnly: boolean;
}

export interface MarkInput {
  readonly sources: Sources;
  readonly leftOut: LeftOutQueries;
  readonly entry: ModuleId;
  /** Export of the entry that the functions import; absent when the entry hands the application over. */
  readonly exported?: string;
  readonly ambient: readonly AmbientDeclaration[];
}

/** Symbol-level closure: from the start-up statements of everything the entry loads, to all that they reach. */
export function markSlice({ sources, leftOut, entry, exported, ambient }: MarkInput): Marked {
  const items = new Set<Item>();
  const specifiers = new Set<ts.Node>();
  const modules = new Set<ModuleId>();
  const running = new Set<ModuleId>();
  const startUp = new Set<Item>();
  const named = new Set<Item>();
  const outside = new Map<string, OutsideImport>();
  const names = new Set<string>(CALLED_BY_THE_LANGUAGE);
  const packages = new Set<string>();
  const waiting = new Map<string, Item[]>();
  const tied = new Map<Item, Item[]>();
  const queue: Item[] = [];
  const place = { sources, knowledge: leftOut.knowledge };
  let anyMember = false;

  const mark = (item: Item): void => {
    if (items.has(item)) return;
    items.add(item);
    modules.add(item.module);
    if (item.owner !== undefined) mark(item.owner);
    queue.push(item);
    for (const statement of tied.get(item) ?? []) markTied(statement, item);
    if (ts.isClassLike(item.node)) markClassMembers(item, item.node);
  };
  const markStartUp = (item: Item): void => {
    if (!items.has(item)) startUp.add(item);
    mark(item);
    for (const member of item.members) if (!ts.isClassLike(item.node)) mark(member);
  };

  const markTied = (statement: Item, receiver: Item): void => {
    if (statement.module === receiver.module) named.add(statement);
    markStartUp(statement);
  };

  // Members of classes live by name: what an instance is, is not followed.
  const markClassMembers = (item: Item, node: ts.ClassLikeDeclaration): void => {
    const all = anyMember || isBoundFromOutside(item, node);
    for (const member of item.members) {
      const name = member.names[0] ?? '';
      if (all || names.has(name) || hasDecorators(member.node) || !isPureMember(item, member)) mark(member);
      else waiting.set(name, [...(waiting.get(name) ?? []), member]);
    }
  };
  const isPureMember = (item: Item, member: Item): boolean => {
    const source = sources.module(item.module);
    const node = member.node;
    if (source === undefined || !(ts.isPropertyDeclaration(node) || ts.isPropertyAssignment(node))) return true;
    return node.initializer === undefined || isPure(sources, leftOut.knowledge, { module: source, node: node.initializer });
  };
  /** A package's base class or interface may call or demand any member; an own interface demands the members it lists. */
  const isBoundFromOutside = (item: Item, node: ts.ClassLikeDeclaration): boolean => {
    const source = sources.module(item.module);
    return (node.heritageClauses ?? []).some((clause) =>
      clause.types.some((type) => {
        if (source === undefined || !ts.isIdentifier(type.expression)) return true;
        const resolved = sources.resolveName(source, type.expression.text);
        if (resolved.kind !== 'items') return type.expression.text !== 'Error';
        for (const base of resolved.items) for (const name of demandedNames(base.node)) touch(name);
        return false;
      }),
    );
  };
  const touch = (name: string): void => {
    if (names.has(name)) return;
    names.add(name);
    for (const member of waiting.get(name) ?? []) mark(member);
    waiting.delete(name);
  };
  const touchAll = (): void => {
    if (anyMember) return;
    anyMember = true;
    for (const member of [...waiting.values()].flat()) mark(member);
    waiting.clear();
  };

  const markBinding = (source: ModuleSource, name: string, properties: readonly string[] | undefined): void => {
    const imported = source.imports.get(name);
    if (imported !== undefined) {
      specifiers.add(imported.node);
      modules.add(source.id);
      markTarget(source, imported.specifier, { name: imported.imported, properties, typeOnly: imported.typeOnly });
      return;
    }
    for (const item of source.bindings.get(name) ?? []) {
      const literal = objectLiteralOf(item.node);
      named.add(item);
      mark(item);
      if (literal !== undefined) markProperties(item, properties);
    }
  };
  const markProperties = (item: Item, properties: readonly string[] | undefined): void => {
    for (const member of item.members) {
      const isTaken = properties === undefined || properties.includes(member.names[0] ?? '');
      if (isTaken || !isPureMember(item, member)) markProperty(item, member);
    }
  };
  const markProperty = (item: Item, member: Item): void => {
    if (items.has(member)) return;
    mark(member);
    if (mentionsThis(member.node)) for (const other of item.members) markProperty(item, other);
  };

  interface Taken {
    readonly name: string;
    readonly properties: readonly string[] | undefined;
    readonly typeOnly: boolean;
  }
  const markTarget = (source: ModuleSource, specifier: string, taken: Taken): void => {
    const target = sources.targetOf(source.id, specifier);
    if (target?.kind !== 'module') {
      noteOutside(source, specifier, taken.typeOnly);
      return;
    }
    if (taken.name !== '*') markExport(target.module, taken.name, taken.properties);
    else if (taken.properties === undefined) markAllExports(target.module);
    else for (const name of taken.properties) markExport(target.module, name, undefined);
  };
  const noteOutside = (source: ModuleSource, specifier: string, typeOnly: boolean): void => {
    const target = sources.targetOf(source.id, specifier) ?? { kind: 'unresolved', reason: 'not-found' };
    if (target.kind === 'module') return;
    const key = `${source.id} ${specifier}`;
    const known = outside.get(key);
    if (known === undefined || (known.typeOnly && !typeOnly)) outside.set(key, { target, specifier, from: source.id, typeOnly });
    if (target.kind === 'package') packages.add(target.package);
  };
  const markExport = (
    id: ModuleId,
    name: string,
    properties: readonly string[] | undefined,
    seen: ReadonlySet<string> = new Set(),
  ): boolean => {
    const source = sources.module(id);
    const key = `${id} ${name}`;
    if (source === undefined || seen.has(key)) return false;
    if (source.isAtomic) return markWhole(source);
    const locals = source.localExports.filter((each) => each.name === name);
    for (const local of locals) {
      specifiers.add(local.node);
      modules.add(id);
      // `export default orders` asks for `orders`; what it takes of it is known here.
      for (const item of source.items)
        if (item.node === local.node && ts.isExportAssignment(item.node) && local.local !== 'default') items.add(item);
      markBinding(source, local.local, properties);
    }
    const direct = source.reExports.filter((each) => each.name === name);
    for (const each of direct) {
      specifiers.add(each.node);
      modules.add(id);
      markTarget(source, each.specifier, { name: each.imported, properties, typeOnly: false });
    }
    if (locals.length + direct.length > 0 || name === 'default') return locals.length + direct.length > 0;
    return source.reExports.some(
      (star) =>
        star.name === '*' &&
        markThroughStar(
          source,
          star.specifier,
          () => {
            specifiers.add(star.node);
            modules.add(id);
          },
          { name, properties, seen: new Set(seen).add(key) },
        ),
    );
  };
  const markThroughStar = (
    source: ModuleSource,
    specifier: string,
    keep: () => void,
    asked: { readonly name: string; readonly properties: readonly string[] | undefined; readonly seen: ReadonlySet<string> },
  ): boolean => {
    const target = sources.targetOf(source.id, specifier);
    const found = target?.kind !== 'module' || markExport(target.module, asked.name, asked.properties, asked.seen);
    if (!found) return false;
    keep();
    if (target?.kind !== 'module') noteOutside(source, specifier, false);
    return target?.kind === 'module';
  };
  const markAllExports = (id: ModuleId, seen: ReadonlySet<ModuleId> = new Set()): void => {
    const source = sources.module(id);
    if (source === undefined || seen.has(id)) return;
    if (source.isAtomic) markWhole(source);
    for (const each of source.localExports) markExport(id, each.name, undefined);
    for (const each of source.reExports) {
      if (each.name !== '*') {
        markExport(id, each.name, undefined);
        continue;
      }
      specifiers.add(each.node);
      modules.add(id);
      const target = sources.targetOf(id, each.specifier);
      if (target?.kind === 'module') markAllExports(target.module, new Set(seen).add(id));
      else noteOutside(source, each.specifier, false);
    }
  };
  const markWhole = (source: ModuleSource): true => {
    modules.add(source.id);
    for (const item of source.items) {
      mark(item);
      for (const member of item.members) mark(member);
    }
    return true;
  };

  const scan = (item: Item): void => {
    const source = sources.module(item.module);
    if (source === undefined) return;
    const computed = source.inlineImports.flatMap((each) => (each.isComputed ? [{ start: each.source.pos, end: each.source.end }] : []));
    const removals = [...leftOut.of(source).removals, ...computed];
    const isLeft = (start: number): boolean =>
      removals.some((each) => start >= each.start && start < each.end) ||
      item.members.some((each) => start >= each.start && start < each.end);
    const within = <T extends { readonly start: number }>(entries: readonly T[]): readonly T[] =>
      entries.slice(lowerBound(entries, item.start), lowerBound(entries, item.end)).filter((each) => !isLeft(each.start));
    for (const each of within(source.references)) {
      if (each.scope === 'module') markBinding(source, each.name, each.properties);
      if (each.scope === 'global') touch(each.name);
    }
    for (const each of within(source.mentions)) touch(each.name);
    for (const each of within(source.inlineImports)) {
      const target = sources.targetOf(source.id, each.specifier);
      if (target?.kind === 'module' && each.kind !== 'type') run(target.module);
      for (const name of each.names ?? ['*'])
        markTarget(source, each.specifier, { name, properties: undefined, typeOnly: each.kind === 'type' });
    }
    for (const each of within(source.handedOut)) markHandedOut(source, each);
    if (source.computedCalls.some((start) => start >= item.start && start < item.end && !isLeft(start))) touchAll();
  };

  /** An instance that a package is given: the package may call any of its members. */
  const markHandedOut = (source: ModuleSource, { callee, classes }: HandedOut): void => {
    const receiver = sources.resolveName(source, callee);
    if (receiver.kind !== 'package') return;
    for (const name of classes) {
      const resolved = sources.resolveName(source, name);
      if (resolved.kind === 'items') for (const item of resolved.items) for (const member of item.members) mark(member);
    }
  };

  /** A module runs: so do all it loads, and their statements that may have an effect. */
  const run = (id: ModuleId): void => {
    if (running.has(id)) return;
    running.add(id);
    const source = sources.module(id);
    if (source === undefined) return;
    for (const loaded of sources.loadedBy(source)) run(loaded);
    for (const each of source.importStatements) {
      if (each.names.length > 0 || sources.targetOf(id, each.specifier)?.kind === 'module') continue;
      specifiers.add(each.statement);
      modules.add(id);
      noteOutside(source, each.specifier, false);
    }
    if (source.isAtomic) markWhole(source);
    const removed = new Set(leftOut.of(source).removals.flatMap((each) => each.node ?? []));
    for (const item of source.items) if (!removed.has(item.node)) considerStartUp(source, item);
  };
  const considerStartUp = (source: ModuleSource, item: Item): void => {
    if (isAmbientItem(item) || source.isDeclaration) return;
    if (item.kind !== 'statement') {
      if (!isQuiet(place, source, item.node)) markStartUp(item);
      return;
    }
    const handsOver = leftOut.of(source).handOvers.some((start) => start >= item.start && start < item.end);
    const receivers = handsOver ? [] : receiversOf(place, source, item.node);
    const kept = receivers.find((each) => items.has(each));
    if (kept !== undefined) markTied(item, kept);
    else if (receivers.length === 0) markStartUp(item);
    else for (const receiver of receivers) tied.set(receiver, [...(tied.get(receiver) ?? []), item]);
  };

  const markAmbient = (): boolean => {
    const fresh = ambient.filter((each) => !items.has(each.item) && isNeeded(each, names, packages));
    for (const { item } of fresh) mark(item);
    return fresh.length > 0;
  };
  const drain = (): void => {
    for (let item = queue.pop(); item !== undefined; item = queue.pop()) scan(item);
  };

  modules.add(entry);
  run(entry);
  if (exported !== undefined) markExport(entry, exported, undefined);
  do drain();
  while (markAmbient());
  return { items, specifiers, modules, running, startUp, named, outside: [...outside.values()] };
}

/** Members that no code names: `JSON.stringify`, templates, comparisons and `await` call them. */
const CALLED_BY_THE_LANGUAGE = ['toJSON', 'toString', 'valueOf', 'then'];

/** Members that a subclass or implementation must have. */
function demandedNames(node: ts.Node): readonly string[] {
  const members: readonly ts.Node[] = ts.isInterfaceDeclaration(node)
    ? [...node.members]
    : ts.isClassLike(node)
      ? node.members.filter(
          (member) => ts.canHaveModifiers(member) && ts.getModifiers(member)?.some((each) => each.kind === ts.SyntaxKind.AbstractKeyword),
        )
      : ts.isTypeAliasDeclaration(node) && ts.isTypeLiteralNode(node.type)
        ? [...node.type.members]
        : [];
  return members.flatMap((member) =>
    'name' in member && member.name !== undefined && ts.isIdentifier(member.name as ts.Node) ? [(member.name as ts.Identifier).text] : [],
  );
}

const mentionsThis = (node: ts.Node): boolean =>
  node.kind === ts.SyntaxKind.ThisKeyword || ts.forEachChild(node, (child) => mentionsThis(child) || undefined) === true;
