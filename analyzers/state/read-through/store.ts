import type { Expression } from '../../../src/model/file-syntax.ts';
import { nameOf, type SymbolId } from '../../../src/model/ids.ts';
import type { SourceSpan } from '../../../src/model/location.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';
import type { ClassUses } from './class-uses.ts';

/** An empty collection that the program makes once and keeps: in a module-level constant, or in a field of an instance in one. */
export interface Store {
  /** The constant, or the field (`TtlCache.entries`). */
  readonly symbol: SymbolId;
  readonly module: ModuleRecord;
  /** Name of the constant or field. */
  readonly name: string;
  readonly form: 'collection' | 'object';
  /** Class that holds it in a field, as its declaration's index. */
  readonly class?: { readonly symbol: SymbolId; readonly index: number };
  /** The expression that makes the empty collection. */
  readonly span: SourceSpan;
}

/** The store behind a binding; undefined for anything that is not empty at first, or not the same for as long as the process lives. */
export function storeOf(program: ProgramQueries, classes: ClassUses, symbol: SymbolId): Store | undefined {
  const found = program.declaration(symbol);
  const declaration = found?.module.syntax.declarations[found.index];
  if (found === undefined || declaration?.kind !== 'variable' || declaration.parent !== 0 || declaration.mutability !== 'const')
    return undefined;
  const { module } = found;
  if (isTakenWhole(module)) return undefined;
  const { initializer } = declaration;
  if (initializer === undefined || declaration.bindingPath !== undefined) return undefined;
  const form = formOf(program, module, initializer);
  if (form !== undefined) return { symbol, module, name: nameOf(symbol), form, span: { file: module.id, ...initializer.span } };
  const call = initializer.kind === 'call' ? module.syntax.calls[initializer.call] : undefined;
  const made = call?.kind === 'new' ? program.resolveExpression(module.id, 0, call.callee) : undefined;
  return made?.kind === 'symbol' ? storeOfClass(program, classes, made.symbol) : undefined;
}

/** A slice adds no import to a module that assigns `module.exports`. */
const isTakenWhole = ({ syntax }: ModuleRecord): boolean => syntax.exports.some(({ name }) => name === '=');

/** Packages whose instances are emptied by one call, by the option that would run code of the program when entries go. */
const cachePackages: ReadonlySet<string> = new Set(['lru-cache', 'node-cache', 'quick-lru']);
const OPTIONS_THAT_CALL = /^(?:dispose|disposeAfter|noDisposeOnSet|fetchMethod|memoMethod|onInsert|onEviction)$/;

function formOf(program: ProgramQueries, module: ModuleRecord, made: Expression): Store['form'] | undefined {
  if (made.kind === 'object') return made.properties.length === 0 ? 'object' : undefined;
  const call = made.kind === 'call' ? module.syntax.calls[made.call] : undefined;
  if (call?.kind !== 'new') return undefined;
  const callee = program.resolveExpression(module.id, call.owner, call.callee);
  if (callee.kind === 'global') return callee.name === 'Map' && call.arguments.length === 0 ? 'collection' : undefined;
  if (callee.kind !== 'external' || !cachePackages.has(callee.package)) return undefined;
  const areRead = call.arguments.every(
    (argument) =>
      argument.kind === 'literal' ||
      (argument.kind === 'object' && argument.properties.every(({ key }) => key !== undefined && !OPTIONS_THAT_CALL.test(key))),
  );
  return areRead ? 'collection' : undefined;
}

/** A class whose instances keep nothing but one collection. */
function storeOfClass(program: ProgramQueries, classes: ClassUses, symbol: SymbolId): Store | undefined {
  const found = program.declaration(symbol);
  const declaration = found?.module.syntax.declarations[found.index];
  if (found === undefined || declaration?.kind !== 'class' || declaration.extends !== undefined) return undefined;
  const { module, index } = found;
  if (isTakenWhole(module)) return undefined;
  const { declarations, mutations } = module.syntax;
  const changed = new Set(
    mutations.flatMap(({ binding, path, owner }) => (binding === 'this' && isInside(module, owner, index) ? (path[0] ?? []) : [])),
  );
  const fields = declarations.flatMap((field) => {
    const form =
      field.kind === 'field' && field.parent === index && field.isStatic !== true && field.initializer !== undefined
        ? formOf(program, module, field.initializer)
        : undefined;
    return form === 'collection' && field.initializer !== undefined && field.binding !== undefined
      ? [{ name: field.binding, form, span: field.initializer.span }]
      : [];
  });
  const [field, ...others] = fields;
  const isReplaced = mutations.some(
    ({ binding, path, operation, owner }) =>
      binding === 'this' && operation !== 'call' && path.length === 1 && path[0] === field?.name && isInside(module, owner, index),
  );
  if (field === undefined || others.length > 0 || isReplaced || [...changed].some((name) => name !== field.name)) return undefined;
  // Every instance is made while modules load and held by a constant of its module.
  if (classes.isExtended(symbol) || classes.instancesOf(symbol).includes(undefined)) return undefined;
  return {
    symbol: program.symbolAt(
      module.id,
      declarations.findIndex(({ kind, parent, binding }) => kind === 'field' && parent === index && binding === field.name),
    ),
    module,
    name: field.name,
    form: field.form,
    class: { symbol, index },
    span: { file: module.id, ...field.span },
  };
}

/** Whether a declaration lies in another one. */
export function isInside({ syntax }: ModuleRecord, inner: number, outer: number): boolean {
  for (let index = inner; index >= 0; index = syntax.declarations[index]?.parent ?? -1) if (index === outer) return true;
  return false;
}
