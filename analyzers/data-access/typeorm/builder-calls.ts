import type { TableOperation } from '../../../src/model/fact.ts';
import { argumentOf, type CallSite, type CodeValue, valueAt } from '../flow/code-value.ts';
import { textsOf } from '../flow/constant-text.ts';
import { type AliasTable, joinedEntity, joinTarget } from '../mappers/aliases.ts';
import { type Entity, entitiesIn, type MapperAccess } from '../mappers/entity.ts';
import { type Held, instanceOf, type LibraryHeld, opensIn } from '../mappers/held-value.ts';
import { textOf } from '../mappers/literals.ts';
import { accessTo, forEntities, type MapperReader, NOTHING_READ, type OperationReading, type PlacedCall } from '../mappers/reading.ts';
import { alongRelations, relationReads } from '../mappers/relation-paths.ts';
import { readFindOptions } from './find-options.ts';

export type { AliasTable } from '../mappers/aliases.ts';

const turning: ReadonlySet<string> = new Set(['update', 'delete', 'insert', 'softDelete', 'restore', 'relation']);

/** What one call of a query builder's chain does; undefined for all other calls. */
export function readBuilderCall(
  reader: MapperReader,
  aliases: AliasTable,
  call: PlacedCall,
  held: LibraryHeld,
): OperationReading | undefined {
  const { site, method } = call;
  if (method === 'createQueryBuilder') return readCreation(reader, call);
  if (held.type !== 'Builder') return undefined;
  const after = reader.chains.after(site);
  switch (method) {
    case 'update':
      return changed(reader, call, held, 'update');
    case 'delete':
      return after.includes('from') ? NOTHING_READ : changed(reader, call, held, 'delete');
    case 'softDelete':
    case 'restore':
      return after.includes('from') ? NOTHING_READ : changed(reader, call, held, 'update');
    case 'insert':
      return after.includes('into') ? NOTHING_READ : changed(reader, call, held, insertion(after));
    case 'into':
      return named(reader, call, held, insertion(after));
    case 'from':
    case 'addFrom':
      return named(reader, call, held, operationOfFrom(reader, site));
    case 'relation':
      return readRelationBuilder(reader, call, held);
    case 'loadRelationCountAndMap':
    case 'loadRelationIdAndMap':
      return readPath(reader, aliases, call, { held, argument: argumentOf(site, 1), withTarget: false });
    case 'setFindOptions': {
      const options = argumentOf(site, 0);
      if (options === undefined) return NOTHING_READ;
      return forEntities(reader, held.of, 'setFindOptions', (entity) => ({
        accesses: readFindOptions(reader, entity, { value: options, context: call.context }).accesses,
      }));
    }
    default: {
      const target = joinTarget(method);
      return target === undefined
        ? undefined
        : readPath(reader, aliases, call, { held, argument: argumentOf(site, target), withTarget: true });
    }
  }
}

function readCreation(reader: MapperReader, call: PlacedCall): OperationReading {
  const { site, context } = call;
  const built = reader.values.of(valueAt(site, { kind: 'call', call: site.index, span: site.call.span }), context);
  const of = built.flatMap((one) => (one.kind === 'library' && one.type === 'Builder' ? one.of : []));
  if (of.length === 0 || reader.chains.after(site).some((method) => turning.has(method))) return NOTHING_READ;
  return forEntities(reader, of, 'createQueryBuilder', (entity) => ({ accesses: accessTo(entity, 'read') }));
}

const insertion = (after: readonly string[]): TableOperation =>
  after.some((method) => /^(?:orUpdate|onConflict)$/.test(method)) ? 'upsert' : 'create';

function operationOfFrom(reader: MapperReader, site: CallSite): TableOperation {
  const before = reader.chains.before(site);
  if (before.includes('delete')) return 'delete';
  return before.some((method) => method === 'softDelete' || method === 'restore') ? 'update' : 'read';
}

/** `update(Book)`, `delete()` of the entity that the builder is about. */
function changed(reader: MapperReader, call: PlacedCall, held: LibraryHeld, operation: TableOperation): OperationReading {
  const target = argumentOf(call.site, 0);
  if (call.method === 'update' && target !== undefined) {
    const given = targetHeld(reader, call, target);
    if (given.length > 0 || held.of.length === 0) return named(reader, call, held, operation);
  }
  return forEntities(reader, held.of, `createQueryBuilder().${call.method}`, (entity) => ({ accesses: accessTo(entity, operation) }));
}

const targetHeld = (reader: MapperReader, { context }: PlacedCall, target: CodeValue): readonly Held[] =>
  reader.values
    .of(target, context)
    .flatMap((one) => (one.kind === 'class' ? [instanceOf(one)] : one.kind === 'instance' || one.kind === 'open' ? [one] : []));

