import { ownEntry } from '../../../src/lib/own-entry.ts';
import { remember } from '../../../src/lib/remember.ts';
import type { BootValue } from '../../../src/model/boot-trace.ts';
import type { RouteShapes, Shape } from '../../../src/model/fact.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import type { Link } from './chain-link.ts';
import { functionCode } from './function-code.ts';
import { PACKAGE_ROLES } from './package-roles.ts';
import { partOf, type RequestPart, readShapes, toShape } from './schema-shapes.ts';

/** What a link checks of requests; `undefined` for one that is no validation. */
export interface Validation {
  readonly shapes?: RouteShapes;
}

/** Recognises middleware that checks requests: a package's, or a function that was made with a schema. */
export function createValidation(program: ProgramQueries): (link: Link) => Validation | undefined {
  const partsRead = remember((symbol: SymbolId) => readParts(program, symbol, 0));
  const checksClasses = remember((symbol: SymbolId) => usesClassValidation(program, symbol, 0));
  return ({ value, at }) => {
    if (value?.kind === 'external') return ownEntry(PACKAGE_ROLES, value.package) === 'validation' ? ofPackage(value, at) : undefined;
    if (value?.kind !== 'function' || value.captured === undefined) return undefined;
    const { captured, symbol } = value;
    // `guard({ body, params })` that takes its argument apart: the names say what each schema is of.
    const byName = readShapes({ kind: 'object', properties: captured, complete: true });
    if (byName !== undefined) return { shapes: byName };
    const schemas = Object.values(captured).flatMap((one) => (one.kind === 'class' && !checksClasses(symbol) ? [] : [one]));
    const named = Object.values(captured).flatMap((one) => (one.kind === 'constant' ? (partOf(String(one.value)) ?? []) : []));
    const parts = named.length > 0 ? named : [...partsRead(symbol)];
    const found = schemas.flatMap((schema) => ofSchema(schema, parts) ?? []);
    return found.length === 0 ? undefined : found.reduce((all, one) => withShapes({ ...all.shapes, ...one.shapes }));
  };
}

type External = Extract<BootValue, { readonly kind: 'external' }>;

const withShapes = (shapes: RouteShapes): Validation => (Object.keys(shapes).length === 0 ? {} : { shapes });

function ofPackage(value: External, at: SourceLocation): Validation {
  const names = value.path.filter((name) => name !== 'default' && name !== '()');
  const [given] = value.arguments ?? [];
  if (value.package === 'express-validator') return ofFieldChain(names[0] ?? '', value.at ?? at);
  const whole = given === undefined ? undefined : readShapes(given);
  if (whole !== undefined) return { shapes: whole };
  const part = partOf((names.at(-1) ?? '').replace(/^.*?(Body|Query|Params|Headers)$/, '$1').toLowerCase());
  const shape = given === undefined ? undefined : toShape(given);
  return part === undefined || shape === undefined ? {} : { shapes: { [part]: shape } };
}

/** `body('title').isString()`: fields are checked one by one, where that is written; `check` looks for them everywhere. */
function ofFieldChain(name: string, at: SourceLocation): Validation {
  const part = partOf(name);
  return part === undefined ? {} : { shapes: { [part]: { kind: 'schema', library: 'express-validator', at } } };
}

/** A schema of one part of the request, of an object of its parts, or an object of schemas. */
function ofSchema(value: BootValue, parts: readonly RequestPart[]): Validation | undefined {
  if (value.kind === 'array') {
    const found = value.elements.flatMap((element) => ofSchema(element, parts) ?? []);
    return found.length === 0 ? undefined : withShapes(Object.assign({}, ...found.map(({ shapes }) => shapes)));
  }
  if (value.kind === 'external' && value.at !== undefined && ownEntry(PACKAGE_ROLES, value.package) === 'validation')
    return ofPackage(value, value.at);
  if (value.kind === 'object') {
    const shapes = readShapes(value);
    return shapes === undefined ? undefined : { shapes };
  }
  const shape: Shape | undefined = value.kind === 'class' ? { kind: 'type', symbol: value.symbol } : toShape(value);
  if (shape === undefined) return undefined;
  const [only, other] = parts;
  if (only !== undefined && other === undefined) return { shapes: { [only]: shape } };
  const inner = value.kind === 'external' ? value.arguments?.[0] : undefined;
  const whole = inner === undefined ? undefined : readShapes(inner);
  return whole === undefined ? {} : { shapes: whole };
}

const FARTHEST = 2;

/** Parts of the request that the code of a function, or what it calls, takes. */
function readParts(program: ProgramQueries, symbol: SymbolId, depth: number): ReadonlySet<RequestPart> {
  const code = functionCode(program, symbol);
  const own = [...(code?.members ?? [])].flatMap((name) => (REQUEST_MEMBERS.has(name) ? (partOf(name) ?? []) : []));
  if (own.length > 0 || depth === FARTHEST) return new Set(own);
  const called = program.callsFrom(symbol).filter(({ kind }) => kind === 'call');
  return new Set(called.flatMap(({ to }) => [...readParts(program, to, depth + 1)]));
}

const REQUEST_MEMBERS: ReadonlySet<string> = new Set(['body', 'query', 'params', 'headers']);
const CLASS_VALIDATION: ReadonlySet<string> = new Set(['class-validator', 'class-transformer', 'class-transformer-validator']);

function usesClassValidation(program: ProgramQueries, symbol: SymbolId, depth: number): boolean {
  const code = functionCode(program, symbol);
  const isChecking = code?.calls.some(({ callee, owner }) => {
    const referent = program.resolveExpression(code.module.id, owner, callee);
    return referent.kind === 'external' && CLASS_VALIDATION.has(referent.package);
  });
  if (isChecking === true || depth === FARTHEST) return isChecking === true;
  return program.callsFrom(symbol).some(({ kind, to }) => kind === 'call' && usesClassValidation(program, to, depth + 1));
}
