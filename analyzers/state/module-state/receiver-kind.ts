import type { CallSyntax, DeclarationSyntax, Expression, PropertySyntax, TypeSyntax } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries, Referent } from '../../../src/model/program.ts';
import { bare } from '../read-through/expressions.ts';

/** What a method is called on: a collection of this process, an object of a package (a client, a queue), or nobody knows. */
export type ReceiverKind = 'memory' | 'package' | 'unknown';

/** An expression and the declaration whose names it sees. */
interface Placed {
  readonly module: ModuleRecord;
  readonly owner: number;
  readonly expression: Expression;
}

/** Further a value is not followed. */
const FARTHEST = 10;

/** What the receiver of a call is: by everything that is ever assigned to it, then by its declared type. */
export function receiverKind(program: ProgramQueries, placed: Placed, depth = 0): ReceiverKind {
  const { module, owner } = placed;
  const expression = bare(placed.expression);
  if (depth > FARTHEST) return 'unknown';
  const at = (other: Expression): ReceiverKind => receiverKind(program, { ...placed, expression: other }, depth + 1);
  switch (expression.kind) {
    case 'array':
      return 'memory';
    case 'object':
      return expression.properties.length === 0 ? 'memory' : 'unknown';
    case 'choice':
      return joined(expression.options.map(at));
    case 'call': {
      const call = module.syntax.calls[expression.call];
      return call === undefined ? 'unknown' : madeBy(program, { ...placed, expression }, call, depth);
    }
    case 'name':
    case 'this':
    case 'member':
    case 'index':
      break;
    default:
      return 'unknown';
  }
  const byName = kindOf(program, program.resolveExpression(module.id, owner, expression), depth);
  if (byName !== 'unknown') return byName;
  const byType = kindOf(program, program.typeOfExpression(module.id, owner, expression), depth);
  if (byType !== 'unknown' || (expression.kind !== 'member' && expression.kind !== 'index')) return byType;
  const key = expression.kind === 'member' ? expression.property : undefined;
  return elementOf(program, { ...placed, expression: expression.object }, { key, depth });
}

const joined = (kinds: readonly ReceiverKind[]): ReceiverKind =>
  kinds.find((kind) => kind === 'memory') ?? kinds.find((kind) => kind === 'package') ?? 'unknown';

/** Something that lies in a collection: what is written in its literal tells, else it is memory as the collection is. */
function elementOf(
  program: ProgramQueries,
  container: Placed,
  { key, depth }: { readonly key: string | undefined; readonly depth: number },
): ReceiverKind {
  const { module, owner, expression } = container;
  const referent = program.resolveExpression(module.id, owner, expression);
  const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
  const { initializer, initializerOwner, parent } = found?.module.syntax.declarations[found.index] ?? {};
  const values =
    initializer?.kind === 'object'
      ? namedFirst(initializer.properties, key).map(({ value }) => value)
      : initializer?.kind === 'array'
        ? initializer.elements
        : undefined;
  if (found === undefined || values === undefined) return receiverKind(program, container, depth + 1);
  const place = { module: found.module, owner: initializerOwner ?? parent ?? 0 };
  const kind = joined(values.map((value) => receiverKind(program, { ...place, expression: value }, depth + 1)));
  return kind === 'unknown' ? 'memory' : kind;
}

function namedFirst(properties: readonly PropertySyntax[], key: string | undefined): readonly PropertySyntax[] {
  const named = key === undefined ? [] : properties.filter((property) => property.key === key);
  return named.length > 0 ? named : properties;
}

