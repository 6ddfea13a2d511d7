import type { CallSyntax, DeclarationSyntax } from '../model/file-syntax.ts';
import type { Evaluator } from './evaluator.ts';
import { environmentOfCall, environmentOfSignature, settledArguments } from './infer-type-parameters.ts';
import { declarationAt, type LinkedFile } from './linked-file.ts';
import {
  awaited,
  type Environment,
  elementOf,
  globalInstance,
  NO_ENVIRONMENT,
  promiseOf,
  STRING,
  UNKNOWN,
  unionOf,
  type Value,
} from './value.ts';

/** What a use of a declaration's name evaluates to. */
export function evaluateDeclaration(e: Evaluator, file: LinkedFile, index: number, environment: Environment): Value {
  const declaration = declarationAt(file, index);
  switch (declaration.kind) {
    case 'variable':
    case 'field':
    case 'object-member':
      return isFunction(declaration) ? self(file, index, environment) : heldValue(e, file, index, environment);
    case 'parameter':
      return parameterValue(e, file, index, environment);
    case 'getter':
      return resultOfFunction(e, file, index, environment);
    case 'setter':
      return UNKNOWN;
    default:
      return self(file, index, environment);
  }
}

const isFunction = (declaration: DeclarationSyntax): boolean => declaration.returns !== undefined;

/** The function type of a member of an interface or abstract class that is declared as a property: `find: (id: string) => Book`. */
function signatureOf(
  e: Evaluator,
  file: LinkedFile,
  index: number,
  environment: Environment,
): Extract<Value, { kind: 'structure' }> | undefined {
  const declaration = declarationAt(file, index);
  if (declaration.kind !== 'field' || declaration.isAbstract !== true || declaration.type === undefined) return undefined;
  const typed = e.type(file, index, declaration.type, environment);
  return typed.kind === 'structure' && typed.type.kind === 'function' ? typed : undefined;
}

const self = (file: LinkedFile, index: number, environment: Environment): Value =>
  environment.size === 0 ? { kind: 'declaration', file, index } : { kind: 'declaration', file, index, environment };

/** What a variable or field holds: its declared type, unless the initialiser of a constant says more. */
function heldValue(e: Evaluator, file: LinkedFile, index: number, environment: Environment): Value {
  const declaration = declarationAt(file, index);
  if (signatureOf(e, file, index, environment) !== undefined) return self(file, index, environment);
  const typed = declaration.type === undefined ? UNKNOWN : follow(e, e.type(file, index, declaration.type, environment), declaration);
  if (typed.kind !== 'unknown' && !(isOpen(awaited(typed)) && declaration.initializer !== undefined)) return typed;
  const held = initialValue(e, file, index);
  if (typed.kind === 'unknown') return held.kind === 'unknown' ? fallbackValue(file, index, declaration) : held;
  return narrowed(typed, held);
}

/** What is known of a value behind an open type, itself or in a promise. */
function narrowed(typed: Value, held: Value): Value {
  if (isOpen(typed)) return held.kind === 'object' || held.kind === 'instance' ? held : typed;
  if (typed.kind !== 'global-instance' || typed.name !== 'Promise') return typed;
  const inner = narrowed(awaited(typed), awaited(held));
  return inner === awaited(typed) ? typed : promiseOf(inner);
}

/** A type behind which one known value may stand: an interface, an abstract class, or a structure. */
const isOpen = (value: Value): boolean =>
  value.kind === 'structure' || (value.kind === 'instance' && declarationAt(value.file, value.index).kind === 'interface');

function initialValue(e: Evaluator, file: LinkedFile, index: number): Value {
  const declaration = declarationAt(file, index);
  const { initializer } = declaration;
  if (initializer === undefined) return UNKNOWN;
  return follow(e, e.expression(file, declaration.initializerOwner ?? index, initializer), declaration);
}

/** A variable nothing is known of still stands for itself. */
const fallbackValue = (file: LinkedFile, index: number, declaration: DeclarationSyntax): Value =>
  declaration.kind === 'variable' && declaration.parent === 0 && declaration.initializer !== undefined
    ? { kind: 'declaration', file, index }
    : UNKNOWN;

/** Takes the way a destructuring pattern takes from the whole to one name. */
function follow(e: Evaluator, whole: Value, { bindingPath }: DeclarationSyntax): Value {
  let value = whole;
  for (const step of bindingPath ?? []) {
    if (step === '...') continue;
    value = memberAt(e, value, step);
  }
  return value;
}

function parameterValue(e: Evaluator, file: LinkedFile, index: number, environment: Environment): Value {
  const declaration = declarationAt(file, index);
  if (declaration.type !== undefined) {
    const typed = e.type(file, declaration.parent, declaration.type, environment);
    if (typed.kind !== 'unknown') return follow(e, typed, declaration);
  }
  const expected = contextualParameter(e, file, declaration.parent, declaration.position ?? 0);
  if (expected.kind !== 'unknown') return follow(e, expected, declaration);
  return initialValue(e, file, index);
}

/** What whoever calls a function passes at a position, as the type of its holder or the function it is passed to says. */
function contextualParameter(e: Evaluator, file: LinkedFile, functionIndex: number, position: number): Value {
  const declaration = declarationAt(file, functionIndex);
  if (declaration.contextualType !== undefined) {
    return parameterOf(e, e.type(file, functionIndex, declaration.contextualType, NO_ENVIRONMENT), position);
  }
  const { passedTo, passedIn } = declaration;
  const place = passedTo ?? passedIn;
  const call = place && file.syntax.calls[place.call];
  if (place === undefined || call === undefined) return UNKNOWN;
  const callee = withTypeArguments(e, file, call);
  if (passedIn === undefined) return passedParameter(e, callee, place.argument, position);
  const expected = passedIn.path.reduce((value, step) => memberAt(e, value, step), expectedArgument(e, callee, place.argument));
  return parameterOf(e, expected, position);
}

