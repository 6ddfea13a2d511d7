import type { Pieces } from './field-difference.ts';

/**
 * The parts in which two addresses differ (`/books/7` and `/books/9`: only the last), so that a volatile id in one does
 * not hide where it leads. Undefined for what is no address; one part, at no place, when they have not as many parts.
 */
export function compareAddresses(left: string, right: string): Pieces | undefined {
  if (!ADDRESS.test(left) || !ADDRESS.test(right)) return undefined;
  const [before, after] = [left.split(PARTS), right.split(PARTS)];
  const common = { of: 'address', text: left, length: left.length } as const;
  if (before.length !== after.length) return { ...common, spans: [{ start: 0, end: left.length, kind: 'shape', place: '', right }] };
  let offset = 0;
  const spans = before.flatMap((part, index) => {
    const start = offset;
    offset += part.length;
    const other = after[index] ?? '';
    const kind = part === '' || other === '' || PARTS.test(part) ? ('shape' as const) : ('value' as const);
    const place = `${before.length} parts, ${index} ${formOf(part, other)}`;
    return part === other ? [] : [{ start, end: offset, kind, place, right: other }];
  });
  return { ...common, spans };
}

/** A number that is another each time says nothing about a word in its place. */
const formOf = (...parts: readonly string[]): string => (parts.every((part) => /^\d+$/.test(part)) ? 'number' : 'text');

const ADDRESS = /^(?:\/|[a-z][a-z\d+.-]*:\/\/)\S*$/i;
const PARTS = /([/?&=#])/;
