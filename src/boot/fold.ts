import type { BinaryOperator, UnaryOperator } from 'oxc-parser';
import { isSame, join, optionsOf, truthOf } from './join.ts';
import { sourceText } from './source-text.ts';
import {
  type ConstantValue,
  constant,
  type ExternalValue,
  type Primitive,
  type TemplateValue,
  UNDEFINED,
  UNKNOWN,
  type Value,
} from './value.ts';

type Piece = { readonly parts: readonly string[]; readonly holes: readonly string[] };

/**
 * A string made of several values. An environment variable with a default counts as its default, a value that is
 * either unknown or one constant as that constant: both are what a start without configuration gives.
 */
export function concatenate(values: readonly Value[]): Value {
  if (values.every(isConstant)) return ofConstants(values);
  let alternatives: readonly Growing[] = [{ parts: [''], holes: [], length: 0 }];
  for (const value of values) {
    const pieces = piecesOf(value);
    const [only, ...others] = pieces;
    if (only === undefined || pieces.length * alternatives.length > 8) return UNKNOWN;
    if (others.length === 0) for (const text of alternatives) append(text, only);
    else alternatives = alternatives.flatMap((text) => pieces.map((piece) => append(copyOf(text), piece)));
    if (alternatives.some(isTooLong)) return UNKNOWN;
  }
  return join(alternatives.map(toValue));
}

const isConstant = (value: Value): value is ConstantValue => value.kind === 'constant';

function ofConstants(values: readonly ConstantValue[]): Value {
  const texts = values.map(({ value }) => String(value));
  return textOfLength(
    texts.reduce((length, text) => length + text.length, 0),
    () => texts.join(''),
  );
}

/** Texts that double in a loop have no end; none that means a path, a name or a statement is as long. */
const LONGEST_TEXT = 1_000_000;

/** The text that is made, unless it would have more than so many characters. */
export const textOfLength = (length: number, make: () => string): Value => (length > LONGEST_TEXT ? UNKNOWN : constant(make()));

/** A text while it is made. */
interface Growing {
  readonly parts: string[];
  readonly holes: string[];
  /** Characters in its parts. */
  length: number;
}

const isTooLong = ({ length, holes }: Growing): boolean => holes.length > 1000 || length > LONGEST_TEXT;

const copyOf = ({ parts, holes, length }: Growing): Growing => ({ parts: [...parts], holes: [...holes], length });

function append(text: Growing, { parts: [first = '', ...rest], holes }: Piece): Growing {
  text.parts.push(`${text.parts.pop() ?? ''}${first}`, ...rest);
  text.holes.push(...holes);
  text.length += rest.reduce((length, part) => length + part.length, first.length);
  return text;
}

const toValue = ({ parts, holes }: Piece): Value =>
  holes.length === 0 ? constant(parts[0] ?? '') : ({ kind: 'template', parts, holes } satisfies TemplateValue);

function piecesOf(value: Value): readonly Piece[] {
  const text = (part: string): Piece => ({ parts: [part], holes: [] });
  const hole = (name: string): Piece => ({ parts: ['', ''], holes: [name] });
  switch (value.kind) {
    case 'constant':
      return [text(String(value.value))];
    case 'template':
      return [value];
    case 'environment':
      return value.fallback === undefined ? [hole(`process.env.${value.name}`)] : piecesOf(value.fallback);
    case 'union': {
      const known = value.options.filter((option) => isText(option));
      return known.length > 0 ? known.flatMap(piecesOf) : [hole('…')];
    }
    case 'unknown':
      return [hole(value.origin === undefined ? '…' : sourceText(value.origin.node))];
    case 'array': {
      const isFlat = value.complete && value.elements.every(({ kind }) => kind !== 'array');
      const folded = isFlat ? joinArray(value.elements, ',') : UNKNOWN;
      return folded.kind === 'constant' || folded.kind === 'template' ? piecesOf(folded) : [hole('…')];
    }
    case 'external':
      return [hole(externalText(value))];
    default:
      return [hole('…')];
  }
}

/** `config.get('prefix')` as a person would write it, as far as its arguments are constants. */
function externalText({ package: name, path, called, arguments: given }: ExternalValue): string {
  const callee = [name, ...path.filter((part) => part !== 'default')].join('.');
  const shown = given.map((argument) => (argument.kind === 'constant' ? JSON.stringify(argument.value) : '…'));
  return called ? `${callee}(${shown.join(', ')})` : callee;
}

const isText = (value: Value): boolean =>
  value.kind === 'template' ||
  value.kind === 'environment' ||
  (value.kind === 'constant' && value.value !== undefined && value.value !== null);

export const joinArray = (elements: readonly Value[], separator: string): Value =>
  concatenate(elements.flatMap((element, index) => (index === 0 ? [element] : [constant(separator), element])));

