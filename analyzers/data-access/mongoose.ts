import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { FactOf, TableFact, TableOperation, TriggerFact } from '../../src/model/fact.ts';
import { type SymbolId, toEntryPointId, toTableId } from '../../src/model/ids.ts';
import type { SourceLocation } from '../../src/model/location.ts';
import { accessFacts } from './flow/access-facts.ts';
import { type Chain, createChains } from './flow/call-chains.ts';
import { type CallFlow, createCallFlow } from './flow/call-flow.ts';
import { createReceiverOrigins, type OriginOf } from './flow/client-library.ts';
import { type CallSite, type CodeValue, callerOf, callSites, siteLocation, valueAt } from './flow/code-value.ts';
import { usesPackage } from './flow/package-use.ts';
import { placedValues } from './flow/placed-values.ts';
import { joinTransactions, type Transactions } from './flow/transactions.ts';
import { mongoTransactions, sessionOf } from './mongo/sessions.ts';
import { findModels, type MongooseModel, type MongooseModels, mongoosePackages } from './mongoose/find-models.ts';
import { type MongooseOperations, operationsOf, populations, readModelCall } from './mongoose/model-calls.ts';
import { createModelResolver, type ModelResolver } from './mongoose/resolve-models.ts';
import { findSchemaFunctions, type SchemaFunction, type SchemaFunctions } from './mongoose/schema-functions.ts';

/** Finds models of mongoose (also of Nest and typegoose), what code does to their collections, and hooks of schemas. */
export const mongoose = defineAnalyzer({
  name: 'mongoose',
  produces: ['table', 'table-access', 'transaction', 'trigger'],

  *analyze({ program, trace }) {
    if (!usesPackage(program, mongoosePackages)) return;
    const flow = createCallFlow(program, trace);
    const originOf = createReceiverOrigins(flow, trace);
    const models = findModels(flow, originOf);
    const functions = findSchemaFunctions(flow, models);
    const transactions = joinTransactions(flow, mongoTransactions(flow));
    yield* tablesOf(models);
    yield* transactions.facts;
    yield* hooksOf(flow, functions);
    for (const site of models.unread)
      yield { code: 'unknown-table', data: { library: 'mongoose', text: 'model(…)' }, at: siteLocation(program, site) };
    const reader: Reader = {
      flow,
      originOf,
      models,
      transactions,
      resolver: createModelResolver(flow, models, functions),
      chainOf: createChains(),
      operations: operationsOf(program),
    };
    yield* accessesOf(reader, functions);
  },
});

interface Reader {
  readonly flow: CallFlow;
  readonly originOf: OriginOf;
  readonly models: MongooseModels;
  readonly transactions: Transactions;
  readonly resolver: ModelResolver;
  readonly chainOf: (site: CallSite) => Chain;
  readonly operations: MongooseOperations;
}

type Access = FactOf<'table-access'>;

function* accessesOf(reader: Reader, functions: SchemaFunctions): Iterable<Access | Diagnostic> {
  const bySymbol = new Map<SymbolId, Access[]>();
  for (const site of callSites(reader.flow.program))
    for (const found of accessesAt(reader, site)) {
      yield found;
      if (!('code' in found)) bySymbol.set(found.symbol, [...(bySymbol.get(found.symbol) ?? []), found]);
    }
  yield* callsOfStatics(reader, functions, bySymbol);
}

function* accessesAt(reader: Reader, site: CallSite): Iterable<Access | Diagnostic> {
  const { callee, kind } = site.call;
  if (kind !== 'call' || callee.kind !== 'member') return;
  const method = callee.property;
  const isModelMethod = Object.hasOwn(reader.operations.model, method) && !takesCallback(site);
  const isDocumentMethod = Object.hasOwn(reader.operations.document, method) && !(method === 'populate' && callee.object.kind === 'call');
  if (!isModelMethod && !isDocumentMethod) return;
  const receiver = valueAt(site, callee.object);
  const found = isModelMethod ? placedValues(reader.flow, site, receiver, reader.resolver.recognize) : undefined;
  if (found !== undefined && found.placed.length > 0) {
    for (const { site: place, found: model } of found.placed) yield* modelAccesses(reader, { site, place, method, model });
    return;
  }
  const documents = isDocumentMethod ? placedValues(reader.flow, site, receiver, reader.resolver.recognizeDocument).placed : [];
  for (const { found: document, site: place } of documents)
    yield* documentAccesses(reader, { site, place: document.place ?? place, method, ...document });
  if (documents.length === 0 && isModelMethod && isMongoose(reader.originOf(receiver)) && !isOther(site, method))
    yield { code: 'unknown-table', data: { library: 'mongoose', text: `….${method}` }, at: siteLocation(reader.flow.program, site) };
}

/** `books.find((book) => …)` is a method of a list. */
const takesCallback = ({ call }: CallSite): boolean => call.arguments[0]?.kind === 'function';

/** Methods that other objects of the package have, too: of queries, of the connection. */
const isOther = ({ call }: CallSite, method: string): boolean =>
  ['where', 'populate', 'watch', 'create', 'drop'].includes(method) ||
  (call.callee.kind === 'member' && call.callee.object.kind === 'call');

