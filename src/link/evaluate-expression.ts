import type { Expression } from '../model/file-syntax.ts';
import type { Evaluator } from './evaluator.ts';
import { instanceOfClass } from './instance-of-class.ts';
import { declarationAt, type LinkedFile } from './linked-file.ts';
import { moduleBinding } from './lookup.ts';
import { narrowedValue } from './narrowed-value.ts';
import {
  awaited,
  BOOLEAN,
  elementOf,
  globalInstance,
  NO_ENVIRONMENT,
  NOTHING,
  NUMBER,
  STRING,
  UNKNOWN,
  unionOf,
  type Value,
} from './value.ts';

/** Elements of an array literal that are looked at for its element. */
const MOST_ELEMENTS = 8;

export function evaluateExpression(e: Evaluator, file: LinkedFile, owner: number, expression: Expression): Value {
  switch (expression.kind) {
    case 'name': {
      const plain = () => {
        const binding = e.lookup(file, owner, expression.name, 'value', expression.span.start);
        return binding.kind === 'global' && binding.name === 'exports' ? ownExports(e, file) : e.bindingValue(binding);
      };
      return narrowedValue(e, { file, owner, name: expression }, plain) ?? plain();
    }
    case 'member': {
      const object = e.expression(file, owner, expression.object);
      const isOwn = expression.property === 'exports' && object.kind === 'global' && object.name === 'module';
      return isOwn ? ownExports(e, file) : e.member(object, expression.property);
    }
    case 'call':
      return e.callResult(file, expression.call);
    case 'await':
      return awaited(e.expression(file, owner, expression.value));
    case 'this':
      return thisValue(e, file, owner);
    case 'super':
      return superValue(e, file, owner);
    case 'function':
    case 'class':
      return { kind: 'declaration', file, index: expression.declaration };
    case 'object':
      return { kind: 'object', file, owner, expression };
    case 'array':
      return arrayValue(e, file, owner, expression.elements);
    case 'index':
      return indexValue(e, e.expression(file, owner, expression.object), expression.index);
    case 'choice':
      return unionOf(expression.options.map((option) => e.expression(file, owner, option)));
    case 'assertion': {
      const asserted = e.type(file, owner, expression.type, NO_ENVIRONMENT);
      return asserted.kind === 'unknown' ? e.expression(file, owner, expression.value) : asserted;
    }
    case 'literal':
      return literalValue(expression.value);
    case 'template':
      return STRING;
    case 'concatenation':
      return expression.parts.some((part) => part.kind === 'literal' && typeof part.value === 'string')
        ? STRING
        : globalInstance('primitive');
    case 'spread':
    case 'other':
      return UNKNOWN;
  }
}

/** `exports` and `module.exports` in a CommonJS module: what importing it gives. */
const ownExports = (e: Evaluator, file: LinkedFile): Value => e.bindingValue(moduleBinding(e, file, '*', 'value'));

function literalValue(value: unknown): Value {
  switch (typeof value) {
    case 'string':
      return STRING;
    case 'number':
      return NUMBER;
    case 'boolean':
      return BOOLEAN;
    default:
      return NOTHING;
  }
}

function arrayValue(e: Evaluator, file: LinkedFile, owner: number, elements: readonly Expression[]): Value {
  const values = elements
    .slice(0, MOST_ELEMENTS)
    .map((element) =>
      element.kind === 'spread' ? elementOf(e.expression(file, owner, element.value)) : e.expression(file, owner, element),
    );
  return elements.length > 0 && elements.length <= MOST_ELEMENTS && elements.every((element) => element.kind !== 'spread')
    ? globalInstance('Tuple', ...values)
    : globalInstance('Array', unionOf(values));
}

/** `list[0]`, `record[key]`: one of the elements. */
function indexValue(e: Evaluator, object: Value, index: Expression): Value {
  if (index.kind === 'literal' && index.value !== undefined && index.value !== null) return e.member(object, String(index.value));
  if (object.kind === 'object') {
    return unionOf(object.expression.properties.map(({ value }) => e.expression(object.file, object.owner, value)));
  }
  const element = e.member(object, '[]');
  return element.kind === 'unknown' ? elementOf(object) : element;
}

/** The instance (or, in a static member, the class) around a declaration; arrows see through to it. */
export function enclosingClass(file: LinkedFile, owner: number): { readonly index: number; readonly isStatic: boolean } | undefined {
  for (let index = owner; index > 0; index = declarationAt(file, index).parent) {
    const declaration = declarationAt(file, index);
    switch (declaration.kind) {
      case 'method':
      case 'constructor':
      case 'getter':
      case 'setter':
      case 'field': {
        const parent = declaration.parent;
        if (declarationAt(file, parent).kind !== 'class') return undefined;
        return { index: parent, isStatic: declaration.isStatic === true };
      }
      case 'class':
        return { index, isStatic: true };
      case 'function':
        return undefined;
    }
  }
  return undefined;
}

function thisValue(e: Evaluator, file: LinkedFile, owner: number): Value {
  const around = enclosingClass(file, owner);
  if (around === undefined) return thisObject(e, file, owner);
  if (around.isStatic) return { kind: 'declaration', file, index: around.index };
  return { kind: 'instance', file, index: around.index, arguments: [] };
}

/** `this` in a function that a package calls is the package's: builders of SQL joins hand themselves over so. */
function receiverOf(e: Evaluator, file: LinkedFile, index: number): Value {
  const { passedTo } = declarationAt(file, index);
  const call = passedTo && file.syntax.calls[passedTo.call];
  if (call === undefined) return UNKNOWN;
  const callee = e.expression(file, call.owner, call.callee);
  return callee.kind === 'external-instance' || callee.kind === 'external'
    ? { kind: 'external-instance', package: callee.package, path: [...callee.path, '(this)'] }
    : UNKNOWN;
}

/** `this` in a method of an object literal that is bound to a name. */
function thisObject(e: Evaluator, file: LinkedFile, owner: number): Value {
  for (let index = owner; index > 0; index = declarationAt(file, index).parent) {
    const { kind, parent } = declarationAt(file, index);
    if (kind === 'object-member') {
      const holder = declarationAt(file, parent).initializer;
      return holder?.kind === 'object' ? e.expression(file, parent, holder) : UNKNOWN;
    }
    // In a method of any other literal it is that literal, whatever stands around.
    if (kind === 'method' || kind === 'getter' || kind === 'setter') return UNKNOWN;
    if (kind === 'function') return receiverOf(e, file, index);
    if (kind === 'class') return UNKNOWN;
  }
  return UNKNOWN;
}

function superValue(e: Evaluator, file: LinkedFile, owner: number): Value {
  const around = enclosingClass(file, owner);
  const base = around && e.baseOf(file, around.index);
  if (base === undefined) return UNKNOWN;
  return around?.isStatic === true ? base : instanceOfClass(base);
}
