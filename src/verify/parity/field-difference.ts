/** One place in which two responses differ. */
export interface FieldDifference {
  /** `status`, `header content-type`, `body.items[0].price`. */
  readonly field: string;
  /** The field with every position as `[*]`: what is volatile at one position is volatile at all. */
  readonly pattern: string;
  /** `value`: both have it in the same form; `shape`: only one has it, or another type. */
  readonly kind: 'value' | 'shape';
  readonly left: string;
  readonly right: string;
}

export const ABSENT = '(absent)';
const LONGEST_TEXT = 120;

/** A value as a person reads it, shortened. */
export function describeValue(value: unknown): string {
  const text = value === undefined ? ABSENT : typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