/** What a call gives: a collection of the language, an object of a package, or what a function of the program returns. */
function madeBy(program: ProgramQueries, placed: Placed, call: CallSyntax, depth: number): ReceiverKind {
  const { module, owner, expression } = placed;
  const [first] = call.arguments;
  if (call.callee.kind === 'name' && call.callee.name === 'require') {
    if (first?.kind === 'literal' && /\.json$/.test(String(first.value))) return 'memory';
    return kindOf(program, program.resolveExpression(module.id, owner, expression), depth);
  }
  if (call.callee.kind === 'super') return 'unknown';
  const callee = program.resolveExpression(module.id, call.owner, call.callee);
  if (callee.kind === 'global') return 'memory';
  if (callee.kind !== 'symbol') return kindOf(program, callee, depth);
  if (call.kind === 'new') return instanceOf(program, callee.symbol, depth);
  const found = program.declaration(callee.symbol);
  const returned = found?.module.syntax.declarations[found.index]?.returns?.values ?? [];
  if (found === undefined) return 'unknown';
  const place = { module: found.module, owner: found.index };
  return joined(returned.map((value) => receiverKind(program, { ...place, expression: value }, depth + 1)));
}

function kindOf(program: ProgramQueries, referent: Referent, depth: number): ReceiverKind {
  switch (referent.kind) {
    case 'external':
    case 'external-instance':
      return 'package';
    case 'global':
      return collections.has(referent.name) ? 'memory' : 'unknown';
    case 'symbol':
      return ofDeclaration(program, referent.symbol, depth);
    default:
      return 'unknown';
  }
}

/** Collections of the language, and the types that name them. */
const collections: ReadonlySet<string> = new Set([
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'Array',
  'ReadonlyArray',
  'ReadonlyMap',
  'ReadonlySet',
  'Record',
  'Object',
  'Buffer',
  'Int8Array',
  'Uint8Array',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
]);

function ofDeclaration(program: ProgramQueries, symbol: SymbolId, depth: number): ReceiverKind {
  const found = program.declaration(symbol);
  const declaration = found?.module.syntax.declarations[found.index];
  if (found === undefined || declaration === undefined) return 'unknown';
  if (declaration.kind === 'class') return instanceOf(program, symbol, depth);
  const { initializer, initializerOwner, parent, bindingPath, written } = declaration;
  const place = { module: found.module, owner: parent };
  const values = (written ?? []).flatMap(({ how, value }) =>
    how === 'assign' ? [receiverKind(program, { ...place, expression: value }, depth + 1)] : [],
  );
  const isWhole = initializer !== undefined && bindingPath === undefined && initializer.kind !== 'function';
  const initial = isWhole
    ? [receiverKind(program, { module: found.module, owner: initializerOwner ?? parent, expression: initializer }, depth + 1)]
    : [];
  return joined([...initial, ...values, ofType(program, found.module, declaration, declaration.type, depth)]);
}

/** An instance of a class of the program has such a method only from what it extends. */
function instanceOf(program: ProgramQueries, symbol: SymbolId, depth: number): ReceiverKind {
  const found = program.declaration(symbol);
  const declaration = found?.module.syntax.declarations[found.index];
  if (found === undefined || declaration?.extends === undefined || depth > FARTHEST) return 'unknown';
  return kindOf(program, program.resolveExpression(found.module.id, Math.max(declaration.parent, 0), declaration.extends), depth + 1);
}

function ofType(
  program: ProgramQueries,
  module: ModuleRecord,
  declaration: DeclarationSyntax,
  type: TypeSyntax | undefined,
  depth: number,
): ReceiverKind {
  switch (type?.kind) {
    case 'array':
    case 'tuple':
      return 'memory';
    case 'union':
    case 'intersection':
      return joined(type.members.map((member) => ofType(program, module, declaration, member, depth)));
    case 'reference': {
      const referent = program.resolveName(module.id, Math.max(declaration.parent, 0), type.name[0] ?? '');
      if (referent.kind !== 'symbol') return collections.has(type.name[0] ?? '') ? 'memory' : kindOf(program, referent, depth + 1);
      const found = program.declaration(referent.symbol);
      const named = found?.module.syntax.declarations[found.index];
      if (found === undefined || named === undefined || depth > FARTHEST) return 'unknown';
      return named.kind === 'type-alias'
        ? ofType(program, found.module, named, named.type, depth + 1)
        : instanceOf(program, referent.symbol, depth);
    }
    default:
      return 'unknown';
  }
}
