import { groupBy } from '../../src/lib/group.ts';
import { remember } from '../../src/lib/remember.ts';
import type { CallSyntax, EnvironmentReadSyntax, Expression } from '../../src/model/file-syntax.ts';
import type { ModuleId, SymbolId } from '../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../src/model/program.ts';

/** A call by which a variable is read, with its name when that is a constant. */
export interface WrappedRead {
  readonly module: ModuleRecord;
  readonly call: CallSyntax;
  readonly name?: string;
}

/** The calls that hand a name down to a read; `undefined` when not all of them are known. */
export type FindWrappedReads = (module: ModuleRecord, read: EnvironmentReadSyntax) => readonly WrappedRead[] | undefined;

interface Site {
  readonly module: ModuleRecord;
  readonly call: CallSyntax;
}

/** Follows `env('HOST')` through `const env = (name) => process.env[name]`; each parameter's callers are looked at once. */
export function createFindWrappedReads(program: ProgramQueries): FindWrappedReads {
  const known = new Map<SymbolId, readonly WrappedRead[] | undefined>();
  const sitesIn = remember((file: ModuleId) => sitesByCallee(program, file));
  const ofParameter = (parameter: Parameter): readonly WrappedRead[] | undefined => {
    if (known.has(parameter.symbol)) return known.get(parameter.symbol);
    // One that comes back to itself says nothing new.
    known.set(parameter.symbol, []);
    const edges = program.callsTo(parameter.owner);
    const isHandedOn = edges.some(({ kind }) => kind === 'callback');
    const callers = [...new Set(edges.map(({ at }) => at.file))].flatMap((file) => sitesIn(file).get(parameter.owner) ?? []);
    const found = callers.length === 0 || isHandedOn ? undefined : callers.map((site) => ofSite(parameter, site));
    const all = found?.every((reads) => reads !== undefined) === true ? found.flatMap((reads) => reads ?? []) : undefined;
    known.set(parameter.symbol, all);
    return all;
  };

  const ofSite = ({ position }: Parameter, { module, call }: Site): readonly WrappedRead[] | undefined => {
    const given = call.arguments.slice(0, position + 1);
    const passed = given[position];
    if (passed === undefined || given.some(({ kind }) => kind === 'spread')) return [{ module, call }];
    const names = constantsOf(program, module, call.owner, passed);
    if (names !== undefined) return names.map((name) => ({ module, call, name }));
    const handed = passed.kind === 'name' ? parameterOf(program, module, call.owner, passed) : undefined;
    return handed === undefined ? [{ module, call }] : ofParameter(handed);
  };

  return (module, { key, owner }) => {
    const parameter = key?.kind === 'name' ? parameterOf(program, module, owner, key) : undefined;
    return parameter === undefined ? undefined : ofParameter(parameter);
  };
}

interface Parameter {
  readonly symbol: SymbolId;
  readonly owner: SymbolId;
  readonly position: number;
}

/** The parameter that a name is, unless it is a part of one, or code gives it another value. */
function parameterOf(
  program: ProgramQueries,
  module: ModuleRecord,
  owner: number,
  { name, span }: Extract<Expression, { kind: 'name' }>,
): Parameter | undefined {
  const referent = program.resolveName(module.id, owner, name, span.start);
  const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
  const declaration = found?.module.syntax.declarations[found.index];
  if (found === undefined || referent.kind !== 'symbol' || declaration?.kind !== 'parameter') return undefined;
  const { position, bindingPath, written, isRest, initializer, parent } = declaration;
  if (position === undefined || bindingPath !== undefined || written !== undefined || initializer !== undefined || isRest === true)
    return undefined;
  return { symbol: referent.symbol, owner: program.symbolAt(found.module.id, parent), position };
}

/** `'HOST'`, a constant that is called something, and each of several. */
function constantsOf(program: ProgramQueries, module: ModuleRecord, owner: number, value: Expression): readonly string[] | undefined {
  if (value.kind === 'literal') return typeof value.value === 'string' ? [value.value] : undefined;
  if (value.kind === 'assertion') return constantsOf(program, module, owner, value.value);
  if (value.kind === 'choice') {
    const options = value.options.map((option) => constantsOf(program, module, owner, option));
    return options.every((names) => names !== undefined) ? options.flatMap((names) => names ?? []) : undefined;
  }
  if (value.kind !== 'name') return undefined;
  const referent = program.resolveName(module.id, owner, value.name, value.span.start);
  const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
  const declaration = found?.module.syntax.declarations[found.index];
  const { initializer, mutability } = declaration ?? {};
  return mutability === 'const' && initializer?.kind === 'literal' && typeof initializer.value === 'string'
    ? [initializer.value]
    : undefined;
}

/** The calls of a source file whose callees are known, by these. */
function sitesByCallee(program: ProgramQueries, file: ModuleId): ReadonlyMap<SymbolId, readonly Site[]> {
  const module = program.module(file);
  const sites = (module?.role === 'source' ? module.syntax.calls : []).flatMap((call) => {
    const referent = program.resolveExpression(file, call.owner, call.callee);
    return module === undefined || referent.kind !== 'symbol' ? [] : [{ callee: referent.symbol, site: { module, call } }];
  });
  return groupBy(
    sites,
    ({ callee }) => callee,
    ({ site }) => site,
  );
}