/** The table that an argument names: a class, the name of one, or of a table. */
function named(reader: MapperReader, call: PlacedCall, held: LibraryHeld, operation: TableOperation): OperationReading {
  const target = argumentOf(call.site, 0);
  if (target === undefined) return NOTHING_READ;
  const given = targetHeld(reader, call, target);
  if (entitiesIn(reader.entities, given).length > 0)
    return forEntities(reader, given, call.method, (entity) => ({ accesses: accessTo(entity, operation) }));
  const text = textOf(reader, { value: target, context: call.context });
  if (text !== undefined) return { ...NOTHING_READ, accesses: accessToText(reader, text, operation) };
  if (textsOf(reader.flow.program, target).some(({ parts }) => parts[0]?.trimStart().startsWith('(') === true)) return NOTHING_READ;
  const isQuery = reader.values
    .of(target, call.context)
    .some((one) => one.kind === 'library' || (one.kind === 'literal' && one.value.expression.kind === 'function'));
  if (isQuery || target.expression.kind === 'function') return NOTHING_READ;
  const opens = opensIn(given);
  const main = entitiesIn(reader.entities, held.of);
  if (opens.length === 0 && main.length > 0 && call.method === 'from')
    return { ...NOTHING_READ, accesses: main.flatMap((entity) => accessTo(entity, operation)) };
  return { ...NOTHING_READ, opens, unknown: [`${call.method}(…)`] };
}

function accessToText({ entities }: MapperReader, text: string, operation: TableOperation): readonly MapperAccess[] {
  const plain = text.trim().replaceAll(/["`]/g, '');
  if (/[\s(]/.test(plain) || plain === '') return [];
  const entity = entities.named(plain);
  return entity === undefined ? [{ table: plain.replace(/^public\./, ''), operation }] : accessTo(entity, operation);
}

/** `leftJoin('book.author', 'author')`, `innerJoin(Author, 'author', …)`. */
function readPath(
  reader: MapperReader,
  aliases: AliasTable,
  call: PlacedCall,
  { held, argument, withTarget }: { readonly held: LibraryHeld; readonly argument: CodeValue | undefined; readonly withTarget: boolean },
): OperationReading {
  if (argument === undefined) return NOTHING_READ;
  const given = targetHeld(reader, call, argument);
  if (entitiesIn(reader.entities, given).length > 0)
    return forEntities(reader, given, call.method, (entity) => ({ accesses: accessTo(entity, 'read') }));
  const relation = relationAt(reader, aliases, call, held, argument);
  if (relation !== undefined) return { ...NOTHING_READ, accesses: relation };
  const text = textOf(reader, { value: argument, context: call.context });
  if (text !== undefined && withTarget && !text.includes('.')) return { ...NOTHING_READ, accesses: accessToText(reader, text, 'read') };
  const entity = withTarget ? joinedEntity(reader, aliases, call) : undefined;
  if (entity !== undefined) return { ...NOTHING_READ, accesses: accessTo(entity, 'read') };
  const isQuery = argument.expression.kind === 'function' || (text !== undefined && /[\s(]/.test(text));
  if (isQuery) return NOTHING_READ;
  const opens = opensIn([...given, ...held.of]);
  return { ...NOTHING_READ, opens, unknown: [`${call.method}(${text ?? '…'})`] };
}

/** `alias.relation`; with a computed alias the builder's own entity answers when it has the relation. */
function relationAt(
  reader: MapperReader,
  aliases: AliasTable,
  call: PlacedCall,
  held: LibraryHeld,
  argument: CodeValue,
): readonly MapperAccess[] | undefined {
  const whole = textOf(reader, { value: argument, context: call.context });
  const [text] = whole === undefined ? textsOf(reader.flow.program, argument) : [{ parts: [whole] }];
  const [from = '', ...path] = (text?.parts.join('…') ?? '').split('.');
  if (path.length === 0) return undefined;
  const isComputed = from.includes('…');
  const starts: readonly (Entity | undefined)[] = isComputed ? entitiesIn(reader.entities, held.of) : [aliases.entityOf(from, call, held)];
  const found = starts.flatMap((start) => (start === undefined ? [] : alongRelations(start, path).relations));
  return found.length === 0 ? undefined : found.flatMap((relation) => relationReads(relation));
}

/** `.relation(Book, 'authors').of(book).add(author)`. */
function readRelationBuilder(reader: MapperReader, call: PlacedCall, held: LibraryHeld): OperationReading {
  const { site, context } = call;
  const [first, second] = [argumentOf(site, 0), argumentOf(site, 1)];
  const property = second ?? first;
  const of = second === undefined || first === undefined ? held.of : targetHeld(reader, call, first);
  const name = property === undefined ? undefined : textOf(reader, { value: property, context });
  const after = reader.chains.after(site);
  const isRead = after.some((method) => /^load/.test(method));
  return forEntities(reader, of, `relation(${name ?? '…'})`, (entity) => {
    const relation = name === undefined ? undefined : entity.relations.get(name);
    if (relation === undefined) return { unknown: [`relation(${name ?? '…'})`] };
    if (isRead) return { accesses: relationReads(relation) };
    const table = relation.joinTable?.() ?? (relation.isList || relation.columns.length === 0 ? relation.target()?.table : entity.table);
    const operation =
      relation.joinTable === undefined ? 'update' : after.includes('remove') && !after.includes('add') ? 'delete' : 'upsert';
    return { accesses: table === undefined ? [] : [{ table, operation }] };
  });
}
