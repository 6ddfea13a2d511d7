import type { BootClass, BootDecorator, BootMember, BootTrace, BootValue } from '../model/boot-trace.ts';
import type { HandlerReference } from '../model/fact.ts';
import { moduleOf, type SymbolId } from '../model/ids.ts';
import type { SourceLocation, SourceSpan } from '../model/location.ts';

/** A decorator of a package, as it is written. */
export interface DecoratorCall {
  readonly package: string;
  readonly name: string;
  readonly arguments: readonly BootValue[];
  readonly at: SourceLocation;
  readonly span: SourceSpan;
}

/** The decorators among several that packages have made, in source order. */
export const decoratorCalls = (decorators: readonly BootDecorator[]): readonly DecoratorCall[] =>
  decorators.flatMap(({ value, at, span }) => {
    if (value.kind !== 'external') return [];
    const name = value.path.filter((part) => part !== 'default').join('.');
    return [{ package: value.package, name, arguments: value.arguments ?? [], at, span: { file: at.file, ...span } }];
  });

/** The first decorator of a package that has one of the names. */
export const decoratorOf = (decorators: readonly BootDecorator[], origin: string, names: readonly string[]): DecoratorCall | undefined =>
  decoratorCalls(decorators).find((call) => call.package === origin && names.includes(call.name));

/** A member of a decorated class, as what starts work. */
export const memberHandler = ({ symbol, closure }: BootMember): HandlerReference => ({
  module: moduleOf(symbol),
  symbol,
  ...(closure === undefined ? {} : { closure }),
});

/** Finds decorated classes by value or symbol; of several that one function made the first stands for the symbol. */
export function indexClasses({ classes = [] }: Pick<BootTrace, 'classes'>): (class_: string) => BootClass | undefined {
  const byId = new Map(classes.map((one) => [one.id, one]));
  return (wanted) => byId.get(wanted);
}

/** The id of a class that a value is, or is an instance of. */
export function classOf(value: BootValue): SymbolId | string | undefined {
  if (value.kind === 'class') return value.id ?? value.symbol;
  return value.kind === 'instance' ? value.class : undefined;
}

/** A value without the lists around it: elements of lists in lists, options of a choice. */
export function flatValues(value: BootValue | undefined): readonly BootValue[] {
  if (value?.kind === 'array') return value.elements.flatMap(flatValues);
  if (value?.kind === 'union') return value.options.flatMap(flatValues);
  if (value?.kind === 'function' && value.result !== undefined) return flatValues(value.result);
  return value === undefined ? [] : [value];
}

/** A text that is known, defaults of unset variables taken. */
export function textOf(value: BootValue | undefined): string | undefined {
  if (value?.kind === 'constant') return value.value === undefined || value.value === null ? undefined : String(value.value);
  if (value?.kind === 'environment') return textOf(value.default);
  return value?.kind === 'union' ? value.options.map(textOf).find((text) => text !== undefined) : undefined;
}

export const propertyOf = (value: BootValue | undefined, name: string): BootValue | undefined =>
  value?.kind === 'object' && Object.hasOwn(value.properties, name) ? value.properties[name] : undefined;
