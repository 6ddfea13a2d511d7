import type { TypeSyntax } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import { ownMember } from '../flow/class-instances.ts';
import {
  bare,
  type CallSite,
  type CodeValue,
  callOf,
  callSites,
  type Declared,
  declarationOfName,
  declared,
  parameterOf,
  valueAt,
} from '../flow/code-value.ts';
import { followValue } from '../flow/follow-value.ts';
import { isSameCall, placedValues } from '../flow/placed-values.ts';
import { callKey, type MongooseModel, type MongooseModels } from './find-models.ts';
import { constantText, decoratorOf, modelNamed } from './read-schema.ts';
import type { SchemaFunctions } from './schema-functions.ts';

/** Which models the values of the program are, and of which the documents it holds. */
export interface ModelResolver {
  /** Models that a value is by itself, without callers; undefined when it is none. */
  recognize(value: CodeValue): readonly MongooseModel[] | undefined;
  /** Models whose document (or query) a value is by itself. */
  recognizeDocument(value: CodeValue): readonly DocumentOf[] | undefined;
}

export interface DocumentOf {
  readonly model: MongooseModel;
  /** It was made here and is not stored yet. */
  readonly isNew: boolean;
  /** The call that decides which model it is, when that is not the code that has the document. */
  readonly place?: CallSite;
}

const queryMethods: ReadonlySet<string> = new Set([
  ...['find', 'findOne', 'findById', 'findOneAndUpdate', 'findByIdAndUpdate', 'findOneAndDelete', 'findByIdAndDelete', 'findOneAndReplace'],
  ...['create', 'insertMany', 'hydrate', 'aggregate', 'where'],
]);

