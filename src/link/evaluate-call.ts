import type { CallSyntax } from '../model/file-syntax.ts';
import { resultOfFunction } from './evaluate-declaration.ts';
import { bindTypeArguments } from './evaluate-type.ts';
import type { Evaluator } from './evaluator.ts';
import { resultOfGlobal, resultOfMethod } from './global-results.ts';
import { environmentOfCall, environmentOfSignature, inferTypeParameters } from './infer-type-parameters.ts';
import { instanceOfClass } from './instance-of-class.ts';
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
  return givenByContainer(e, file, call, callee) ?? e.resultOf(withWrittenTypes(e, file, call, callee), argumentsOf, false);
}

/** The callee, with the type arguments written at the call. */
function withWrittenTypes(e: Evaluator, file: LinkedFile, call: CallSyntax, callee: Value): Value {
  if (call.typeArguments === undefined) return callee;
  switch (callee.kind) {
    case 'declaration':
      return { ...callee, environment: environmentOfCall(e, { file, call, callee }, () => []) };
    case 'structure': {
      const { typeParameters } = callee.type.kind === 'function' ? callee.type : {};
      if (typeParameters === undefined) return callee;
      const written = call.typeArguments.map((type) => e.type(file, call.owner, type, NO_ENVIRONMENT));
      return { ...callee, environment: new Map([...callee.environment, ...bindTypeArguments(typeParameters, written)]) };
    }
    case 'union':
      return unionOf(callee.options.map((option) => withWrittenTypes(e, file, call, option)));
    default:
      return callee;
  }
}

/** What containers of packages are asked by. */
const containerMethods = new Set(['get', 'resolve', 'inject', 'getAsync', 'resolveAsync', 'getInstance']);

/** `container.get(Store)`, `moduleRef.resolve<Store>(TOKEN)`: a package that is given a class gives its instance. */
function givenByContainer(e: Evaluator, file: LinkedFile, call: CallSyntax, callee: Value): Value | undefined {
  if ((callee.kind !== 'external' && callee.kind !== 'external-instance') || !containerMethods.has(callee.path.at(-1) ?? ''))
    return undefined;
  const [written] = call.typeArguments ?? [];
  if (written !== undefined) {
    const typed = e.type(file, call.owner, written, NO_ENVIRONMENT);
    return typed.kind === 'instance' && call.typeArguments?.length === 1 && isMadeAsIs(typed) ? typed : undefined;
  }
  const [token] = call.arguments;
  if (token?.kind !== 'name') return undefined;
  const named = e.expression(file, call.owner, token);
  return named.kind === 'declaration' && isMadeAsIs(named) ? instanceOfClass(named) : undefined;
}

/** Which class stands behind an interface or an abstract class only the container's registrations tell. */
function isMadeAsIs({ file, index }: { readonly file: LinkedFile; readonly index: number }): boolean {
  const { kind, isAbstract } = declarationAt(file, index);
  return kind === 'class' && isAbstract !== true;
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
    return instanceOfClass(callee, inferredArguments(e, callee, argumentsOf));
  }
  return instanceOfClass(callee, typeArguments);
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
  if (isConstruction) return instanceOfClass(callee);
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
  const { type, file, owner } = value;
  if (type.kind === 'function')
    return type.result === undefined ? UNKNOWN : e.type(file, owner, type.result, environmentOfSignature(value));
  if (type.kind !== 'object') return UNKNOWN;
  const signature = type.members.find(({ name }) => name === '()')?.type;
  return signature === undefined ? UNKNOWN : resultOfStructure(e, { ...value, type: signature });
}