/** The callee, with what its type parameters mean at this call. */
function withTypeArguments(e: Evaluator, file: LinkedFile, call: CallSyntax): Value {
  const callee = e.expression(file, call.owner, call.callee);
  if (callee.kind !== 'declaration') return callee;
  const environment = environmentOfCall(e, { file, call, callee }, () => settledArguments(e, file, call));
  return environment.size === 0 ? callee : { ...callee, environment };
}

const memberAt = (e: Evaluator, value: Value, step: string): Value => (step === '[]' ? elementOf(value) : e.member(value, step));

/** What a callee of the program says it takes at a position. */
function expectedArgument(e: Evaluator, callee: Value, argument: number): Value {
  switch (callee.kind) {
    case 'declaration':
      return parameterOfFunction(e, callee.file, callee.index, argument, callee.environment ?? NO_ENVIRONMENT);
    case 'structure':
      return typedParameter(e, callee, argument);
    default:
      return UNKNOWN;
  }
}

/** What a callee passes at `position` to the function it is given as `argument`. */
function passedParameter(e: Evaluator, callee: Value, argument: number, position: number): Value {
  switch (callee.kind) {
    case 'external':
    case 'external-instance':
      return { kind: 'external-instance', package: callee.package, path: [...callee.path, `(${position})`] };
    case 'global':
      // `new Promise((resolve) => …)`: what the runtime passes is the runtime's.
      return globalInstance(`${callee.name}(${position})`);
    case 'global-method':
      return callbackParameter(callee.receiver, callee.name, position);
    case 'declaration':
      return parameterOf(e, parameterOfFunction(e, callee.file, callee.index, argument, callee.environment ?? NO_ENVIRONMENT), position);
    case 'structure':
      return parameterOf(e, typedParameter(e, callee, argument), position);
    case 'union':
      return unionOf(callee.options.map((option) => passedParameter(e, option, argument, position)));
    default:
      return UNKNOWN;
  }
}

/** The declared type of a function's own parameter. */
function parameterOfFunction(e: Evaluator, file: LinkedFile, index: number, position: number, environment: Environment): Value {
  const signature = signatureOf(e, file, index, environment);
  if (signature !== undefined) return typedParameter(e, signature, position);
  const declared = declarationAt(file, index).parameterTypes?.[position];
  if (declared) return e.type(file, index, declared, environment);
  const parameter = file.children[index]?.find((child) => {
    const declaration = declarationAt(file, child);
    return declaration.kind === 'parameter' && declaration.position === position;
  });
  const type = parameter === undefined ? undefined : declarationAt(file, parameter).type;
  return type === undefined ? UNKNOWN : e.type(file, index, type, environment);
}

/** What is passed at `position` to a function of this type. */
function parameterOf(e: Evaluator, functionValue: Value, position: number): Value {
  switch (functionValue.kind) {
    case 'declaration':
      return parameterOfFunction(e, functionValue.file, functionValue.index, position, functionValue.environment ?? NO_ENVIRONMENT);
    case 'structure':
      return typedParameter(e, functionValue, position);
    case 'external-instance':
      return { ...functionValue, path: [...functionValue.path, `(${position})`] };
    case 'union':
      return unionOf(functionValue.options.map((option) => parameterOf(e, option, position)));
    default:
      return UNKNOWN;
  }
}

function typedParameter(e: Evaluator, value: Extract<Value, { kind: 'structure' }>, position: number): Value {
  const { type } = value;
  if (type.kind === 'object') {
    const signature = type.members.find(({ name }) => name === '()')?.type;
    return signature === undefined ? UNKNOWN : typedParameter(e, { ...value, type: signature }, position);
  }
  const parameter = type.kind === 'function' ? type.parameters[position] : undefined;
  return parameter ? e.type(value.file, value.owner, parameter, environmentOfSignature(value)) : UNKNOWN;
}

/** What methods of arrays, maps and promises pass to their callbacks. */
function callbackParameter(receiver: Extract<Value, { kind: 'global-instance' }>, method: string, position: number): Value {
  switch (receiver.name) {
    case 'Promise':
      return method === 'then' && position === 0 ? (receiver.arguments[0] ?? UNKNOWN) : UNKNOWN;
    case 'Map':
      return method === 'forEach' ? (receiver.arguments[1 - position] ?? UNKNOWN) : UNKNOWN;
    case 'Array':
    case 'Tuple':
    case 'Set':
      if (method === 'sort' || method === 'toSorted') return elementOf(receiver);
      if (method === 'reduce' || method === 'reduceRight') return position === 1 ? elementOf(receiver) : UNKNOWN;
      return position === 0 ? elementOf(receiver) : position === 2 ? receiver : UNKNOWN;
    case 'String':
      return STRING;
    default:
      return UNKNOWN;
  }
}

/** What a function of the program returns: as declared, else as its `return` statements say. */
export function resultOfFunction(e: Evaluator, file: LinkedFile, index: number, environment: Environment): Value {
  const { type, returns, isAsync } = declarationAt(file, index);
  const declared = type === undefined ? UNKNOWN : e.type(file, index, type, environment);
  const signature = returns === undefined ? signatureOf(e, file, index, environment) : undefined;
  if (signature !== undefined) return e.resultOf(signature, () => [], false);
  if (returns === undefined || (declared.kind !== 'unknown' && !isOpen(awaited(declared)))) return declared;
  const inferred = unionOf(returns.values.map((value) => e.expression(file, index, value)));
  const returned = isAsync ? promiseOf(inferred) : inferred;
  if (declared.kind === 'unknown') return returned;
  return returns.complete ? narrowed(declared, returned) : declared;
}
