import { isMissing, type ObjectValue, objectOf, UNKNOWN, type Value } from './value.ts';

const MAXIMUM_DEPTH = 8;

/** Plain objects laid over each other, members of members included; of two values for one name the `winner` stays. */
export function mergeValues(values: readonly Value[], winner: 'first' | 'last'): Value {
  const ordered = winner === 'last' ? values : [...values].reverse();
  const merged = objectOf();
  for (const value of ordered) mergeInto(merged, value, 0);
  return merged;
}

function mergeInto(target: ObjectValue, value: Value, depth: number): void {
  if (value.kind === 'constant') return;
  if (value.kind === 'union') {
    // Of an object that may be one of several, or missing, each lays its members over the rest.
    for (const option of value.options) mergeInto(target, option, depth);
    return;
  }
  if (value.kind !== 'object') {
    target.complete = false;
    return;
  }
  if (!value.complete) target.complete = false;
  for (const [name, member] of value.properties) {
    if (isMissing(member)) continue;
    target.properties.set(name, depth < MAXIMUM_DEPTH ? mergedMember(target.properties.get(name), member, depth + 1) : UNKNOWN);
  }
}

function mergedMember(known: Value | undefined, member: Value, depth: number): Value {
  if (member.kind !== 'object') return member;
  const merged = objectOf();
  if (known?.kind === 'object') mergeInto(merged, known, depth);
  mergeInto(merged, member, depth);
  return merged;
}
