import type { CallSyntax, Expression } from '../../../src/model/file-syntax.ts';
import type { ModuleId, SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { answers } from './answers.ts';
import { HTTP_METHODS } from './file-path.ts';

/**
 * Methods that a function answers, where it tells them apart by comparing the request's with constants or by an object
 * that it is made with (`{ GET: list, POST: create }`); empty where it does not, `ALL` where it answers any other, too.
 */
export function comparedMethods(program: ProgramQueries, handler: SymbolId): readonly string[] {
  const found = program.declaration(handler);
  if (found === undefined) return [];
  const { syntax } = found.module;
  const isInside = (owner: number): boolean => {
    for (let index = owner; index >= 0; index = syntax.declarations[index]?.parent ?? -1) if (index === found.index) return true;
    return false;
  };
  const compared = (syntax.comparisons ?? []).filter(({ name, value, owner }) => isMethod(name, value) && isInside(owner));
  const methods = HTTP_METHODS.filter((method) => compared.some(({ value }) => value.toUpperCase() === method));
  // Who answers where no method is the one asked for answers any.
  const last = compared.toSorted((left, right) => left.at - right.at).at(-1)?.otherwise;
  if (last !== undefined && answers(program, found.module, last)) return ['ALL'];
  // Who asks for OPTIONS only answers the others alike.
  return methods.some((method) => method !== 'OPTIONS' && method !== 'HEAD') ? methods : [];
}

const isMethod = (name: string, value: string): boolean => /method$/i.test(name) && HTTP_METHODS.includes(value.toUpperCase());

/** Methods that are the keys of an object which an export of a module is made with: `export default byMethod({ GET: list })`. */
export function mappedMethods(program: ProgramQueries, module: ModuleId, name: string): readonly string[] {
  const syntax = program.module(module)?.syntax;
  const exported = syntax?.exports.find((one) => one.name === name);
  const local = exported?.local;
  const written =
    exported?.value ??
    (local === undefined ? undefined : syntax?.declarations.find(({ binding, parent }) => parent === 0 && binding === local)?.initializer);
  const keys = written === undefined ? [] : keysOf(written, syntax?.calls ?? []);
  return HTTP_METHODS.filter((method) => keys.includes(method));
}

function keysOf(written: Expression, calls: readonly CallSyntax[]): readonly string[] {
  if (written.kind === 'object') return written.properties.flatMap(({ key }) => (key === undefined ? [] : [key.toUpperCase()]));
  const call = written.kind === 'call' ? calls[written.call] : undefined;
  return call?.arguments.flatMap((argument) => keysOf(argument, calls)) ?? [];
}
