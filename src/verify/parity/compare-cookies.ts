import { uniqueSorted } from '../../lib/sort.ts';
import { type HeaderLine, headerValues } from '../../serve/http-headers.ts';
import { compareStrings } from './compare-json.ts';
import { describeValue, type FieldDifference } from './field-difference.ts';

/**
 * Compares the cookies that two responses set: names, attributes and values. Of an expiry only whether there is one and
 * whether it deletes the cookie; `Max-Age` as a number; the order of attributes and of different cookies does not matter.
 */
export function* compareCookies(left: readonly HeaderLine[], right: readonly HeaderLine[]): Generator<FieldDifference> {
  const [before, after] = [readCookies(left), readCookies(right)];
  for (const name of uniqueSorted([...before.keys(), ...after.keys()])) {
    const [one, other] = [before.get(name), after.get(name)];
    const field = `header set-cookie ${name}`;
    if (one === undefined || other === undefined) {
      yield { field, pattern: field, kind: 'shape', left: presence(one), right: presence(other) };
      continue;
    }
    yield* compareStrings(one.value, other.value, { field: `${field} value`, pattern: `${field} value` });
    for (const attribute of uniqueSorted([...one.attributes.keys(), ...other.attributes.keys()])) {
      const [first, second] = [one.attributes.get(attribute), other.attributes.get(attribute)];
      if (first === second) continue;
      const place = `${field} ${attribute}`;
      const kind = first === undefined || second === undefined || attribute !== 'max-age' ? 'shape' : 'value';
      yield { field: place, pattern: place, kind, left: describeValue(first, place), right: describeValue(second, place) };
    }
  }
}

interface Cookie {
  readonly value: string;
  /** By name in lower case. */
  readonly attributes: ReadonlyMap<string, string>;
}

const presence = (cookie: Cookie | undefined): string => (cookie === undefined ? '(absent)' : 'set');

/** By name; a name that is set several times (for several paths) is counted. */
function readCookies(lines: readonly HeaderLine[]): ReadonlyMap<string, Cookie> {
  const cookies = new Map<string, Cookie>();
  for (const line of headerValues(lines, 'set-cookie')) {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const [name, value] = splitPair(pair);
    let key = name;
    for (let count = 2; cookies.has(key); count += 1) key = `${name}#${count}`;
    cookies.set(key, { value, attributes: new Map(attributes.map(readAttribute)) });
  }
  return cookies;
}

function readAttribute(text: string): readonly [name: string, value: string] {
  const [written, value] = splitPair(text);
  const name = written.toLowerCase();
  if (name === 'expires') return [name, Date.parse(value) < LONG_AGO ? 'long ago' : 'later'];
  if (name === 'max-age') return [name, String(Number(value))];
  return [name, name === 'path' ? value : value.toLowerCase()];
}

/** An expiry before that is how a cookie is deleted. */
const LONG_AGO = Date.UTC(2000, 0);

function splitPair(text: string): readonly [name: string, value: string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
