import type { SymbolId } from '../../../src/model/ids.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import { argumentOf, bare, type CallSite, type CodeValue, callOf, callSites, declared, valueAt } from '../flow/code-value.ts';
import { followValue } from '../flow/follow-value.ts';
import { literalParts } from '../flow/literals.ts';
import { callKey, type MongooseModel, type MongooseModels, schemaKeyOf } from './find-models.ts';
import { constantText, isSchemaCall } from './read-schema.ts';

/** A function that a schema gives to its model, to documents, or runs around operations. */
export interface SchemaFunction {
  readonly symbol: SymbolId;
  readonly role: 'statics' | 'methods' | 'hook';
  /** The method's name, or what the hook runs around: `pre save`. */
  readonly name: string;
  readonly models: readonly MongooseModel[];
  readonly site?: CallSite;
}

export interface SchemaFunctions {
  readonly all: readonly SchemaFunction[];
  /** Models that `this` stands for at a place, in statics; or of whose documents it is one. */
  modelsOfThis(value: CodeValue, role: 'statics' | 'methods'): readonly MongooseModel[] | undefined;
}

/** Finds `schema.statics.find = …`, `schema.pre('save', …)`, and the like. */
export function findSchemaFunctions(flow: CallFlow, models: MongooseModels): SchemaFunctions {
  const all =
    models.bySchema.size === 0
      ? []
      : [...assigned(flow, models), ...called(flow, models), ...inOptions(flow, models), ...inClasses(flow, models)];
  const bySymbol = new Map(all.map((one) => [one.symbol, one]));
  return {
    all,
    modelsOfThis(value, role) {
      const symbol = functionAround(flow, value);
      const found = symbol === undefined ? undefined : bySymbol.get(symbol);
      if (found === undefined) return undefined;
      return (found.role === 'statics') === (role === 'statics') ? found.models : undefined;
    },
  };
}

/** The function whose `this` is seen at a value: arrow functions have none of their own. */
export function functionAround(flow: CallFlow, { module, owner }: CodeValue): SymbolId | undefined {
  const { declarations } = module.syntax;
  for (let index = owner; index > 0; index = declarations[index]?.parent ?? -1) {
    const kind = declarations[index]?.kind;
    if (kind === 'function' || kind === 'method' || kind === 'object-member') return flow.program.symbolAt(module.id, index);
    if (kind === 'class') return undefined;
  }
  return undefined;
}

/** `bookSchema.statics.byTitle = function () { … }`. */
function* assigned(flow: CallFlow, models: MongooseModels): Iterable<SchemaFunction> {
  for (const module of flow.program.program.modules) {
    if (module.role !== 'source') continue;
    for (const { binding, path, value, owner, span } of module.syntax.mutations) {
      const [role, name] = path;
      if ((role !== 'statics' && role !== 'methods') || value === undefined) continue;
      const schema = { module, owner, expression: { kind: 'name' as const, name: binding, span } };
      const found = modelsOf(flow, models, schema);
      if (found.length === 0) continue;
      const functions =
        name === undefined
          ? literalParts(flow, { module, owner, expression: value }).parts
          : [{ key: name, value: { module, owner, expression: value } }];
      for (const one of functions) yield* toFunction(flow, one.value, { role, name: one.key, models: found });
    }
  }
}

const modelsOf = (flow: CallFlow, models: MongooseModels, schema: CodeValue): readonly MongooseModel[] => {
  const key = schemaKeyOf(flow, schema);
  return key === undefined ? [] : (models.bySchema.get(key) ?? []);
};

const callRoles: Readonly<Record<string, SchemaFunction['role']>> = { static: 'statics', method: 'methods', pre: 'hook', post: 'hook' };

/** `schema.pre('save', function () { … })`, `schema.static('byTitle', …)`. */
function* called(flow: CallFlow, models: MongooseModels): Iterable<SchemaFunction> {
  for (const site of callSites(flow.program)) {
    const { callee } = site.call;
    const role = callee.kind === 'member' && Object.hasOwn(callRoles, callee.property) ? callRoles[callee.property] : undefined;
    const first = argumentOf(site, 0);
    if (role === undefined || callee.kind !== 'member' || first === undefined) continue;
    const found = modelsOf(flow, models, valueAt(site, callee.object));
    if (found.length === 0) continue;
    const name = hookName(flow, first);
    for (const position of site.call.arguments.keys()) {
      const given = argumentOf(site, position);
      if (given === undefined || position === 0) continue;
      yield* toFunction(flow, given, { role, name: role === 'hook' ? `${callee.property} ${name}` : name, models: found, site });
    }
  }
}

const hookName = (flow: CallFlow, value: CodeValue): string =>
  followValue(flow.program, value)
    .flatMap((one) => (one.expression.kind === 'array' ? one.expression.elements.map((expression) => ({ ...one, expression })) : [one]))
    .map((one) => constantText(flow, one) ?? patternText(one))
    .join(' ');

const patternText = ({ expression }: CodeValue): string => (expression.kind === 'other' ? 'operations that match a pattern' : '…');

/** `new Schema(…, { statics: { … }, methods: { … } })`. */
function* inOptions(flow: CallFlow, models: MongooseModels): Iterable<SchemaFunction> {
  for (const site of callSites(flow.program)) {
    const options = isSchemaCall(flow, site) ? argumentOf(site, 1) : undefined;
    const found = options === undefined ? [] : (models.bySchema.get(callKey(site)) ?? []);
    if (options === undefined || found.length === 0) continue;
    for (const { key, value } of literalParts(flow, options).parts) {
      if (key !== 'statics' && key !== 'methods') continue;
      for (const one of literalParts(flow, value).parts) yield* toFunction(flow, one.value, { role: key, name: one.key, models: found });
    }
  }
}

/** Methods of a class that is a schema (typegoose, `loadClass`). */
function* inClasses(flow: CallFlow, models: MongooseModels): Iterable<SchemaFunction> {
  for (const [symbol, model] of models.byClass)
    for (const child of flow.program.childrenOf(symbol)) {
      const found = declared(flow.program, child);
      if (found?.declaration.kind !== 'method') continue;
      const role = found.declaration.isStatic === true ? 'statics' : 'methods';
      yield { symbol: child, role, name: found.declaration.binding ?? '', models: [model] };
    }
}

function* toFunction(flow: CallFlow, value: CodeValue, rest: Omit<SchemaFunction, 'symbol'>): Iterable<SchemaFunction> {
  for (const { module, owner, expression } of followValue(flow.program, bare(value))) {
    if (callOf({ module, owner, expression }) !== undefined) continue;
    if (expression.kind === 'function') {
      yield { symbol: flow.program.symbolAt(module.id, expression.declaration), ...rest };
      continue;
    }
    const referent = flow.program.resolveExpression(module.id, owner, expression);
    if (referent.kind === 'symbol') yield { symbol: referent.symbol, ...rest };
  }
}
