import { remember } from '../../../src/lib/remember.ts';
import type { RouteShapes, Shape } from '../../../src/model/fact.ts';
import type { Expression, TypeSyntax } from '../../../src/model/file-syntax.ts';
import type { moduleOf, SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { type FunctionCode, functionCode } from './function-code.ts';
import { isSchemaLibrary, partOf, type RequestPart, schemaLibrary } from './schema-shapes.ts';
import { expressArguments, referentOf, type WrittenType } from './type-arguments.ts';

/** What a handler's own code says of the requests that it takes: type arguments of `Request`, and schemas that it parses with. */
export const createHandlerShapes = (program: ProgramQueries): ((handler: SymbolId) => RouteShapes) =>
  remember((handler) => ({ ...typedShapes(program, handler), ...parsedShapes(program, handler) }));

/** Positions of the type arguments of `Request` and of `RequestHandler`. */
const ARGUMENTS = ['parameters', 'response', 'body', 'query'] as const;

function typedShapes(program: ProgramQueries, handler: SymbolId): RouteShapes {
  const found = program.declaration(handler);
  if (found === undefined) return {};
  const { declarations } = found.module.syntax;
  const span = declarations[found.index]?.span ?? { start: 0, end: 0 };
  const [request, response] = program
    .declarationsWithin(found.module.id, span)
    .filter(({ kind, parent }) => kind === 'parameter' && parent === found.index)
    .map(({ type }) => type);
  const argumentsOf = (type: TypeSyntax | undefined, wanted: string) =>
    type === undefined ? undefined : expressArguments(program, { module: found.module.id, type }, wanted);
  const given = argumentsOf(declarations[found.index]?.contextualType, 'RequestHandler') ?? argumentsOf(request, 'Request') ?? [];
  const shapes: { -readonly [K in keyof RouteShapes]: RouteShapes[K] } = {};
  ARGUMENTS.forEach((part, index) => {
    const shape = typeShape(program, given[index]);
    if (shape === undefined) return;
    if (part === 'response') shapes.responses = { default: shape };
    else shapes[part] = shape;
  });
  const answered = typeShape(program, argumentsOf(response, 'Response')?.[0]);
  return answered === undefined ? shapes : { ...shapes, responses: { default: answered } };
}

function typeShape(program: ProgramQueries, written: WrittenType | undefined): Shape | undefined {
  if (written?.type.kind === 'array') {
    const element = typeShape(program, { module: written.module, type: written.type.element });
    return element?.kind === 'type' ? { ...element, isList: true } : undefined;
  }
  const referent = written?.type.kind === 'reference' ? referentOf(program, written.module, written.type.name) : undefined;
  return referent?.kind === 'symbol' ? { kind: 'type', symbol: referent.symbol } : undefined;
}

const PARSING: ReadonlySet<string> = new Set([
  ...['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'validate', 'validateAsync', 'validateSync', 'attempt', 'assert', 'cast'],
]);

/** `createBook.parse(request.body)`. */
function parsedShapes(program: ProgramQueries, handler: SymbolId): RouteShapes {
  const code = functionCode(program, handler);
  const found = code?.calls.flatMap(({ callee, arguments: [given], owner }): readonly (readonly [RequestPart, Shape])[] => {
    if (given === undefined || callee.kind !== 'member' || !PARSING.has(callee.property)) return [];
    const part = requestPart(code, given, 0);
    const shape = part === undefined ? undefined : schemaShape(program, code.module.id, owner, callee.object);
    return part === undefined || shape === undefined ? [] : [[part, shape]];
  });
  return Object.fromEntries(found ?? []);
}

const REQUEST = /^_?(?:req|request|ctx|context)$/;
const FARTHEST = 3;

/** `request.body`, `context.request.query`, `await request.json()`, and a name that holds one of them. */
function requestPart(code: FunctionCode, expression: Expression, depth: number): RequestPart | undefined {
  const { syntax } = code.module;
  switch (expression.kind) {
    case 'await':
    case 'assertion':
      return requestPart(code, expression.value, depth);
    case 'member':
      return isRequest(expression.object) ? partOf(expression.property) : undefined;
    case 'call': {
      const callee = syntax.calls[expression.call]?.callee;
      return callee?.kind === 'member' && isRequest(callee.object) && BODY_READERS.has(callee.property) ? 'body' : undefined;
    }
    case 'name': {
      const local = code.declarations.find(({ kind, binding }) => kind === 'variable' && binding === expression.name);
      const { initializer, bindingPath: [taken, deeper] = [] } = local ?? {};
      if (initializer === undefined || depth === FARTHEST) return undefined;
      if (taken !== undefined) return deeper === undefined && isRequest(initializer) ? partOf(taken) : undefined;
      return requestPart(code, initializer, depth + 1);
    }
    default:
      return undefined;
  }
}

const BODY_READERS: ReadonlySet<string> = new Set(['json', 'formData']);

const isRequest = (holder: Expression): boolean =>
  REQUEST.test(holder.kind === 'name' ? holder.name : holder.kind === 'member' ? holder.property : '');

/** The constant that holds a schema, or the schema that is written in place. */
function schemaShape(program: ProgramQueries, module: ReturnType<typeof moduleOf>, owner: number, schema: Expression): Shape | undefined {
  if (schema.kind === 'call') {
    const made = program.resolveExpression(module, owner, schema);
    return made.kind === 'external-instance' && isSchemaLibrary(made.package)
      ? { kind: 'schema', library: schemaLibrary(made.package), at: program.location(module, schema.span.start) }
      : undefined;
  }
  if (schema.kind !== 'name' && schema.kind !== 'member') return undefined;
  const instance = program.resolveExpression(module, owner, schema);
  const named = schema.kind === 'name' ? program.resolveName(module, owner, schema.name, schema.span.start) : instance;
  if (named.kind !== 'symbol') return undefined;
  const declared = program.declaration(named.symbol);
  const declaration = declared?.module.syntax.declarations[declared.index];
  if (declared === undefined || declaration?.initializer === undefined) return undefined;
  const made = program.resolveExpression(declared.module.id, Math.max(0, declaration.parent), declaration.initializer);
  if ((made.kind !== 'external-instance' && made.kind !== 'external') || !isSchemaLibrary(made.package)) return undefined;
  return {
    kind: 'schema',
    library: schemaLibrary(made.package),
    at: program.location(declared.module.id, declaration.span.start),
    symbol: named.symbol,
  };
}
