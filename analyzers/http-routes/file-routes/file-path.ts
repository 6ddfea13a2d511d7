/** What one segment of a file's path says; `required: false`: the address is also answered without it. */
export type SegmentReading =
  | { readonly kind: 'text'; readonly text: string; readonly required: boolean }
  | { readonly kind: 'parameter' | 'rest'; readonly name: string; readonly required: boolean }
  /** No part of the address. */
  | { readonly kind: 'nothing' };

const text = (written: string): SegmentReading => ({ kind: 'text', text: written, required: true });

/** `[id]`, `[...path]`, `[[...path]]`, `[[id]]`, `[]` without a name; parts of a segment too (`[lang]-books`). */
export function readBrackets(segment: string): SegmentReading {
  const whole = /^\[(\[)?(\.\.\.)?([^[\].]*)\]?\]$/.exec(segment);
  if (whole === null) return text(segment.replace(/\[([^[\].=]+)(?:=[^\]]*)?\]/g, '{$1}'));
  const [, optional, rest, written = ''] = whole;
  const name = written.replace(/=.*$/, '');
  return { kind: rest === undefined ? 'parameter' : 'rest', name, required: optional === undefined };
}

/** `(group)`: a folder for the sake of order. */
export const isGroup = (segment: string): boolean => /^\([^)]*\)$/.test(segment);

/** Addresses that a file answers: several where segments are optional. */
export function toAddresses(segments: readonly SegmentReading[]): readonly string[] {
  let addresses: readonly string[] = [''];
  for (const segment of segments) {
    if (segment.kind === 'nothing') continue;
    const shown = shownAs(segment);
    const longer = addresses.map((address) => `${address}/${shown}`);
    addresses = !segment.required ? [...addresses, ...longer] : longer;
  }
  return addresses.map((address) => (address === '' ? '/' : address));
}

function shownAs(segment: Exclude<SegmentReading, { kind: 'nothing' }>): string {
  if (segment.kind === 'text') return segment.text;
  if (segment.name === '') return '*';
  return segment.kind === 'rest' ? `{${segment.name}+}` : `{${segment.name}}`;
}

/** The path without the extension of a module. */
export const withoutExtension = (path: string): string => path.replace(/\.[cm]?[jt]sx?$/, '');

export const HTTP_METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
