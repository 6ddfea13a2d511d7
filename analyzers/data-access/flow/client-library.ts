import type { BootTrace } from '../../../src/model/boot-trace.ts';
import type { TypeSyntax } from '../../../src/model/file-syntax.ts';
import type { LibraryObjectId, ModuleId, SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries, Referent } from '../../../src/model/program.ts';
import { beginningMethods } from './beginning-methods.ts';
import { type CallFlow, originsOf } from './call-flow.ts';
import { type CodeValue, callOf, type Declared, declarationOfName, declared } from './code-value.ts';
import { followValue } from './follow-value.ts';

/** The package a receiver comes from; `program` for the monolith's own classes and objects, `unknown` when nothing is known. */
export type ReceiverOrigin =
  | { readonly kind: 'package'; readonly package: string; readonly path: readonly string[] }
  | { readonly kind: 'program' }
  | { readonly kind: 'unknown' };

export type OriginOf = (value: CodeValue) => ReceiverOrigin;

/** Answers where a receiver comes from: start-up evaluation, declared types, initialisers, and what callers pass. */
export function createReceiverOrigins(flow: CallFlow, trace: BootTrace): OriginOf {
  const { program } = flow;
  const libraryOf = libraries(trace);
  const bound = boundLibraries(trace, libraryOf);
  const members = memberLibraries(trace, libraryOf);
  const known = new Map<string, ReceiverOrigin>();
  return (value) => {
    const key = keyOf(value);
    const evaluated = members.get(key) ?? members.get(handingKey(program, value));
    const origin = known.get(key) ?? (evaluated === undefined ? findOrigin(flow, bound, value) : packageOrigin(evaluated));
    known.set(key, origin);
    return origin;
  };
}

const keyOf = ({ module, expression: { span } }: CodeValue): string => `${module.id} ${span.start} ${span.end}`;

/** The client whose transaction a value is handed: `app.db` of `app.db.transaction((trx) => trx('books'))`. */
function handingKey(program: ProgramQueries, value: CodeValue): string {
  const { module, declaration } = declarationOfName(program, value) ?? {};
  const { passedTo } = module?.syntax.declarations[declaration?.kind === 'parameter' ? declaration.parent : -1] ?? {};
  const callee = passedTo === undefined ? undefined : module?.syntax.calls[passedTo.call]?.callee;
  if (module === undefined || callee?.kind !== 'member' || !beginningMethods.has(callee.property)) return '';
  return keyOf({ module, owner: 0, expression: callee.object });
}

const packageOrigin = (library: string): ReceiverOrigin => ({ kind: 'package', package: library, path: [] });

type LibraryOf = (object: LibraryObjectId) => string | undefined;

/** Which package made an object, by the kind its model gives it (`pg.pool`). */
function libraries(trace: BootTrace): LibraryOf {
  const kinds = new Map(trace.objects.map(({ id, kind }) => [id, kind]));
  return (object) => modelPackages[kinds.get(object)?.split('.')[0] ?? ''];
}

/** Which package made the object a symbol holds. */
const boundLibraries = (trace: BootTrace, libraryOf: LibraryOf): ReadonlyMap<SymbolId, string> =>
  new Map(
    trace.bindings.flatMap(({ object, symbol }) => {
      const library = libraryOf(object);
      return library === undefined ? [] : [[symbol, library] as const];
    }),
  );

/** Which package made the object that evaluation found at a member: `app.db`, put there by a plugin. */
const memberLibraries = (trace: BootTrace, libraryOf: LibraryOf): ReadonlyMap<string, string> =>
  new Map(
    (trace.members ?? []).flatMap(({ object, span }) => {
      const library = libraryOf(object);
      return library === undefined ? [] : [[`${span.file} ${span.start} ${span.end}`, library] as const];
    }),
  );

const modelPackages: Readonly<Record<string, string>> = { prisma: '@prisma/client', pg: 'pg', knex: 'knex' };

function findOrigin(flow: CallFlow, bound: ReadonlyMap<SymbolId, string>, value: CodeValue): ReceiverOrigin {
  const { program } = flow;
  const direct = directOrigin(program, bound, value);
  if (direct.kind === 'package') return direct;
  const declaredType = typeOrigin(program, value);
  if (declaredType.kind === 'package') return declaredType;
  for (const source of originsOf(flow, value)) {
    const origin = directOrigin(program, bound, source);
    if (origin.kind === 'package') return origin;
  }
  return direct.kind === 'program' || declaredType.kind === 'program' ? { kind: 'program' } : { kind: 'unknown' };
}