/** The value that stands for a start without configuration: defaults taken, unknown options left out. */
export function withDefaults(value: Value): Value {
  if (value.kind === 'environment') return value.fallback === undefined ? value : withDefaults(value.fallback);
  if (value.kind !== 'union') return value;
  const known = value.options.filter((option) => option.kind !== 'unknown' && option.kind !== 'external' && !isUndefined(option));
  return known.length === 0 ? value : join(known);
}

const isUndefined = (value: Value): boolean => value.kind === 'constant' && value.value === undefined;

export function foldBinary(operator: BinaryOperator, left: Value, right: Value): Value {
  if (operator === '+') return foldAddition(left, right);
  if (operator === '===' || operator === '==') return foldEquality(left, right, operator === '==');
  if (operator === '!==' || operator === '!=') return negate(foldEquality(left, right, operator === '!='));
  if (operator === 'in') return foldMembership(left, right);
  if (operator === 'instanceof') return foldInstance(left, right);
  if (left.kind !== 'constant' || right.kind !== 'constant') return UNKNOWN;
  return arithmetic(operator, left.value, right.value);
}

function foldAddition(left: Value, right: Value): Value {
  if (left.kind === 'constant' && right.kind === 'constant') {
    const areNumbers = typeof left.value === 'number' && typeof right.value === 'number';
    if (areNumbers) return constant(Number(left.value) + Number(right.value));
  }
  const mayBeText = [left, right].some((side) => optionsOf(side).some((option) => isString(option)));
  return mayBeText ? concatenate([left, right]) : UNKNOWN;
}

const isString = (value: Value): boolean =>
  value.kind === 'template' || value.kind === 'environment' || (value.kind === 'constant' && typeof value.value === 'string');

function foldEquality(left: Value, right: Value, isLoose: boolean): Value {
  if (left.kind === 'constant' && right.kind === 'constant') {
    // biome-ignore lint/suspicious/noDoubleEquals: folds the loose operator of the analysed code.
    return constant(isLoose ? left.value == right.value : left.value === right.value);
  }
  const uncertain = new Set(['unknown', 'external', 'export', 'environment', 'union', 'template', 'promise', 'accessor']);
  if (uncertain.has(left.kind) || uncertain.has(right.kind)) return UNKNOWN;
  return constant(isSame(left, right));
}

function negate(value: Value): Value {
  const truth = truthOf(value);
  return truth === undefined ? UNKNOWN : constant(!truth);
}

function foldMembership(left: Value, right: Value): Value {
  if (left.kind !== 'constant') return UNKNOWN;
  const key = String(left.value);
  if (right.kind === 'object') return right.properties.has(key) ? constant(true) : right.complete ? constant(false) : UNKNOWN;
  return UNKNOWN;
}

function foldInstance(left: Value, right: Value): Value {
  if (right.kind === 'builtin' && right.name === 'Array' && left.kind !== 'unknown' && left.kind !== 'external')
    return constant(left.kind === 'array');
  if (left.kind !== 'instance' || right.kind !== 'class') return UNKNOWN;
  for (let current: Value | undefined = left.class; current?.kind === 'class'; current = current.superClass) {
    if (current === right) return constant(true);
  }
  return UNKNOWN;
}

function arithmetic(operator: BinaryOperator, left: Primitive, right: Primitive): Value {
  const [a, b] = [Number(left), Number(right)];
  const areTexts = typeof left === 'string' && typeof right === 'string';
  switch (operator) {
    case '-':
      return constant(a - b);
    case '*':
      return constant(a * b);
    case '/':
      return constant(a / b);
    case '%':
      return constant(a % b);
    case '**':
      return constant(a ** b);
    case '<':
      return constant(areTexts ? left < right : a < b);
    case '>':
      return constant(areTexts ? left > right : a > b);
    case '<=':
      return constant(areTexts ? left <= right : a <= b);
    case '>=':
      return constant(areTexts ? left >= right : a >= b);
    case '&':
      return constant(a & b);
    case '|':
      return constant(a | b);
    default:
      return UNKNOWN;
  }
}

export function foldUnary(operator: UnaryOperator, value: Value): Value {
  switch (operator) {
    case '!':
      return negate(value);
    case 'typeof':
      return typeName(value);
    case 'void':
      return UNDEFINED;
    case '-':
      return value.kind === 'constant' ? constant(-Number(value.value)) : UNKNOWN;
    case '+': {
      const known = withDefaults(value);
      return known.kind === 'constant' ? constant(Number(known.value)) : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

function typeName(value: Value): Value {
  switch (value.kind) {
    case 'constant':
      return constant(typeof value.value);
    case 'template':
      return constant('string');
    case 'function':
    case 'class':
    case 'builtin':
    case 'method':
      return constant('function');
    case 'array':
    case 'object':
    case 'instance':
    case 'pattern':
    case 'promise':
    case 'namespace':
      return constant('object');
    default:
      return UNKNOWN;
  }
}
