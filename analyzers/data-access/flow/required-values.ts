import type { ModuleId } from '../../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries, Referent } from '../../../src/model/program.ts';
import { bare, type CodeValue, callOf, type Declared, declared } from './code-value.ts';

/** Modules hand on what they require: more than that is a cycle. */
const FARTHEST = 6;

/** The declaration that `require('./models')`, with a path of members, gives: `const { Book } = require('./models')`. */
export function requiredValue(program: ProgramQueries, value: CodeValue, path: readonly string[]): Declared | CodeValue | undefined {
  const target = requiredModule(program, value);
  return target === undefined ? undefined : exported(program, target, path, 0);
}

/** What a name stands for that a `require` binds, when that is a value of a package: `const { Book } = require('./models')`. */
export function requiredName(
  program: ProgramQueries,
  { module, expression }: CodeValue,
  path: readonly string[] = [],
): Declared | CodeValue | undefined {
  const bound = expression.kind === 'name' ? requireOf(program, module, expression.name) : undefined;
  return bound === undefined ? undefined : exported(program, bound.target, [...bound.path, ...path], 0);
}

/** All that a module exports, where a `require` binds a name to a member of it: `module.exports = { Book }` is a literal to look in. */
export function requiredWhole(
  program: ProgramQueries,
  { module, expression }: CodeValue,
): { readonly whole: Declared | CodeValue; readonly path: readonly string[] } | undefined {
  const bound = expression.kind === 'name' ? requireOf(program, module, expression.name) : undefined;
  const whole = bound === undefined || bound.path.length === 0 ? undefined : exported(program, bound.target, [], 0);
  return bound === undefined || whole === undefined ? undefined : { whole, path: bound.path };
}

/** The module that a name is required from, and the member of it that the name is. */
function requireOf(
  program: ProgramQueries,
  { id, syntax }: ModuleRecord,
  name: string,
): { readonly target: ModuleId; readonly path: readonly string[] } | undefined {
  for (const [index, { kind, bindings }] of syntax.imports.entries()) {
    const binding = kind === 'require' ? bindings.find(({ local }) => local === name) : undefined;
    const target = binding === undefined ? undefined : program.resolvedImport(id, index)?.target;
    if (binding !== undefined && target?.kind === 'module')
      return { target: target.module, path: binding.imported === '*' ? [] : [binding.imported] };
  }
  return undefined;
}

function requiredModule(program: ProgramQueries, value: CodeValue): ModuleId | undefined {
  const site = callOf(bare(value));
  if (site === undefined || site.call.callee.kind !== 'name' || site.call.callee.name !== 'require') return undefined;
  const { module, call } = site;
  const index = module.syntax.imports.findIndex(
    ({ kind, span }) => kind === 'require' && span.start <= call.span.start && call.span.end <= span.end,
  );
  const found = index < 0 ? undefined : program.resolvedImport(module.id, index)?.target;
  return found?.kind === 'module' ? found.module : undefined;
}

function exported(
  program: ProgramQueries,
  target: ModuleId,
  [first, ...rest]: readonly string[],
  depth: number,
): Declared | CodeValue | undefined {
  const module = program.module(target);
  if (module === undefined || depth > FARTHEST) return undefined;
  const own = module.syntax.exports.find(({ name }) => name === (first ?? '='));
  if (own?.value !== undefined) {
    const value = { module, owner: 0, expression: own.value };
    return requiredValue(program, value, rest) ?? (rest.length === 0 ? value : undefined);
  }
  const found = symbolOf(program, program.resolveExport(target, first ?? '='));
  const { initializer, bindingPath } = found?.declaration ?? {};
  if (found === undefined || initializer === undefined || rest.length > 0) return found;
  return (
    requiredValue(program, { module: found.module, owner: found.declaration.parent, expression: initializer }, bindingPath ?? []) ?? found
  );
}

const symbolOf = (program: ProgramQueries, referent: Referent): Declared | undefined =>
  referent.kind === 'symbol' ? declared(program, referent.symbol) : undefined;