const isMongoose = (origin: ReturnType<OriginOf>): boolean =>
  origin.kind === 'package' && origin.package === 'mongoose' && origin.path.includes('Model');

interface Operation {
  /** The call of the model's method. */
  readonly site: CallSite;
  /** The call that decides which model it is. */
  readonly place: CallSite;
  readonly method: string;
  readonly model: MongooseModel;
}

function* modelAccesses(reader: Reader, { site, place, method, model }: Operation): Iterable<Access | Diagnostic> {
  const { flow, models, chainOf, operations } = reader;
  const chain = chainOf(site);
  const { accesses, unknown, isPartial } = readModelCall(flow, models, { site, place, method, chain, model, operations: operations.model });
  const at = siteLocation(flow.program, place);
  for (const access of accesses) yield* factsOf(reader, { ...access, place, client: sessionOf(flow, site, chain), site });
  for (const text of unknown) yield { code: 'unknown-table', data: { library: 'mongoose', text }, at };
  if (isPartial) yield { code: 'partial-query', data: { library: 'mongoose', text: `${model.name}.${method}(…)` }, at };
}

function* documentAccesses(
  reader: Reader,
  { site, place, method, model, isNew }: Operation & { readonly isNew: boolean },
): Iterable<Access | Diagnostic> {
  const { flow, models, chainOf, operations } = reader;
  const chain = chainOf(site);
  const operation = method === 'save' && isNew ? 'create' : operations.document[method];
  const client = sessionOf(flow, site, chain);
  const joined = populations(flow, models, { site, place, method, chain, model });
  if (operation !== undefined && method !== 'populate' && method !== 'execPopulate')
    yield* factsOf(reader, { collection: model.collection, operation, place, site, client });
  for (const access of joined.accesses) yield* factsOf(reader, { ...access, place, site, client });
  if (joined.isPartial)
    yield {
      code: 'partial-query',
      data: { library: 'mongoose', text: `${model.name}.${method}(…)` },
      at: siteLocation(flow.program, site),
    };
}

interface Placing {
  readonly collection: string;
  readonly operation: TableOperation;
  readonly place: CallSite;
  readonly site: CallSite;
  readonly client: CodeValue | undefined;
}

const factsOf = ({ flow, transactions }: Reader, { collection, ...rest }: Placing): Iterable<Access> =>
  accessFacts(flow.program, transactions, { ...rest, table: collection, library: 'mongoose' });

/** Statics are called through the model, where no declared type leads to them: what they do is done by their callers. */
function* callsOfStatics(
  { flow, resolver }: Reader,
  functions: SchemaFunctions,
  accesses: ReadonlyMap<SymbolId, readonly Access[]>,
): Iterable<Access> {
  const byName = new Map<string, SchemaFunction[]>();
  for (const one of functions.all)
    if (one.role === 'statics' && accesses.has(one.symbol)) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  if (byName.size === 0) return;
  for (const site of callSites(flow.program)) {
    const { callee } = site.call;
    const candidates = callee.kind === 'member' ? (byName.get(callee.property) ?? []) : [];
    if (callee.kind !== 'member' || candidates.length === 0) continue;
    for (const { site: place, found: model } of placedValues(flow, site, valueAt(site, callee.object), resolver.recognize).placed)
      for (const one of candidates)
        if (one.models.some(({ name }) => name === model.name))
          for (const access of accesses.get(one.symbol) ?? [])
            yield { ...access, symbol: callerOf(flow.program, place), at: siteLocation(flow.program, place) };
  }
}

function* tablesOf(models: MongooseModels): Iterable<TableFact> {
  const seen = new Map<string, TableFact>();
  for (const model of models.byName.values()) {
    const known = seen.get(model.collection);
    seen.set(model.collection, {
      kind: 'table',
      id: toTableId(model.collection),
      model: known?.model ?? model.name,
      columns: [...new Set([...(known?.columns ?? []), ...model.columns])],
      references: [...(known?.references ?? []), ...referencesOf(models, model)],
      at: known?.at ?? model.at,
    });
  }
  yield* seen.values();
}

const referencesOf = (models: MongooseModels, model: MongooseModel): TableFact['references'] =>
  model.references.flatMap(
    ({ path, model: name, isVirtual, at }: { path: string; model: string; isVirtual: boolean; at: SourceLocation }) => {
      const target = models.byName.get(name);
      return target === undefined || isVirtual ? [] : [{ table: toTableId(target.collection), columns: [path], at }];
    },
  );

function* hooksOf(flow: CallFlow, functions: SchemaFunctions): Iterable<TriggerFact> {
  for (const { role, site, symbol, name, models } of functions.all) {
    if (role !== 'hook' || site === undefined) continue;
    const at = siteLocation(flow.program, site);
    const detail = `${models.map((model) => model.name).join(' ')} ${name}`;
    const { module } = site;
    yield {
      kind: 'trigger',
      id: toEntryPointId(`data-hook ${detail} ${symbol}`),
      trigger: 'data-hook',
      detail,
      handler: { module: module.id, symbol },
      library: 'mongoose',
      statement: { file: module.id, ...site.call.span },
      at,
    };
  }
}
