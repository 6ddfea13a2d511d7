import { rootPackage } from '../../../src/lib/package-name.ts';
import { remember } from '../../../src/lib/remember.ts';
import type { Expression } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { type CallSite, type CodeValue, type Declared, declared, valueAt } from '../flow/code-value.ts';
import { followValue, propertyOf } from '../flow/follow-value.ts';
import { importedBinding } from './imported-binding.ts';

/** A decorator of the mapper on a declaration; one that the program makes of several counts as each of them. */
export interface MapperDecorator {
  readonly names: ReadonlySet<string>;
  readonly expression: Expression;
  /** Absent when it is written without parentheses. */
  readonly site?: CallSite;
  /** Arguments, names followed. */
  readonly arguments: readonly CodeValue[];
}

export type DecoratorsOf = (found: Declared) => readonly MapperDecorator[];

export function createDecoratorReader(program: ProgramQueries, owns: (packageName: string) => boolean): DecoratorsOf {
  const inside = remember((symbol: SymbolId): ReadonlySet<string> => namesInside(program, owns, inside, symbol));
  return remember((found: Declared) => read(found));

  function read({ module, declaration }: Declared): readonly MapperDecorator[] {
    return (declaration.decorators ?? []).flatMap((expression): readonly MapperDecorator[] => {
      const call = expression.kind === 'call' ? module.syntax.calls[expression.call] : undefined;
      const site = expression.kind === 'call' && call !== undefined ? { module, index: expression.call, call } : undefined;
      const names = decoratorNames(program, owns, inside, {
        module,
        owner: call?.owner ?? declaration.parent,
        expression: call?.callee ?? expression,
      });
      if (names.size === 0) return [];
      const given = site === undefined ? [] : site.call.arguments.flatMap((argument) => followValue(program, valueAt(site, argument)));
      return [{ names, expression, ...(site === undefined ? {} : { site }), arguments: given }];
    });
  }
}

type NamesInside = (symbol: SymbolId) => ReadonlySet<string>;

const NONE: ReadonlySet<string> = new Set();

function decoratorNames(
  program: ProgramQueries,
  owns: (packageName: string) => boolean,
  inside: NamesInside,
  { module, owner, expression }: CodeValue,
): ReadonlySet<string> {
  const referent = program.resolveExpression(module.id, owner, expression);
  if (referent.kind === 'external') return owns(rootPackage(referent.package)) ? new Set(referent.path.slice(-1)) : NONE;
  if (referent.kind !== 'symbol') return NONE;
  // The mapper's own code may stand in the tree.
  const binding =
    expression.kind === 'name' ? importedBinding(module, expression.name, (specifier) => owns(rootPackage(specifier))) : undefined;
  return binding === undefined ? inside(referent.symbol) : new Set([binding.imported]);
}

/** The mapper's decorators that a function of the program applies: `applyDecorators(Column(), …)`, `Entity(options)(target)`. */
function namesInside(
  program: ProgramQueries,
  owns: (packageName: string) => boolean,
  inside: NamesInside,
  symbol: SymbolId,
): ReadonlySet<string> {
  const found = declared(program, symbol);
  if (found === undefined || found.declaration.returns === undefined) return NONE;
  const { start, end } = found.declaration.span;
  const names = found.module.syntax.calls.flatMap((call) => {
    if (call.span.start < start || call.span.end > end || call.callee.kind === 'call') return [];
    const referent = program.resolveExpression(found.module.id, call.owner, call.callee);
    if (referent.kind === 'external') return owns(rootPackage(referent.package)) ? referent.path.slice(-1) : [];
    return referent.kind === 'symbol' && referent.symbol !== symbol && isDecoratorLike(call.callee) ? [...inside(referent.symbol)] : [];
  });
  return new Set(names);
}

/** Decorators are named as types are. */
const isDecoratorLike = (callee: Expression): boolean => callee.kind === 'name' && /^[A-Z]/.test(callee.name);

/** The decorator's options: the last argument that is an object literal. */
export const optionsOf = ({ arguments: given }: MapperDecorator): CodeValue | undefined =>
  given.findLast(({ expression }) => expression.kind === 'object');

export const optionOf = (program: ProgramQueries, decorator: MapperDecorator | undefined, name: string): CodeValue | undefined => {
  const options = decorator === undefined ? undefined : optionsOf(decorator);
  return options === undefined ? undefined : propertyOf(program, options, name);
};

export const withName = (decorators: readonly MapperDecorator[], ...names: readonly string[]): MapperDecorator | undefined =>
  decorators.find((decorator) => names.some((name) => decorator.names.has(name)));
