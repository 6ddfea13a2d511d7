import { groupBy } from '../../../src/lib/group.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import type { OriginOf } from '../flow/client-library.ts';
import { argumentOf, type CallSite, type CodeValue, callOf, callSites, declared, siteLocation } from '../flow/code-value.ts';
import { followValue } from '../flow/follow-value.ts';
import { literalParts } from '../flow/literals.ts';
import { exportCalled } from '../flow/package-use.ts';
import { collectionName } from './pluralize.ts';
import {
  collectionIn,
  constantText,
  decoratorOf,
  isSchemaCall,
  modelNamed,
  readSchema,
  readSchemaClass,
  type SchemaReading,
  type SchemaReference,
} from './read-schema.ts';

/** A mongoose model: what code calls to reach a collection. */
export interface MongooseModel {
  readonly name: string;
  readonly collection: string;
  readonly columns: readonly string[];
  readonly references: readonly SchemaReference[];
  /** What its schema is: the variables and classes whose statics, methods and hooks are the model's. */
  readonly schema?: string;
  readonly at: SourceLocation;
}

export interface MongooseModels {
  /** By model name; the first declaration counts. */
  readonly byName: ReadonlyMap<string, MongooseModel>;
  /** Models by the call that makes them: module and index. */
  readonly byCall: ReadonlyMap<string, MongooseModel>;
  /** Models by the class that is their schema. */
  readonly byClass: ReadonlyMap<SymbolId, MongooseModel>;
  /** Models by the call that makes their schema. */
  readonly bySchema: ReadonlyMap<string, readonly MongooseModel[]>;
  /** Calls that make a model whose name or schema cannot be read. */
  readonly unread: readonly CallSite[];
}

export const mongoosePackages: ReadonlySet<string> = new Set(['mongoose', '@nestjs/mongoose', '@typegoose/typegoose', 'typegoose']);

export const callKey = ({ module, index }: CallSite): string => `${module.id} ${index}`;

interface Draft {
  readonly site: CallSite;
  readonly name: string;
  readonly collection?: string;
  readonly schema?: SchemaSource;
  /** The model whose collection it shares: `Base.discriminator(…)`. */
  readonly base?: CodeValue;
}

interface SchemaSource {
  readonly key: string;
  readonly class?: SymbolId;
  readonly reading: SchemaReading;
}

/** Every model of the program, however it is made. */
export function findModels(flow: CallFlow, originOf: OriginOf): MongooseModels {
  const found = callSites(flow.program).map((site) => draftsAt(flow, originOf, site));
  const drafts = found.flatMap((one) => one?.drafts ?? []);
  const virtuals = virtualReferences(flow);
  const keepsNames = callSites(flow.program).some((site) => turnsPluralsOff(flow, site));
  const naming = keepsNames ? (name: string): string => name : collectionName;
  const byName = new Map<string, MongooseModel>();
  const byCall = new Map<string, MongooseModel>();
  const byClass = new Map<SymbolId, MongooseModel>();
  const bySchema = new Map<string, MongooseModel[]>();
  const complete = (draft: Draft, collection: string): void => {
    const model = modelOf(flow, draft, { collection, virtuals });
    if (!byName.has(model.name)) byName.set(model.name, model);
    byCall.set(callKey(draft.site), model);
    if (draft.schema === undefined) return;
    bySchema.set(draft.schema.key, [...(bySchema.get(draft.schema.key) ?? []), model]);
    if (draft.schema.class !== undefined && !byClass.has(draft.schema.class)) byClass.set(draft.schema.class, model);
  };
  for (const draft of drafts.filter(({ base }) => base === undefined))
    complete(draft, draft.collection ?? draft.schema?.reading.collection ?? naming(draft.name));
  for (const draft of drafts.filter(({ base }) => base !== undefined)) {
    const parents = draft.base === undefined ? [] : followValue(flow.program, draft.base);
    const parent = parents.flatMap((value) => byCall.get(callKeyOf(value)) ?? byName.get(modelNamed(flow, value) ?? '') ?? [])[0];
    if (parent !== undefined) complete(draft, parent.collection);
  }
  return {
    byName,
    byCall,
    byClass,
    bySchema,
    unread: found.flatMap((one) => (one !== undefined && one.drafts.length === 0 ? [one.site] : [])),
  };
}

const callKeyOf = (value: CodeValue): string => {
  const site = callOf(value);
  return site === undefined ? '' : callKey(site);
};

const modelOf = (
  flow: CallFlow,
  { site, name, schema }: Draft,
  { collection, virtuals }: { readonly collection: string; readonly virtuals: ReadonlyMap<string, readonly SchemaReference[]> },
): MongooseModel => ({
  name,
  collection,
  columns: schema?.reading.columns ?? [],
  references: [...(schema?.reading.references ?? []), ...(virtuals.get(schema?.key ?? '') ?? [])],
  ...(schema === undefined ? {} : { schema: schema.key }),
  at: siteLocation(flow.program, site),
});

