import type { Evaluator } from './evaluator.ts';
import { awaited, BOOLEAN, elementOf, globalInstance, NUMBER, promiseOf, STRING, UNKNOWN, unionOf, type Value } from './value.ts';

type GlobalMethod = Extract<Value, { kind: 'global-method' }>;

/** What global functions and constructors give. */
export function resultOfGlobal(name: string, argumentsOf: () => readonly Value[], isConstruction: boolean): Value {
  switch (name) {
    case 'Promise.all':
      return promiseOf(allOf(argumentsOf()[0] ?? UNKNOWN));
    case 'Promise.race':
    case 'Promise.any':
      return promiseOf(elementOf(argumentsOf()[0] ?? UNKNOWN));
    case 'Promise.resolve':
      return promiseOf(argumentsOf()[0] ?? UNKNOWN);
    case 'Object.values':
      return globalInstance('Array', valuesOf(argumentsOf()[0] ?? UNKNOWN));
    case 'Object.entries':
      return globalInstance('Array', globalInstance('Tuple', STRING, valuesOf(argumentsOf()[0] ?? UNKNOWN)));
    case 'Object.freeze':
    case 'structuredClone':
      return argumentsOf()[0] ?? UNKNOWN;
    case 'Object.assign':
      return unionOf(argumentsOf());
    case 'Array.from':
    case 'Set':
      return globalInstance(name === 'Set' ? 'Set' : 'Array', elementOf(argumentsOf()[0] ?? UNKNOWN));
    case 'Map':
      return mapOf(argumentsOf()[0]);
    case 'Object.keys':
      return globalInstance('Array', STRING);
    case 'String':
    case 'JSON.stringify':
      return STRING;
    case 'Number':
    case 'parseInt':
    case 'parseFloat':
      return NUMBER;
    case 'Boolean':
      return BOOLEAN;
    case 'Array':
      return globalInstance('Array', UNKNOWN);
    default:
      // What the runtime makes has no function of the program in it, unless it was handed one.
      return passing.has(name) ? UNKNOWN : globalInstance(isConstruction ? name : `${name}()`);
  }
}

/** Functions that may give back what they are given. */
const passing = new Set([
  'Object.create',
  'Object.fromEntries',
  'Reflect.get',
  'Reflect.apply',
  'Reflect.construct',
  'Proxy',
  'require',
  'eval',
  'Function',
]);

const allOf = (value: Value): Value =>
  value.kind === 'global-instance' && value.name === 'Tuple'
    ? globalInstance('Tuple', ...value.arguments.map(awaited))
    : globalInstance('Array', awaited(elementOf(value)));

const valuesOf = (value: Value): Value =>
  value.kind === 'global-instance' && value.name === 'Record' ? (value.arguments[1] ?? UNKNOWN) : UNKNOWN;

function mapOf(entries: Value | undefined): Value {
  const entry = entries === undefined ? UNKNOWN : elementOf(entries);
  return entry.kind === 'global-instance' && entry.name === 'Tuple' ? globalInstance('Map', ...entry.arguments) : globalInstance('Map');
}

/** What methods of arrays, maps, sets, promises and strings give. */
export function resultOfMethod(e: Evaluator, { receiver, name }: GlobalMethod, argumentsOf: () => readonly Value[]): Value {
  switch (receiver.name) {
    case 'Array':
    case 'Tuple':
    case 'Set':
      return resultOfCollection(e, receiver, name, argumentsOf);
    case 'Map':
      return resultOfMap(receiver, name);
    case 'Promise':
      return resultOfPromise(e, receiver, name, argumentsOf);
    case 'String':
      return name === 'split' || name === 'match' ? globalInstance('Array', STRING) : STRING;
    case 'Number':
    case 'Boolean':
      return STRING;
    default:
      // What a method of a class of the runtime gives has no part of the program in it.
      return globalInstance(`${receiver.name}.${name}`);
  }
}

function resultOfCollection(e: Evaluator, receiver: GlobalMethod['receiver'], name: string, argumentsOf: () => readonly Value[]): Value {
  const element = elementOf(receiver);
  switch (name) {
    case 'find':
    case 'findLast':
    case 'at':
    case 'pop':
    case 'shift':
      return element;
    case 'map':
      return globalInstance('Array', resultOfCallback(e, argumentsOf()[0]));
    case 'flatMap':
      return globalInstance('Array', elementOf(resultOfCallback(e, argumentsOf()[0])));
    case 'flat':
      return globalInstance('Array', elementOf(element));
    case 'reduce':
    case 'reduceRight':
      return argumentsOf()[1] ?? element;
    case 'join':
      return STRING;
    case 'indexOf':
    case 'findIndex':
    case 'push':
    case 'unshift':
      return NUMBER;
    case 'some':
    case 'every':
    case 'includes':
    case 'has':
      return BOOLEAN;
    case 'entries':
      return globalInstance('Array', globalInstance('Tuple', NUMBER, element));
    default:
      return globalInstance('Array', element);
  }
}

const resultOfCallback = (e: Evaluator, callback: Value | undefined): Value =>
  callback === undefined ? UNKNOWN : e.resultOf(callback, () => [], false);

function resultOfMap(receiver: GlobalMethod['receiver'], name: string): Value {
  const [key = UNKNOWN, value = UNKNOWN] = receiver.arguments;
  switch (name) {
    case 'get':
      return value;
    case 'values':
      return globalInstance('Array', value);
    case 'keys':
      return globalInstance('Array', key);
    case 'entries':
      return globalInstance('Array', globalInstance('Tuple', key, value));
    case 'set':
      return receiver;
    case 'has':
    case 'delete':
      return BOOLEAN;
    default:
      return UNKNOWN;
  }
}

function resultOfPromise(e: Evaluator, receiver: GlobalMethod['receiver'], name: string, argumentsOf: () => readonly Value[]): Value {
  switch (name) {
    case 'then':
      return promiseOf(resultOfCallback(e, argumentsOf()[0]));
    case 'catch':
      return promiseOf(unionOf([awaited(receiver), awaited(resultOfCallback(e, argumentsOf()[0]))]));
    default:
      return receiver;
  }
}