export function createModelResolver(flow: CallFlow, models: MongooseModels, functions: SchemaFunctions): ModelResolver {
  const byType = modelsByType(flow, models);
  const named = (name: string | undefined): readonly MongooseModel[] | undefined => {
    const model = name === undefined ? undefined : models.byName.get(name);
    return model === undefined ? undefined : [model];
  };

  const recognize = (given: CodeValue): readonly MongooseModel[] | undefined => {
    const value = bare(given);
    const { expression } = value;
    switch (expression.kind) {
      case 'call':
        return ofCall(value);
      case 'this':
        return functions.modelsOfThis(value, 'statics');
      case 'index':
        return isModelsMap(expression.object) ? named(constantText(flow, { ...value, expression: expression.index })) : undefined;
      case 'member':
        if (isModelsMap(expression.object)) return named(expression.property) ?? [];
        if (expression.property === 'constructor') return functions.modelsOfThis({ ...value, expression: expression.object }, 'methods');
        return ofDeclaration(value);
      case 'name':
        return ofDeclaration(value);
      default:
        return undefined;
    }
  };

  const ofCall = (value: CodeValue): readonly MongooseModel[] | undefined => {
    const site = callOf(value);
    if (site === undefined) return undefined;
    const known = models.byCall.get(callKey(site));
    if (known !== undefined) return [known];
    const { callee } = site.call;
    const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
    const [first, second] = site.call.arguments;
    if (name !== 'model' || first === undefined || second !== undefined) return undefined;
    return named(modelNamed(flow, valueAt(site, first)));
  };

  /** `@InjectModel(Book.name) private readonly books: Model<Book>`, and what is typed as the model of a class. */
  const ofDeclaration = (value: CodeValue): readonly MongooseModel[] | undefined => {
    const found = ownMember(flow.program, value) ?? parameterOf(flow.program, value);
    if (found === undefined) return undefined;
    const injection = decoratorOf(found, injectors);
    const [token] = injection?.call.arguments ?? [];
    const injected = injection === undefined || token === undefined ? undefined : named(modelNamed(flow, valueAt(injection, token)));
    return injected ?? typedAs(found, modelTypes);
  };

  const typedAs = (found: Declared, wrappers: ReadonlySet<string>): readonly MongooseModel[] | undefined => {
    const { type, parent } = found.declaration;
    if (type?.kind !== 'reference' || !wrappers.has(type.name.at(-1) ?? '')) return undefined;
    const model = byType(found.module.id, parent, type.arguments[0]);
    return model === undefined ? undefined : [model];
  };

  const recognizeDocument = (given: CodeValue): readonly DocumentOf[] | undefined => {
    const value = bare(given);
    if (value.expression.kind === 'this') {
      const own = functions.modelsOfThis(value, 'methods');
      return own?.map((model) => ({ model, isNew: false }));
    }
    if (value.expression.kind === 'call') return documentOfCall(value);
    if (value.expression.kind !== 'name') return undefined;
    const found = declarationOfName(flow.program, value);
    if (found === undefined) return undefined;
    const element = elementSource(found);
    const listed = element === undefined ? undefined : documentsIn(element);
    if (listed !== undefined) return listed;
    const { type, parent } = found.declaration;
    const model = type === undefined ? undefined : documentType(found, parent, type);
    return model === undefined ? undefined : [{ model, isNew: false }];
  };

  const documentsIn = (value: CodeValue): readonly DocumentOf[] | undefined => {
    for (const source of [value, ...followValue(flow.program, value)]) {
      const found = recognizeDocument(source);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const documentType = (found: Declared, owner: number, type: TypeSyntax): MongooseModel | undefined => {
    if (type.kind !== 'reference') return undefined;
    const wraps = documentTypes.has(type.name.at(-1) ?? '') ? type.arguments[0] : type;
    return wraps === undefined ? undefined : byType(found.module.id, owner, wraps);
  };

  /** `new Book(…)`, and queries: `await Book.findOne(…).populate(…)`. */
  const documentOfCall = (value: CodeValue): readonly DocumentOf[] | undefined => {
    const site = callOf(value);
    if (site === undefined) return undefined;
    const { callee, kind } = site.call;
    const isNew = kind === 'new';
    const receiver = isNew ? callee : callee.kind === 'member' ? callee.object : undefined;
    if (receiver === undefined) return undefined;
    const isQuery = isNew || (callee.kind === 'member' && queryMethods.has(callee.property));
    const owner = valueAt(site, receiver);
    const { placed } = isQuery ? placedValues(flow, site, owner, recognize) : { placed: [] };
    if (placed.length > 0)
      return placed.map(({ found: model, site: at }) => ({ model, isNew, ...(isSameCall(at, site) ? {} : { place: at }) }));
    return receiver.kind === 'call' ? documentOfCall(owner) : undefined;
  };

  return { recognize, recognizeDocument };
}

/** `mongoose.models`, `connection.models`. */
const isModelsMap = (expression: CodeValue['expression']): boolean => expression.kind === 'member' && expression.property === 'models';

const injectors: ReadonlySet<string> = new Set(['InjectModel']);
const modelTypes: ReadonlySet<string> = new Set(['Model', 'PaginateModel', 'AggregatePaginateModel', 'SoftDeleteModel', 'ReturnModelType']);
const documentTypes: ReadonlySet<string> = new Set(['HydratedDocument', 'Document', 'DocumentType', 'Promise', 'LeanDocument', 'Query']);

/** `for (const book of books)`, `books.map((book) => …)`: the list that the element is of. */
function elementSource({ module, declaration }: Declared): CodeValue | undefined {
  const { bindingPath, initializer, parent } = declaration;
  if (bindingPath?.length === 1 && bindingPath[0] === '[]' && initializer !== undefined)
    return { module, owner: parent, expression: initializer };
  const around = module.syntax.declarations[parent];
  const call = declaration.kind === 'parameter' && around?.passedTo?.argument === 0 ? module.syntax.calls[around.passedTo.call] : undefined;
  const callee = call?.callee;
  if (call === undefined || callee?.kind !== 'member' || !iterators.has(callee.property)) return undefined;
  return { module, owner: call.owner, expression: callee.object };
}

const iterators: ReadonlySet<string> = new Set(['map', 'forEach', 'filter', 'flatMap', 'some', 'every', 'find', 'then']);

/** Which model a type is the document of: its class, `model<BookDocument>(…)`, and aliases of them. */
function modelsByType(
  flow: CallFlow,
  models: MongooseModels,
): (module: CallSite['module']['id'], owner: number, type: TypeSyntax | undefined) => MongooseModel | undefined {
  const { program } = flow;
  const bySymbol = new Map<SymbolId, MongooseModel>(models.byClass);
  const symbolOf = (module: CallSite['module']['id'], owner: number, type: TypeSyntax | undefined): SymbolId | undefined => {
    if (type?.kind === 'query' && type.name[0] !== undefined) return symbolNamed(module, owner, type.name[0]);
    return type?.kind === 'reference' && type.name[0] !== undefined ? symbolNamed(module, owner, type.name[0]) : undefined;
  };
  const symbolNamed = (module: CallSite['module']['id'], owner: number, name: string): SymbolId | undefined => {
    const referent = program.resolveName(module, owner, name);
    return referent.kind === 'symbol' ? referent.symbol : undefined;
  };
  for (const site of callSites(program)) {
    const model = models.byCall.get(callKey(site));
    const symbol = model === undefined ? undefined : symbolOf(site.module.id, site.call.owner, site.call.typeArguments?.[0]);
    if (model !== undefined && symbol !== undefined && !bySymbol.has(symbol)) bySymbol.set(symbol, model);
  }
  const find = (
    module: CallSite['module']['id'],
    owner: number,
    type: TypeSyntax | undefined,
    depth: number,
  ): MongooseModel | undefined => {
    if (type === undefined || depth > 4) return undefined;
    if (type.kind === 'intersection')
      return type.members.map((member) => find(module, owner, member, depth + 1)).find((one) => one !== undefined);
    const symbol = symbolOf(module, owner, type);
    if (symbol !== undefined) {
      const known = bySymbol.get(symbol);
      if (known !== undefined) return known;
      const alias = declared(program, symbol);
      if (alias?.declaration.kind === 'type-alias')
        return find(alias.module.id, alias.declaration.parent, alias.declaration.type, depth + 1);
    }
    return type.kind === 'reference' && documentTypes.has(type.name.at(-1) ?? '')
      ? find(module, owner, type.arguments[0], depth + 1)
      : undefined;
  };
  return (module, owner, type) => find(module, owner, type, 0);
}