/** `bookSchema.virtual('reviews', { ref: 'Review', localField, foreignField })`, by schema. */
function virtualReferences(flow: CallFlow): ReadonlyMap<string, readonly SchemaReference[]> {
  const found = callSites(flow.program).flatMap((site) => {
    const { callee } = site.call;
    const [path, options] = [argumentOf(site, 0), argumentOf(site, 1)];
    if (callee.kind !== 'member' || callee.property !== 'virtual' || path === undefined || options === undefined) return [];
    const other = literalParts(flow, options).parts.find(({ key }) => key === 'ref')?.value;
    const [name, model] = [constantText(flow, path), other === undefined ? undefined : modelNamed(flow, other)];
    const key = schemaKeyOf(flow, { module: site.module, owner: site.call.owner, expression: callee.object });
    if (name === undefined || model === undefined || key === undefined) return [];
    return [{ key, reference: { path: name, model, isVirtual: true, at: siteLocation(flow.program, site) } }];
  });
  return groupBy(
    found,
    ({ key }) => key,
    ({ reference }) => reference,
  );
}

interface Found {
  readonly site: CallSite;
  readonly drafts: readonly Draft[];
}

/** The models that a call makes; undefined for a call that makes none. */
function draftsAt(flow: CallFlow, originOf: OriginOf, site: CallSite): Found | undefined {
  const { callee, kind } = site.call;
  if (kind !== 'call') return undefined;
  const method = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : undefined;
  if (method === undefined || !makers.has(method)) return undefined;
  if (method === 'model') return modelCall(flow, originOf, site);
  if (method === 'discriminator') return discriminatorCall(flow, site);
  if (method === 'forFeature' || method === 'forFeatureAsync')
    return callee.kind === 'member' && isMongooseModule(flow, site) ? { site, drafts: featureDrafts(flow, site) } : undefined;
  return exportCalled(flow.program, site, mongoosePackages) === method ? { site, drafts: classDraft(flow, site) } : undefined;
}

const makers: ReadonlySet<string> = new Set([
  'model',
  'discriminator',
  'forFeature',
  'forFeatureAsync',
  'getModelForClass',
  'getDiscriminatorModelForClass',
  'addModelToTypegoose',
]);

const isMongooseModule = (flow: CallFlow, site: CallSite): boolean => exportCalled(flow.program, site, mongoosePackages) !== undefined;

/** `mongoose.model('Book', schema, 'books')`, `connection.model(…)`; with a name alone it looks one up. */
function modelCall(flow: CallFlow, originOf: OriginOf, site: CallSite): Found | undefined {
  const { callee } = site.call;
  const [name, schema] = [argumentOf(site, 0), argumentOf(site, 1)];
  if (name === undefined || schema === undefined) return undefined;
  const source = schemaOf(flow, schema);
  const isMongoose =
    exportCalled(flow.program, site, mongoosePackages) === 'model' ||
    (callee.kind === 'member' && isOf(originOf({ module: site.module, owner: site.call.owner, expression: callee.object })));
  if (!isMongoose && source === undefined) return undefined;
  const text = modelNamed(flow, name);
  const third = argumentOf(site, 2);
  const collection = third === undefined ? undefined : constantText(flow, third);
  if (text === undefined) return { site, drafts: [] };
  return {
    site,
    drafts: [
      { site, name: text, ...(collection === undefined ? {} : { collection }), ...(source === undefined ? {} : { schema: source }) },
    ],
  };
}

const isOf = (origin: ReturnType<OriginOf>): boolean => origin.kind === 'package' && mongoosePackages.has(origin.package);

function discriminatorCall(flow: CallFlow, site: CallSite): Found | undefined {
  const { callee } = site.call;
  const [name, schema] = [argumentOf(site, 0), argumentOf(site, 1)];
  const source = schema === undefined ? undefined : schemaOf(flow, schema);
  const text = name === undefined ? undefined : modelNamed(flow, name);
  if (callee.kind !== 'member' || text === undefined || source === undefined) return undefined;
  return {
    site,
    drafts: [{ site, name: text, schema: source, base: { module: site.module, owner: site.call.owner, expression: callee.object } }],
  };
}

/** The schema that a value is: a `new Schema(…)`, or `SchemaFactory.createForClass(Book)`. */
function schemaOf(flow: CallFlow, value: CodeValue): SchemaSource | undefined {
  for (const one of followValue(flow.program, value)) {
    const site = callOf(one);
    if (site === undefined) continue;
    const { callee } = site.call;
    if (isSchemaCall(flow, site)) return { key: callKey(site), reading: readSchema(flow, site) };
    if (callee.kind !== 'member' && callee.kind !== 'name') continue;
    const isBuilt = ['createForClass', 'buildSchema'].includes(callee.kind === 'member' ? callee.property : callee.name);
    const of = isBuilt ? classAt(flow, site, 0) : undefined;
    if (of !== undefined) return { key: callKey(site), class: of, reading: readSchemaClass(flow, of) };
    if (callee.kind === 'member' && chained.has(callee.property))
      return schemaOf(flow, { module: site.module, owner: site.call.owner, expression: callee.object });
  }
  return undefined;
}

