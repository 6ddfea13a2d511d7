import { ownEntry } from '../../../src/lib/own-entry.ts';
import type { TableOperation } from '../../../src/model/fact.ts';
import { type Chain, createChains } from '../flow/call-chains.ts';
import { argumentOf, type CallSite, type CodeValue, callOf, valueAt } from '../flow/code-value.ts';
import { plainName } from '../knex/read-chain.ts';
import type { MapperAccess } from '../mappers/entity.ts';
import { type Held, type LibraryHeld, type Open, opensIn } from '../mappers/held-value.ts';
import { type Part, textOf } from '../mappers/literals.ts';
import {
  accessTo,
  type MapperReader,
  mergeReadings,
  NOTHING_READ,
  type OperationReading,
  type PlacedCall,
  textOfCall,
} from '../mappers/reading.ts';
import { readExpression, readGraph } from './graphs.ts';
import type { Model, ModelIndex } from './models.ts';
import { modelsIn, type OwnedRelation, relationsNamed } from './related.ts';
import { tableOf } from './relation-mappings.ts';

/** Methods of models and rows that begin a query. */
const entries: ReadonlySet<string> = new Set([
  'query',
  '$query',
  'relatedQuery',
  '$relatedQuery',
  'knexQuery',
  'fetchGraph',
  '$fetchGraph',
]);
const loaders: ReadonlySet<string> = new Set(['fetchGraph', '$fetchGraph', 'loadRelated', '$loadRelated']);

/** What methods of the builder make a query do. */
const changing: Readonly<Record<string, TableOperation>> = {
  ...Object.fromEntries(
    ['insert', 'insertAndFetch', 'insertWithRelated', 'insertGraph', 'insertGraphAndFetch'].map((name) => [name, 'create']),
  ),
  ...Object.fromEntries(['upsertGraph', 'upsertGraphAndFetch'].map((name) => [name, 'upsert'])),
  ...Object.fromEntries(
    ['update', 'updateAndFetch', 'updateAndFetchById', 'patch', 'patchAndFetch', 'patchAndFetchById', 'increment', 'decrement'].map(
      (name) => [name, 'update'],
    ),
  ),
  ...Object.fromEntries(['del', 'delete', 'deleteById', 'truncate'].map((name) => [name, 'delete'])),
};

/** Methods that only builders of Objection have. */
const telling: ReadonlySet<string> = new Set([...Object.keys(changing).filter((name) => /Graph|patch|ById|AndFetch/.test(name))]);

const finding: ReadonlySet<string> = new Set(['findById', 'findByIds', 'throwIfNotFound', 'resultSize', 'onBuild']);

/** Along which relations a query reads: the position of the expression. */
const along: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ...['withGraphFetched', 'withGraphJoined', 'eager', 'mergeEager', 'joinEager', 'mergeJoinEager', 'naiveEager'],
    ...['', 'inner', 'outer', 'left', 'leftOuter', 'right', 'rightOuter', 'fullOuter'].flatMap((kind) =>
      ['Related', 'Relation'].map((what) => (kind === '' ? `join${what}` : `${kind}Join${what}`)),
    ),
  ].map((name) => [name, 0]),
);
const joins = /^(?:join|(?:inner|left|leftOuter|right|rightOuter|outer|fullOuter|cross)Join)$/;

export const mayAccess = (method: string): boolean => entries.has(method) || loaders.has(method) || isLink(method);

const isLink = (method: string): boolean => Object.hasOwn(changing, method) || Object.hasOwn(along, method) || joins.test(method);

export interface ObjectionReading {
  readonly reader: MapperReader;
  readonly models: ModelIndex;
  readonly chainOf: (site: CallSite) => Chain;
}

export const createReading = (reader: MapperReader, models: ModelIndex): ObjectionReading => ({ reader, models, chainOf: createChains() });

/** What a call that begins a query, or goes on with one that is kept in a variable, does. */
export function readOperation(reading: ObjectionReading, call: PlacedCall): OperationReading | undefined {
  const { reader, chainOf } = reading;
  const { site, context, method } = call;
  const { callee } = site.call;
  if (callee.kind !== 'member') return undefined;
  const receivers = reader.values.of(valueAt(site, callee.object), context);
  if (entries.has(method) || loaders.has(method)) return readEntry(reading, call, receivers);
  // The rest of a chain is read where it begins.
  if (isChained(site)) return undefined;
  const builders = receivers.filter((held): held is LibraryHeld => held.kind === 'library' && held.type === 'Builder');
  if (builders.length === 0) return undefined;
  const links: Chain = [{ method, site }, ...chainOf(site)];
  const found = modelsIn(reading.models, builders);
  if (found.length === 0) return { ...NOTHING_READ, opens: opensIn(builders), unknown: telling.has(method) ? [textOfCall(call)] : [] };
  return mergeReadings(found.map((model) => readLinks(reading, call, model, links, isChange(links))));
}

