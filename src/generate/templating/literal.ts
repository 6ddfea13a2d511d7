import { invariant } from '../../lib/errors.ts';

/** A string, number or boolean as TypeScript source text; strings in single quotes, safe inside any file. */
export function literal(value: unknown): string {
  invariant(typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean', `no literal for ${typeof value}`);
  if (typeof value !== 'string') return String(value);
  const inner = JSON.stringify(value).slice(1, -1);
  return `'${inner.replaceAll('\\"', '"').replaceAll("'", "\\'").replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}
