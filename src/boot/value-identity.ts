import { UNDEFINED, type Value } from './value.ts';

/** Names values so that equal names mean: a call with one goes as a call with the other. */
export interface Identities {
  /** A receiver that is the same only to itself; nothing for all others. */
  receiver(receiver: Value | undefined): Value | undefined;
  /** Empty when nothing is known of any of them. */
  ofArguments(given: readonly Value[], count: number): string;
}

const MAXIMUM_DEPTH = 2;
const MAXIMUM_MEMBERS = 12;
const MAXIMUM_TEXT = 60;

export function createIdentities(): Identities {
  const numbers = new Map<object, number>();

  const of = (reference: object): number => {
    const known = numbers.get(reference);
    if (known !== undefined) return known;
    numbers.set(reference, numbers.size + 1);
    return numbers.size;
  };

  /** Plain objects and lists by what is in them, everything that keeps something by itself; empty: nothing is known. */
  const ofValue = (value: Value, depth: number): string => {
    switch (value.kind) {
      case 'constant':
        return ofConstant(value.value);
      case 'function':
        return `f${of(value.node)}.${of(value.scope)}.${ofReceiver(value.thisValue)}${value.bound.length === 0 ? '' : list(value.bound, depth)}`;
      case 'instance':
        return `i${of(value)}`;
      case 'class':
        return `c${of(value)}`;
      case 'namespace':
        return `n${of(value.module)}`;
      case 'library':
        return `l${value.id}`;
      case 'promise': {
        const inner = ofValue(value.value, depth);
        return inner === '' ? '' : `p${inner}`;
      }
      case 'array':
        return depth >= MAXIMUM_DEPTH || value.elements.length > MAXIMUM_MEMBERS ? `a${of(value)}` : list(value.elements, depth + 1);
      case 'object':
        if (depth >= MAXIMUM_DEPTH || value.properties.size > MAXIMUM_MEMBERS || value.prototype !== undefined) return `o${of(value)}`;
        return `{${Array.from(value.properties, ([name, member]) => `${name}:${ofValue(member, depth + 1)}`).join()}${value.complete ? '' : '…'}}`;
      case 'union':
        return `(${value.options.map((option) => ofValue(option, depth)).join('|')})`;
      case 'export':
        return `x${value.package}.${value.path.join('.')}`;
      case 'builtin':
        return value.name.startsWith('Function.') ? `b${of(value)}` : `b${value.name}`;
      default:
        return '';
    }
  };

  const list = (values: readonly Value[], depth: number): string => `[${values.map((value) => ofValue(value, depth)).join()}]`;

  const ofReceiver = (value: Value | undefined): string => {
    const known = receiver(value);
    return known === undefined ? '' : `${of(known)}`;
  };

  return {
    receiver,
    ofArguments(given, count) {
      let text = '';
      for (let index = 0; index < count; index++) {
        const name = ofValue(given[index] ?? UNDEFINED, 0);
        if (name !== '') text += `${index}=${name};`;
      }
      return text;
    },
  };
}

const ofConstant = (value: unknown): string => {
  if (value === undefined) return 'u';
  const text = typeof value === 'string' ? `'${value}` : String(value);
  return text.length > MAXIMUM_TEXT ? `${text.slice(0, MAXIMUM_TEXT)}${text.length}` : text;
};

function receiver(value: Value | undefined): Value | undefined {
  switch (value?.kind) {
    case 'instance':
    case 'object':
    case 'class':
    case 'function':
      return value;
    default:
      return undefined;
  }
}
