import { ownEntry } from '../../../src/lib/own-entry.ts';
import { remember } from '../../../src/lib/remember.ts';
import type { ModuleRecord } from '../../../src/model/program.ts';
import { argumentOf, type CallSite, callOf, valueAt } from '../flow/code-value.ts';
import { type Entity, entitiesIn } from './entity.ts';
import { instanceOf, type LibraryHeld } from './held-value.ts';
import { ownSituation } from './lift.ts';
import { textOf } from './literals.ts';
import type { MapperReader, PlacedCall } from './reading.ts';
import { alongRelations } from './relation-paths.ts';

/** What the aliases of query builders stand for. */
export interface AliasTable {
  /** The entity of an alias at a call: the builder's own, one named in the same function, else in the same file. */
  entityOf(alias: string, call: PlacedCall, builder: LibraryHeld): Entity | undefined;
}

/** Which argument names the alias, and which the table, by method. */
const aliasing: Readonly<Record<string, { readonly alias: number; readonly target?: number }>> = {
  ...Object.fromEntries(
    ['innerJoin', 'leftJoin', 'innerJoinAndSelect', 'leftJoinAndSelect', 'from', 'addFrom'].map((name) => [name, { alias: 1, target: 0 }]),
  ),
  ...Object.fromEntries(
    ['innerJoinAndMapOne', 'innerJoinAndMapMany', 'leftJoinAndMapOne', 'leftJoinAndMapMany'].map((name) => [name, { alias: 2, target: 1 }]),
  ),
  createQueryBuilder: { alias: 0 },
  qb: { alias: 0 },
};

export const joinTarget = (method: string): number | undefined => (/Join/.test(method) ? ownEntry(aliasing, method)?.target : undefined);

export function createAliasTable(reader: MapperReader): AliasTable {
  const byModule = remember((module: ModuleRecord) => aliasCalls(module));
  const asked = new Set<string>();
  const entityOf: AliasTable['entityOf'] = (alias, call, builder) => {
    const own = builder.made === undefined ? undefined : callOf(builder.made);
    if (own !== undefined && namesAlias(reader, own, call, alias)) return createdEntity(reader, builder);
    const modules = own === undefined || own.module === call.site.module ? [call.site.module] : [call.site.module, own.module];
    for (const module of modules) {
      const candidates = byModule(module).filter((site) => namesAlias(reader, site, call, alias));
      const near = candidates.filter(({ call: one }) => functionAround(module, one.owner) === functionAround(module, call.site.call.owner));
      for (const site of [...near, ...candidates]) {
        const entity = guarded(alias, site, () => entityNamed(reader, table, site, call));
        if (entity !== undefined) return entity;
      }
    }
    const [main, ...others] = entitiesIn(reader.entities, builder.of);
    if (main !== undefined && others.length === 0 && [main.name, main.table].some((name) => name?.toLowerCase() === alias.toLowerCase()))
      return main;
    return reader.entities.named(alias);
  };
  const guarded = (alias: string, { module, index }: CallSite, find: () => Entity | undefined): Entity | undefined => {
    const key = `${module.id} ${index} ${alias}`;
    if (asked.has(key)) return undefined;
    asked.add(key);
    const found = find();
    asked.delete(key);
    return found;
  };
  const table: AliasTable = { entityOf };
  return table;
}

const aliasCalls = (module: ModuleRecord): readonly CallSite[] =>
  module.syntax.calls.flatMap((call, index) => {
    const name = call.callee.kind === 'member' ? call.callee.property : call.callee.kind === 'name' ? call.callee.name : '';
    return Object.hasOwn(aliasing, name) ? [{ module, index, call }] : [];
  });

const methodOf = ({ call }: CallSite): string =>
  call.callee.kind === 'member' ? call.callee.property : call.callee.kind === 'name' ? call.callee.name : '';

/** The outermost function of the file that a declaration stands in, methods of classes apart. */
function functionAround({ syntax: { declarations } }: ModuleRecord, owner: number): number {
  let found = owner;
  for (let index = owner; index > 0; index = declarations[index]?.parent ?? -1) {
    if (declarations[index]?.kind === 'class') break;
    found = index;
  }
  return found;
}

function namesAlias(reader: MapperReader, site: CallSite, { context }: PlacedCall, alias: string): boolean {
  const rule = ownEntry(aliasing, methodOf(site));
  if (rule === undefined) return false;
  // `manager.createQueryBuilder(Book, 'book')`, `getRepository(Book).createQueryBuilder('book')`.
  const positions = rule.target === undefined ? [0, 1] : [rule.alias];
  return positions.some((position) => {
    const argument = argumentOf(site, position);
    return argument !== undefined && textOf(reader, { value: argument, context }) === alias;
  });
}

const createdEntity = ({ entities }: MapperReader, builder: LibraryHeld): Entity | undefined => entitiesIn(entities, builder.of)[0];

function entityNamed(reader: MapperReader, table: AliasTable, site: CallSite, call: PlacedCall): Entity | undefined {
  const rule = ownEntry(aliasing, methodOf(site));
  const context = site.module === call.site.module ? call.context : ownSituation(reader.values, site).context;
  if (rule?.target === undefined) {
    const held = reader.values.of(valueAt(site, { kind: 'call', call: site.index, span: site.call.span }), context);
    return entitiesIn(reader.entities, held)[0];
  }
  return joinedEntity(reader, table, { site, context, method: methodOf(site) });
}

/** The entity that a join, or `from`, names. */
export function joinedEntity(reader: MapperReader, table: AliasTable, call: PlacedCall): Entity | undefined {
  const target = argumentOf(call.site, ownEntry(aliasing, call.method)?.target ?? 0);
  if (target === undefined) return undefined;
  const held = reader.values.of(target, call.context).flatMap((one) => (one.kind === 'class' ? [instanceOf(one)] : []));
  const [entity] = entitiesIn(reader.entities, held);
  if (entity !== undefined) return entity;
  const text = textOf(reader, { value: target, context: call.context });
  const [from = '', ...path] = (text ?? '').split('.');
  if (path.length === 0) return reader.entities.named(from) ?? reader.entities.all.find((one) => one.table === from);
  const { callee } = call.site.call;
  const builder =
    callee.kind === 'member'
      ? reader.values.of(valueAt(call.site, callee.object), call.context).find((one) => one.kind === 'library')
      : undefined;
  const start = builder?.kind === 'library' ? table.entityOf(from, call, builder) : undefined;
  return start === undefined ? undefined : alongRelations(start, path).end;
}