const isChange = (links: Chain): 'own' | 'none' => (links.some(({ method }) => Object.hasOwn(changing, method)) ? 'own' : 'none');

/** Whether the call goes on with another of the same chain that is read itself. */
function isChained(site: CallSite): boolean {
  const { callee } = site.call;
  const inner = callee.kind === 'member' ? callOf(unwrapped(valueAt(site, callee.object))) : undefined;
  if (inner === undefined || inner.call.callee.kind !== 'member') return false;
  const { property } = inner.call.callee;
  return entries.has(property) || isLink(property) || isChained(inner);
}

const unwrapped = (value: CodeValue): CodeValue =>
  value.expression.kind === 'assertion' || value.expression.kind === 'await'
    ? unwrapped({ ...value, expression: value.expression.value })
    : value;

function readEntry(reading: ObjectionReading, call: PlacedCall, receivers: readonly Held[]): OperationReading | undefined {
  const { method, site } = call;
  const own = receivers.filter((held) => fits(method, held));
  const found = modelsIn(reading.models, own);
  if (found.length === 0) {
    const opens = [...opensIn(receivers), ...basesIn(reading.models, receivers)];
    const isUnheardOf = receivers.length === 0 && isTelling(method, reading.chainOf(site));
    return opens.length === 0 && !isUnheardOf ? undefined : { ...NOTHING_READ, opens, unknown: isUnheardOf ? [textOfCall(call)] : [] };
  }
  const links = reading.chainOf(site);
  if (/elatedQuery$/.test(method)) return readRelated(reading, call, own, links);
  if (!loaders.has(method)) return mergeReadings(found.map((model) => readLinks(reading, call, model, links, 'own')));
  const expression = argumentOf(site, method.startsWith('$') ? 0 : 1);
  const text = textOfCall(call);
  return expression === undefined
    ? undefined
    : mergeReadings(
        found.map((model) =>
          readExpression({ reader: reading.reader, models: reading.models, text }, model, { value: expression, context: call.context }),
        ),
      );
}

/** Whether only Objection has such a query. */
const isTelling = (method: string, links: Chain): boolean =>
  /elatedQuery$/.test(method) ||
  links.some((link) => telling.has(link.method) || finding.has(link.method) || /^withGraph/.test(link.method));

/** In a class that only others extend, `this` is each of those. */
const basesIn = ({ isBase }: ModelIndex, held: readonly Held[]): readonly Open[] =>
  held.flatMap((one) =>
    (one.kind === 'class' || one.kind === 'instance') && isBase(one.symbol) ? [{ kind: 'open', symbol: one.symbol, name: 'this' }] : [],
  );

/** Classes are asked without `$`, rows with it. */
const fits = (method: string, held: Held): boolean => {
  const isClass = held.kind === 'class' || (held.kind === 'library' && held.type === 'Model');
  const isRow = held.kind === 'instance' || (held.kind === 'library' && held.type !== 'Model');
  return method.startsWith('$') || method === 'loadRelated' ? isRow : isClass;
};

/** Table of the model, with the operation of the links, and all that they join. */
function readLinks(reading: ObjectionReading, call: PlacedCall, model: Model, links: Chain, own: 'own' | 'none'): OperationReading {
  const main = own === 'own' ? accessTo(model, operationOf(links)) : [];
  return mergeReadings([{ ...NOTHING_READ, accesses: main }, ...links.map((link) => readLink(reading, call, model, link))]);
}

function operationOf(links: Chain): TableOperation {
  const methods = links.map(({ method }) => method);
  if (methods.includes('onConflict')) return 'upsert';
  const change = methods.find((method) => Object.hasOwn(changing, method));
  return (change === undefined ? undefined : changing[change]) ?? 'read';
}

function readLink({ reader, models }: ObjectionReading, call: PlacedCall, model: Model, { method, site }: Chain[number]): OperationReading {
  const text = textOfCall({ ...call, site, method });
  const first = argumentOf(site, ownEntry(along, method) ?? 0);
  if (first === undefined) return NOTHING_READ;
  const part: Part = { value: first, context: call.context };
  if (Object.hasOwn(along, method)) return readExpression({ reader, models, text }, model, part);
  if (/Graph/.test(method) && Object.hasOwn(changing, method))
    return readGraph({ reader, models, text }, model, part, changing[method] === 'upsert' ? 'upsert' : 'create');
  return joins.test(method) ? readJoin(reader, models, part) : NOTHING_READ;
}

