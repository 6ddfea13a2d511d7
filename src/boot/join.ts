import { UNKNOWN, type Value } from './value.ts';

/** Values that one may be before it counts as unknown. */
export const MAXIMUM_OPTIONS = 8;

/** The value that is one of the given ones, each once; more than a handful of them is unknown. */
export function join(values: readonly Value[]): Value {
  const [single] = values;
  if (values.length === 1 && single !== undefined && single.kind !== 'union') return single;
  const options: Value[] = [];
  for (const value of values) {
    if (value.kind === 'union') for (const option of value.options) addOption(options, option);
    else addOption(options, value);
  }
  const [only] = options;
  if (only === undefined) return UNKNOWN;
  if (options.length === 1) return only;
  return options.length > MAXIMUM_OPTIONS ? UNKNOWN : { kind: 'union', options };
}

function addOption(options: Value[], option: Value): void {
  if (!options.some((other) => isSame(other, option))) options.push(option);
}

/** The same value for certain: equal constants, or one shared object. */
export function isSame(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left.kind === 'constant') return right.kind === 'constant' && Object.is(left.value, right.value);
  if (left.kind === 'library') return right.kind === 'library' && left.id === right.id;
  if (left.kind === 'environment')
    return right.kind === 'environment' && left.name === right.name && isSameFallback(left.fallback, right.fallback);
  if (left.kind === 'namespace') return right.kind === 'namespace' && left.module === right.module;
  if (left.kind === 'unknown') return right.kind === 'unknown';
  return false;
}

const isSameFallback = (left: Value | undefined, right: Value | undefined): boolean =>
  left === right || (left !== undefined && right !== undefined && isSame(left, right));

/** The options of a union, or the value alone. */
export const optionsOf = (value: Value): readonly Value[] => (value.kind === 'union' ? value.options : [value]);

/** Whether a value counts as true in a condition; `undefined` when that is not known. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'constant':
      return Boolean(value.value);
    case 'template':
      return value.parts.some((part) => part !== '') ? true : undefined;
    case 'environment':
      return value.fallback !== undefined && truthOf(value.fallback) === true ? true : undefined;
    case 'union': {
      const truths = new Set(value.options.map(truthOf));
      const [only] = truths;
      return truths.size === 1 ? only : undefined;
    }
    case 'external':
    case 'export':
    case 'unknown':
    case 'accessor':
      return undefined;
    default:
      return true;
  }
}

/** Whether a value is `null` or `undefined`; `undefined` when that is not known. */
export function isNullish(value: Value): boolean | undefined {
  if (value.kind === 'constant') return value.value === null || value.value === undefined;
  if (value.kind === 'unknown' || value.kind === 'external' || value.kind === 'export' || value.kind === 'accessor') return undefined;
  if (value.kind === 'environment') return value.fallback === undefined ? undefined : isNullish(value.fallback);
  if (value.kind === 'union') {
    const answers = new Set(value.options.map(isNullish));
    const [only] = answers;
    return answers.size === 1 ? only : undefined;
  }
  return false;
}
