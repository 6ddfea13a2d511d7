import type { BootValue } from '../model/boot-trace.ts';
import type { SourceLocation } from '../model/location.ts';
import { capturedValues } from './captured-values.ts';
import type { Machine } from './machine.ts';
import { ROOT } from './paths.ts';
import { simpleResult } from './simple-result.ts';
import { sourceText } from './source-text.ts';
import type { ClassValue, FunctionValue, Origin, Value } from './value.ts';
import { unwrapHandler } from './wrapped-handler.ts';

/** How much of a value is told, and what functions in it say. */
interface Telling {
  readonly depth: number;
  readonly size: number;
  readonly functions: (value: FunctionValue, convert: (result: Value) => BootValue) => BootValue;
}

/** The part of a value that models and analyzers read, as it is at this moment. */
export const toBootValue = (machine: Machine, value: Value, limits: Pick<Telling, 'depth' | 'size'> = { depth: 6, size: 400 }): BootValue =>
  convertValue(machine, value, {
    ...limits,
    functions: (handler) => ({
      ...functionValue(machine, handler),
      closure: machine.state.closures.idOf(handler),
      ...capturedBy(machine, handler),
    }),
  });

/** A value that stands in a decorator: its functions are not registered, and the simple ones tell what they give. */
export const toDecoratorValue = (machine: Machine, value: Value): BootValue =>
  convertValue(machine, value, {
    depth: 12,
    size: 5000,
    functions: (written, convert) => {
      const result = simpleResult(machine, written);
      return { ...functionValue(machine, written), ...(result === undefined ? {} : { result: convert(result) }) };
    },
  });

function capturedBy(machine: Machine, handler: FunctionValue): { readonly captured?: Readonly<Record<string, BootValue>> } {
  const values = capturedValues(handler);
  if (values.size === 0) return {};
  const convert = (value: Value): BootValue => convertValue(machine, value, { depth: 5, size: 60, functions: () => ({ kind: 'unknown' }) });
  return { captured: Object.fromEntries(Array.from(values, ([name, value]) => [name, convert(value)])) };
}

function convertValue(machine: Machine, value: Value, telling: Telling): BootValue {
  let size = 0;
  const convert = (current: Value, depth: number): BootValue => {
    size += 1;
    if (depth > telling.depth || size > telling.size) return { kind: 'unknown' };
    const nested = (inner: Value): BootValue => convert(inner, depth + 1);
    const record = (entries: Iterable<readonly [string, Value]>): Record<string, BootValue> =>
      Object.fromEntries(Array.from(entries, ([name, inner]) => [name, nested(inner)]));

    switch (current.kind) {
      case 'constant':
        return { kind: 'constant', value: typeof current.value === 'string' ? withoutRoot(current.value) : current.value };
      case 'template':
        return { kind: 'template', parts: current.parts.map(withoutRoot), holes: current.holes };
      case 'pattern':
        return current;
      case 'environment':
        return current.fallback === undefined
          ? { kind: 'environment', name: current.name }
          : { kind: 'environment', name: current.name, default: nested(current.fallback) };
      case 'array':
        return { kind: 'array', elements: current.elements.map(nested), complete: current.complete };
      case 'object':
        return { kind: 'object', properties: record(current.properties), complete: current.complete };
      case 'function':
        return telling.functions(current, nested);
      case 'class':
        return classValue(machine, current);
      case 'instance':
        return current.base?.kind === 'library'
          ? { kind: 'library', object: current.base.id }
          : { kind: 'instance', class: current.class.symbol };
      case 'library':
        return { kind: 'library', object: current.id };
      case 'export':
        return { kind: 'external', package: current.package, path: current.path, called: false };
      case 'method':
        return { kind: 'unknown', text: current.name };
      case 'external':
        return {
          kind: 'external',
          package: current.package,
          path: current.path,
          called: current.called,
          ...(current.arguments.length > 0 ? { arguments: current.arguments.map(nested) } : {}),
          ...at(machine, current.origin),
        };
      case 'promise':
        return nested(current.value);
      case 'union':
        return { kind: 'union', options: current.options.map(nested) };
      case 'unknown':
        return current.origin === undefined
          ? { kind: 'unknown' }
          : { kind: 'unknown', text: sourceText(current.origin.node), ...at(machine, current.origin) };
      default:
        return { kind: 'unknown' };
    }
  };
  return convert(value, 0);
}

function classValue(machine: Machine, made: ClassValue): BootValue {
  const id = machine.state.decorated.get(made)?.id ?? made.symbol;
  return { kind: 'class', symbol: made.symbol, ...(id === made.symbol ? {} : { id }) };
}

type BootFunction = Extract<BootValue, { readonly kind: 'function' }>;

function functionValue(machine: Machine, value: FunctionValue): BootFunction {
  const { handler, wrappers, delegate } = unwrapHandler(machine, value);
  return {
    kind: 'function',
    symbol: handler.symbol,
    at: machine.recorder.location({ module: handler.module.id, node: handler.node }),
    parameters: Math.max(0, formalCount(value) - value.bound.length),
    ...(wrappers.length > 0 || handler.isWrapped ? { wrapped: true } : {}),
    ...(wrappers.length > 0 ? { wrappers } : {}),
    ...(delegate === undefined ? {} : { delegate }),
  };
}

/** What `length` of the function is: parameters before the first with a default or rest. */
function formalCount(value: FunctionValue): number {
  const parameters = value.node.params;
  const end = parameters.findIndex((parameter) => parameter.type === 'AssignmentPattern' || parameter.type === 'RestElement');
  return end === -1 ? parameters.length : end;
}

const at = (machine: Machine, origin: Origin | undefined): { at?: SourceLocation } =>
  origin === undefined ? {} : { at: machine.recorder.location(origin) };

/** Paths of the analysed root are told relative to it. */
const withoutRoot = (text: string): string => (text.includes(ROOT) ? text.replaceAll(`${ROOT}/`, './').replaceAll(ROOT, '.') : text);
