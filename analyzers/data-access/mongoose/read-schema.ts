import type { SymbolId } from '../../../src/model/ids.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import { classChain } from '../flow/class-instances.ts';
import { argumentOf, bare, type CallSite, type CodeValue, callOf, declared, valueAt } from '../flow/code-value.ts';
import { textsOf } from '../flow/constant-text.ts';
import { propertyOf } from '../flow/follow-value.ts';
import { type LiteralPart, literalParts } from '../flow/literals.ts';

/** What a schema says of the documents of a collection. */
export interface SchemaReading {
  readonly columns: readonly string[];
  /** Paths that hold the id of another model's document, and virtual ones that are joined to one. */
  readonly references: readonly SchemaReference[];
  readonly collection?: string;
}

export interface SchemaReference {
  readonly path: string;
  /** The other model, by its name. */
  readonly model: string;
  readonly isVirtual: boolean;
  readonly at: SourceLocation;
}

const NOTHING: SchemaReading = { columns: [], references: [] };

/** `new Schema({ author: { type: ObjectId, ref: 'Author' } }, { collection: 'books' })`. */
export function readSchema(flow: CallFlow, site: CallSite): SchemaReading {
  const definition = argumentOf(site, 0);
  const options = argumentOf(site, 1);
  const parts = definition === undefined ? [] : literalParts(flow, definition).parts;
  const collection = options === undefined ? undefined : optionText(flow, options, 'collection');
  return {
    columns: [...new Set(parts.map(({ key }) => key))],
    references: parts.flatMap((part) => referencesAt(flow, part, part.key, 0)),
    ...(collection === undefined ? {} : { collection }),
  };
}

/** A constant text in a property of what may be an object literal. */
export function optionText(flow: CallFlow, options: CodeValue, key: string): string | undefined {
  const value = literalParts(flow, options).parts.findLast((part) => part.key === key)?.value;
  return value === undefined ? undefined : constantText(flow, value);
}

export function constantText(flow: CallFlow, value: CodeValue): string | undefined {
  const [text, ...others] = textsOf(flow.program, value);
  return text === undefined || text.holes.length > 0 || others.length > 0 ? undefined : text.parts.join('');
}

/** References of a path, and of the paths below it: `items: [{ book: { ref: 'Book' } }]`. */
function referencesAt(flow: CallFlow, { key, value }: LiteralPart, path: string, depth: number): readonly SchemaReference[] {
  const at = flow.program.location(value.module.id, value.expression.span.start);
  if (key === 'ref') {
    const model = modelNamed(flow, value);
    return model === undefined ? [] : [{ path: parentPath(path), model, isVirtual: false, at }];
  }
  if (depth > 6) return [];
  const nested = nestedSchema(flow, value);
  if (nested !== undefined) return nested.references.map((reference) => ({ ...reference, path: `${path}.${reference.path}` }));
  const below = value.expression.kind === 'literal' ? [] : literalParts(flow, value).parts;
  return below.flatMap((part) => referencesAt(flow, part, part.key === 'type' ? path : `${path}.${part.key}`, depth + 1));
}

const parentPath = (path: string): string => path.split('.').slice(0, -1).join('.');

/** A path whose type is itself a schema. */
function nestedSchema(flow: CallFlow, value: CodeValue): SchemaReading | undefined {
  const site = callOf(bare(value));
  return site !== undefined && isSchemaCall(flow, site) ? readSchema(flow, site) : undefined;
}

export function isSchemaCall(flow: CallFlow, { module, call }: CallSite): boolean {
  const referent = flow.program.resolveExpression(module.id, call.owner, call.callee);
  return referent.kind === 'external' && referent.package === 'mongoose' && referent.path.at(-1) === 'Schema';
}

/** A model named by text, by `User.name`, by the class itself, or by a function that gives one of these. */
export function modelNamed(flow: CallFlow, value: CodeValue): string | undefined {
  const { module, owner, expression } = bare(value);
  if (expression.kind === 'function') {
    const returned = module.syntax.declarations[expression.declaration]?.returns?.values[0];
    return returned === undefined ? undefined : modelNamed(flow, { module, owner: expression.declaration, expression: returned });
  }
  const text = constantText(flow, value);
  if (text !== undefined) return text;
  const named = expression.kind === 'member' && expression.property === 'name' ? expression.object : expression;
  const referent = flow.program.resolveExpression(module.id, owner, named);
  const found = referent.kind === 'symbol' ? declared(flow.program, referent.symbol) : undefined;
  return found?.declaration.kind === 'class' ? found.declaration.binding : undefined;
}

/** A class whose fields carry `@Prop()` (Nest) or `@prop()` (typegoose), base classes first. */
export function readSchemaClass(flow: CallFlow, symbol: SymbolId): SchemaReading {
  const readings = classChain(flow.program, symbol)
    .toReversed()
    .map((one) => readClass(flow, one.symbol));
  const collection = readings.findLast((reading) => reading.collection !== undefined)?.collection;
  return {
    columns: [...new Set(readings.flatMap(({ columns }) => columns))],
    references: readings.flatMap(({ references }) => references),
    ...(collection === undefined ? {} : { collection }),
  };
}

function readClass(flow: CallFlow, symbol: SymbolId): SchemaReading {
  const found = declared(flow.program, symbol);
  if (found === undefined) return NOTHING;
  const fields = flow.program.childrenOf(symbol).flatMap((child) => {
    const field = declared(flow.program, child);
    const decorator = field === undefined ? undefined : decoratorOf(field, propertyDecorators);
    return field === undefined || decorator === undefined ? [] : [{ key: field.declaration.binding ?? '', decorator }];
  });
  const own = decoratorOf(found, classDecorators);
  const options = own === undefined ? undefined : argumentOf(own, 0);
  const collection = options === undefined ? undefined : collectionIn(flow, options);
  return {
    columns: fields.map(({ key }) => key),
    references: fields.flatMap(({ key, decorator }) => {
      const [argument] = decorator.call.arguments;
      return argument === undefined ? [] : referencesAt(flow, { key, value: valueAt(decorator, argument) }, key, 0);
    }),
    ...(collection === undefined ? {} : { collection }),
  };
}

/** `@Schema({ collection })`, `@modelOptions({ schemaOptions: { collection } })`. */
export function collectionIn(flow: CallFlow, options: CodeValue): string | undefined {
  const nested = propertyOf(flow.program, bare(options), 'schemaOptions');
  return optionText(flow, options, 'collection') ?? (nested === undefined ? undefined : optionText(flow, nested, 'collection'));
}

const propertyDecorators: ReadonlySet<string> = new Set(['Prop', 'prop']);
const classDecorators: ReadonlySet<string> = new Set(['Schema', 'modelOptions']);

/** The call of a decorator of one of these names. */
export function decoratorOf(
  {
    module,
    index,
    declaration,
  }: {
    readonly module: CallSite['module'];
    readonly index: number;
    readonly declaration: CallSite['module']['syntax']['declarations'][number];
  },
  names: ReadonlySet<string>,
): CallSite | undefined {
  for (const decorator of declaration.decorators ?? []) {
    const site = callOf({ module, owner: index, expression: decorator });
    const callee = site?.call.callee;
    if (callee?.kind === 'name' && names.has(callee.name)) return site;
  }
  return undefined;
}