/** Methods of a schema that return it. */
const chained: ReadonlySet<string> = new Set(['index', 'plugin', 'set', 'add', 'pre', 'post', 'loadClass']);

function classAt(flow: CallFlow, site: CallSite, position: number): SymbolId | undefined {
  const value = argumentOf(site, position);
  if (value === undefined) return undefined;
  const referent = flow.program.resolveExpression(value.module.id, value.owner, value.expression);
  return referent.kind === 'symbol' && declared(flow.program, referent.symbol)?.declaration.kind === 'class' ? referent.symbol : undefined;
}

/** `MongooseModule.forFeature([{ name: Book.name, schema: BookSchema, collection: 'books' }])`. */
function featureDrafts(flow: CallFlow, site: CallSite): readonly Draft[] {
  const list = argumentOf(site, 0);
  return list === undefined ? [] : featureList(flow, list).flatMap((entry) => featureDraft(flow, site, entry));
}

function featureList(flow: CallFlow, list: CodeValue): readonly CodeValue[] {
  return followValue(flow.program, list).flatMap((value): readonly CodeValue[] => {
    if (value.expression.kind === 'array')
      return value.expression.elements.flatMap((element) =>
        featureList(flow, { ...value, expression: element.kind === 'spread' ? element.value : element }),
      );
    return value.expression.kind === 'object' ? [value] : [];
  });
}

function featureDraft(flow: CallFlow, site: CallSite, entry: CodeValue): readonly Draft[] {
  const parts = new Map(literalParts(flow, entry).parts.map(({ key, value }) => [key, value]));
  const [name, given, factory, collection] = ['name', 'schema', 'useFactory', 'collection'].map((key) => parts.get(key));
  const text = name === undefined ? undefined : modelNamed(flow, name);
  const schema = given ?? (factory === undefined ? undefined : returnedValue(flow, factory));
  const source = schema === undefined ? undefined : schemaOf(flow, schema);
  const own = collection === undefined ? undefined : constantText(flow, collection);
  if (text === undefined) return [];
  const at = { ...site, index: site.index };
  const draft: Draft = {
    site: at,
    name: text,
    ...(own === undefined ? {} : { collection: own }),
    ...(source === undefined ? {} : { schema: source }),
  };
  const discriminators = parts.get('discriminators');
  const further = discriminators === undefined ? [] : featureList(flow, discriminators).flatMap((one) => featureDraft(flow, site, one));
  return [draft, ...further.map((one) => ({ ...one, collection: own ?? source?.reading.collection ?? collectionName(text) }))];
}

function returnedValue(flow: CallFlow, { module, expression }: CodeValue): CodeValue | undefined {
  if (expression.kind !== 'function') return undefined;
  const returned = module.syntax.declarations[expression.declaration]?.returns?.values.at(-1);
  return returned === undefined
    ? undefined
    : (followValue(flow.program, { module, owner: expression.declaration, expression: returned })[0] ?? undefined);
}

/** `getModelForClass(Book, { schemaOptions: { collection } })` of typegoose. */
function classDraft(flow: CallFlow, site: CallSite): readonly Draft[] {
  const of = classAt(flow, site, 0);
  const found = of === undefined ? undefined : declared(flow.program, of);
  if (of === undefined || found === undefined) return [];
  const options = argumentOf(site, 1);
  const decorator = decoratorOf(found, new Set(['modelOptions']));
  const declaredOptions = decorator === undefined ? undefined : argumentOf(decorator, 0);
  const collection =
    (options === undefined ? undefined : collectionIn(flow, options)) ??
    (declaredOptions === undefined ? undefined : collectionIn(flow, declaredOptions));
  const reading = readSchemaClass(flow, of);
  const name = found.declaration.binding ?? '';
  return [{ site, name, ...(collection === undefined ? {} : { collection }), schema: { key: callKey(site), class: of, reading } }];
}

/** `mongoose.pluralize(null)`: collections are called as their models are. */
function turnsPluralsOff(flow: CallFlow, site: CallSite): boolean {
  const { callee } = site.call;
  const [first] = site.call.arguments;
  const isCall = callee.kind === 'member' && callee.property === 'pluralize' && first?.kind === 'literal' && first.value === null;
  return isCall && exportCalled(flow.program, site, mongoosePackages) === 'pluralize';
}

/** The key of the schema that a value is. */
export const schemaKeyOf = (flow: CallFlow, value: CodeValue): string | undefined => schemaOf(flow, value)?.key;
