import type { CallSyntax } from '../model/file-syntax.ts';
import { resultOfFunction } from './evaluate-declaration.ts';
import { instanceOfClass } from './evaluate-expression.ts';
import type { Evaluator } from './evaluator.ts';
import { resultOfGlobal, resultOfMethod } from './global-results.ts';
import { environmentOfCall, inferTypeParameters } from './infer-type-parameters.ts';
import { declarationAt, type LinkedFile } from './linked-file.ts';
import { importBinding } from './lookup.ts';
import { NO_ENVIRONMENT, promiseOf, UNKNOWN, unionOf, type Value } from './value.ts';

/** What a call returns. */
export function evaluateCall(e: Evaluator, file: LinkedFile, index: number): Value {
  const call = file.syntax.calls[index];
  if (call === undefined || call.kind === 'element') return UNKNOWN;
  const imported = importedByCall(e, file, call);
  if (imported !== undefined) return imported;
  const callee = e.expression(file, call.owner, call.callee);
  const argumentsOf = () => call.arguments.map((argument) => e.expression(file, call.owner, argument));
  if (call.kind === 'new') {
    const typeArguments = (call.typeArguments ?? []).map((type) => e.type(file, call.owner, type, NO_ENVIRONMENT));
    return constructed(e, callee, typeArguments, argumentsOf);
  }
  if (callee.kind !== 'declaration' || call.typeArguments === undefined) return e.resultOf(callee, argumentsOf, false);
  return e.resultOf({ ...callee, environment: environmentOfCall(e, { file, call, callee }, argumentsOf) }, argumentsOf, false);
}

/** `require('x')` and `import('x')` give the module. */
function importedByCall(e: Evaluator, file: LinkedFile, call: CallSyntax): Value | undefined {
  if (call.callee.kind !== 'name' || (call.callee.name !== 'require' && call.callee.name !== 'import')) return undefined;
  const index = file.importAt.get(call.span.start);
  if (index === undefined) return undefined;
  const module = e.bindingValue(importBinding(e, file, index, '*', 'value'));
  return call.callee.name === 'import' ? promiseOf(module) : module;
}

function constructed(e: Evaluator, callee: Value, typeArguments: readonly Value[], argumentsOf: () => readonly Value[]): Value {
  if (callee.kind === 'global' && typeArguments.length === 0) return resultOfGlobal(callee.name, argumentsOf, true);
  if (callee.kind === 'declaration' && typeArguments.length === 0) {
    return instanceOfClass(e, callee, inferredArguments(e, callee, argumentsOf));
  }
  return instanceOfClass(e, callee, typeArguments);
}

/** `new Box(item)` of a `class Box<T> { constructor(item: T) }`. */
function inferredArguments(
  e: Evaluator,
  { file, index }: Extract<Value, { kind: 'declaration' }>,
  argumentsOf: () => readonly Value[],
): Value[] {
  const { typeParameters, kind } = declarationAt(file, index);
  if (kind !== 'class' || typeParameters === undefined) return [];
  const builder = file.members.get(index)?.get('constructor')?.[0];
  if (builder === undefined) return [];
  const inferred = inferTypeParameters(e, { file, index: builder, typeParameters }, argumentsOf);
  return typeParameters.map((name) => inferred.get(name) ?? UNKNOWN);
}

/** What calling a value returns. */
export function evaluateResult(e: Evaluator, callee: Value, argumentsOf: () => readonly Value[], isConstruction: boolean): Value {
  if (isConstruction) return instanceOfClass(e, callee);
  switch (callee.kind) {
    case 'declaration':
      return resultOfDeclaration(e, callee, argumentsOf);
    case 'structure':
      return resultOfStructure(e, callee);
    case 'external':
      return { kind: 'external-instance', package: callee.package, path: callee.path };
    case 'external-instance':
      return { ...callee, path: [...callee.path, '()'] };
    case 'global':
      return resultOfGlobal(callee.name, argumentsOf, false);
    case 'global-method':
      return resultOfMethod(e, callee, argumentsOf);
    case 'binder':
      return callee.of;
    case 'union':
      return unionOf(callee.options.map((option) => e.resultOf(option, argumentsOf, false)));
    default:
      return UNKNOWN;
  }
}

function resultOfDeclaration(
  e: Evaluator,
  { file, index, environment }: Extract<Value, { kind: 'declaration' }>,
  argumentsOf: () => readonly Value[],
): Value {
  const { typeParameters, kind } = declarationAt(file, index);
  if (kind === 'class' || kind === 'enum' || kind === 'namespace') return UNKNOWN;
  if (typeParameters === undefined || [...typeParameters].every((name) => environment?.has(name))) {
    return resultOfFunction(e, file, index, environment ?? NO_ENVIRONMENT);
  }
  const inferred = inferTypeParameters(e, { file, index, typeParameters }, argumentsOf);
  return resultOfFunction(e, file, index, environment === undefined ? inferred : new Map([...environment, ...inferred]));
}

function resultOfStructure(e: Evaluator, value: Extract<Value, { kind: 'structure' }>): Value {
  const { type, file, owner, environment } = value;
  if (type.kind === 'function') return type.result === undefined ? UNKNOWN : e.type(file, owner, type.result, environment);
  if (type.kind !== 'object') return UNKNOWN;
  const signature = type.members.find(({ name }) => name === '()')?.type;
  return signature === undefined ? UNKNOWN : resultOfStructure(e, { ...value, type: signature });
}