/** `.join('authors as a', …)`, `.join(Author.tableName, …)`; another builder is a query of its own. */
function readJoin(reader: MapperReader, models: ModelIndex, part: Part): OperationReading {
  const named = tableOf(reader.values, models, part.value);
  const text = named ?? textOf(reader, part);
  return text === undefined ? NOTHING_READ : { ...NOTHING_READ, accesses: [{ table: plainName(text), operation: 'read' }] };
}

function readRelated(reading: ObjectionReading, call: PlacedCall, held: readonly Held[], links: Chain): OperationReading {
  const { reader, models } = reading;
  const given = argumentOf(call.site, 0);
  const name = given === undefined ? undefined : textOf(reader, { value: given, context: call.context });
  const relations = name === undefined ? [] : relationsNamed(models, held, name);
  if (relations.length === 0) {
    const opens = given === undefined ? [] : opensIn(reader.values.of(given, call.context));
    return { ...NOTHING_READ, opens, unknown: [textOfCall(call)] };
  }
  return mergeReadings(relations.map((one) => alongOwned(reading, call, one, links)));
}

/** Rows of the other table, and of the one between. */
function alongOwned(reading: ObjectionReading, call: PlacedCall, { owner, relation }: OwnedRelation, links: Chain): OperationReading {
  const target = relation.target();
  const model = target === undefined ? undefined : reading.models.of(target.symbol);
  const methods = links.map(({ method }) => method);
  const between = relation.joinTable?.();
  if (methods.includes('relate') || methods.includes('unrelate')) {
    const operation = between === undefined ? 'update' : methods.includes('relate') ? 'create' : 'delete';
    return { ...NOTHING_READ, accesses: changedByRelating(owner, relation, operation) };
  }
  const joined: readonly MapperAccess[] =
    between === undefined ? [] : [{ table: between, operation: operationOf(links) === 'create' ? 'create' : 'read' }];
  const rest = model === undefined ? { ...NOTHING_READ, unknown: [textOfCall(call)] } : readLinks(reading, call, model, links, 'own');
  return mergeReadings([{ ...NOTHING_READ, accesses: joined }, rest]);
}

/** `relate` sets the key where it stands. */
function changedByRelating(owner: Model, relation: OwnedRelation['relation'], operation: TableOperation): readonly MapperAccess[] {
  const between = relation.joinTable?.();
  if (between !== undefined) return [{ table: between, operation }];
  const target = relation.columns.length > 0 ? owner : relation.target();
  return target === undefined ? [] : accessTo(target, operation);
}

/** What says in which transaction a query runs: an argument, a link of the chain, or the class that is bound to it. */
export function clientOf({ reader, chainOf }: ObjectionReading, { site, context, method }: PlacedCall): CodeValue | undefined {
  if (!entries.has(method) && !loaders.has(method)) return clientOfMade({ reader, chainOf }, site, context);
  const given = argumentOf(site, clientPosition(method));
  if (given !== undefined && given.expression.kind !== 'object') return given;
  const linked = chainOf(site).find((link) => link.method === 'transacting' || link.method === 'connection');
  if (linked !== undefined) return argumentOf(linked.site, 0);
  const { callee } = site.call;
  const receiver = callee.kind === 'member' ? valueAt(site, callee.object) : undefined;
  const bound = receiver === undefined ? undefined : callOf(receiver);
  const binding = bound?.call.callee.kind === 'member' ? bound.call.callee.property : '';
  return bound !== undefined && /^bind(?:Knex|Transaction)$/.test(binding) ? argumentOf(bound, 0) : receiver;
}

const clientPosition = (method: string): number => (/elatedQuery$/.test(method) ? 1 : loaders.has(method) ? 2 : 0);

/** A query kept in a variable runs where the call that made it says. */
function clientOfMade(
  reading: Pick<ObjectionReading, 'reader' | 'chainOf'>,
  site: CallSite,
  context: PlacedCall['context'],
): CodeValue | undefined {
  const { callee } = site.call;
  const held = callee.kind === 'member' ? reading.reader.values.of(valueAt(site, callee.object), context) : [];
  const made = held.flatMap((one) => (one.kind === 'library' && one.made !== undefined ? (callOf(one.made) ?? []) : []))[0];
  const name = made?.call.callee.kind === 'member' ? made.call.callee.property : '';
  return made === undefined || !entries.has(name)
    ? undefined
    : clientOf(reading as ObjectionReading, { site: made, context, method: name });
}