function directOrigin(program: ProgramQueries, bound: ReadonlyMap<SymbolId, string>, value: CodeValue): ReceiverOrigin {
  const { module, owner, expression } = value;
  const named = program.resolveExpression(module.id, owner, expression);
  if (named.kind === 'symbol') {
    const library = bound.get(named.symbol);
    if (library !== undefined) return packageOrigin(library);
  }
  const binding = declarationOfName(program, value);
  const library = binding === undefined ? undefined : bound.get(binding.symbol);
  if (library !== undefined) return packageOrigin(library);
  const byName = originOfReferent(program, named);
  if (byName.kind === 'package') return byName;
  const byType = originOfReferent(program, program.typeOfExpression(module.id, owner, expression));
  if (byType.kind !== 'unknown') return byType;
  return calledOrigin(program, value) ?? byName;
}

/** What a package's function returned: `knex({ … })`, `new Pool()`. */
function calledOrigin(program: ProgramQueries, value: CodeValue): ReceiverOrigin | undefined {
  const site = callOf(value);
  if (site === undefined) return undefined;
  const callee = program.resolveExpression(site.module.id, site.call.owner, site.call.callee);
  if (callee.kind === 'external' || callee.kind === 'external-instance')
    return { kind: 'package', package: callee.package, path: callee.path };
  const held = callee.kind === 'symbol' ? declared(program, callee.symbol) : undefined;
  return held !== undefined && holding.has(held.declaration.kind) ? givenOrigin(program, held) : undefined;
}

/** What a function gives that a parameter, field or variable is declared to hold: `tenant: () => Knex`. */
function givenOrigin(program: ProgramQueries, { module, declaration }: Declared): ReceiverOrigin | undefined {
  const { type, parent } = declaration;
  const origin =
    type?.kind === 'function' && type.result !== undefined ? originOfType(program, module.id, parent, type.result, 0) : undefined;
  return origin?.kind === 'package' ? origin : undefined;
}

function originOfReferent(program: ProgramQueries, referent: Referent, depth = 0): ReceiverOrigin {
  if (referent.kind === 'external' || referent.kind === 'external-instance')
    return { kind: 'package', package: referent.package, path: referent.path };
  if (referent.kind !== 'symbol' || depth > 5) return { kind: 'unknown' };
  const found = declared(program, referent.symbol);
  if (found === undefined) return { kind: 'unknown' };
  const { kind, extends: base, type, extendsTypes } = found.declaration;
  if (kind === 'class') {
    const parent =
      base === undefined
        ? undefined
        : originOfReferent(program, program.resolveExpression(found.module.id, found.declaration.parent, base), depth + 1);
    return parent?.kind === 'package' && !neutralPackages.has(parent.package) ? parent : { kind: 'program' };
  }
  if (kind === 'type-alias' && type !== undefined) return originOfType(program, found.module.id, found.declaration.parent, type, depth + 1);
  if (kind === 'interface')
    for (const parent of extendsTypes ?? []) {
      const origin = originOfType(program, found.module.id, found.declaration.parent, parent, depth + 1);
      if (origin.kind === 'package') return origin;
    }
  return { kind: 'unknown' };
}

/** A class of the program that extends one of these is still a class of the program. */
const neutralPackages: ReadonlySet<string> = new Set(['events', 'node:events', 'stream', 'node:stream']);

/** Declarations whose type is that of the value they hold, not of what they return. */
const holding: ReadonlySet<string> = new Set(['variable', 'parameter', 'field', 'getter']);

/** What the declared type of a variable, parameter or field says, unions and aliases included. */
function typeOrigin(program: ProgramQueries, value: CodeValue): ReceiverOrigin {
  for (const source of [value, ...followValue(program, value)]) {
    const { module, owner, expression } = source;
    const referent = program.resolveExpression(module.id, owner, expression);
    const found = declarationOfName(program, source) ?? (referent.kind === 'symbol' ? declared(program, referent.symbol) : undefined);
    const type = found?.declaration.type;
    if (found === undefined || type === undefined || !holding.has(found.declaration.kind)) continue;
    const origin = originOfType(program, found.module.id, found.declaration.parent, type, 0);
    if (origin.kind !== 'unknown') return origin;
  }
  return { kind: 'unknown' };
}

function originOfType(program: ProgramQueries, module: ModuleId, owner: number, type: TypeSyntax, depth: number): ReceiverOrigin {
  if (depth > 5) return { kind: 'unknown' };
  switch (type.kind) {
    case 'union':
    case 'intersection': {
      const origins = type.members.map((member) => originOfType(program, module, owner, member, depth + 1));
      return origins.find(({ kind }) => kind === 'package') ?? origins.find(({ kind }) => kind === 'program') ?? { kind: 'unknown' };
    }
    case 'reference': {
      const wrapped = type.arguments[0];
      if (transparentTypes.has(type.name[0] ?? '') && wrapped !== undefined)
        return originOfType(program, module, owner, wrapped, depth + 1);
      return originOfReferent(program, program.resolveName(module, owner, type.name[0] ?? ''), depth + 1);
    }
    default:
      return { kind: 'unknown' };
  }
}

const transparentTypes: ReadonlySet<string> = new Set([
  'Promise',
  'Readonly',
  'Partial',
  'Omit',
  'Pick',
  'Awaited',
  'NonNullable',
  'Required',
]);
