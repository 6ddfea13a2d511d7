import { maskCredentials } from '../../lib/mask-credentials.ts';
import { isSecretName } from '../../lib/secret-name.ts';
import { tokensOf } from './text-tokens.ts';

const LONGEST_TEXT = 120;
/** What is looked at for secrets before it is shortened. */
const LONGEST_LOOKED_AT = 4_000;
const MASK = '***';

/** A value as it is kept in results and printed in reports: shortened, and without anything that opens a door. */
export function keptValue(value: unknown, field: string): string {
  if (namesOf(field).some((name) => isSecret(name, value))) return MASK;
  const text = typeof value === 'string' ? value : (JSON.stringify(value, hideMember) ?? String(value));
  return shorten(maskText(text.slice(0, LONGEST_LOOKED_AT), field));
}

/** A request line without the tokens in its path and query. */
export const keptRequest = (method: string, url: string): string => `${method} ${maskAddress(maskNamed(url))}`;

/** What names a value: of a cookie its own name says less than that it is one. */
function namesOf(field: string): readonly string[] {
  const [, , part] = field.split(/^header set-cookie (\S+) /);
  if (part !== undefined) return part === 'value' ? ['token'] : [];
  return field.replace(/^.* \(payload\)/, '').split(/[.[\]\s]+/);
}

function maskText(text: string, field: string): string {
  const masked = maskNamed(maskInputs(maskCredentials(text))).replace(/\b(Bearer|Basic|Token) +[\w+/=.~-]+/gi, `$1 ${MASK}`);
  // A digest of what is answered opens nothing.
  if (field === 'header etag') return masked;
  return /^header (?:location|link|content-location)$/.test(field) ? maskAddress(masked) : maskForms(masked);
}

const shorten = (text: string): string => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);

/** `token=abc` and `"password":"abc"`. */
const maskNamed = (text: string): string =>
  text.replace(/([\w-]+)("?\s*[=:]\s*"?)([^\s"'&;,<>]+)/g, (all: string, name: string, between: string, value: string) =>
    isSecret(name, value) ? `${name}${between}${MASK}` : all,
  );

/** `<input name="_csrf" value="abc">`, whichever comes first; a line that was cut may begin within one. */
const maskInputs = (text: string): string =>
  text.replace(/[^<>]+/g, (tag) => {
    const names = Array.from(tag.matchAll(/\b(?:name|id|property)\s*=\s*["']?([^\s"'>]+)/gi), ([, name = '']) => name);
    if (!names.some((name) => isSecret(name, 'abc 123'))) return tag;
    return tag.replace(/\b((?:value|content)\s*=\s*)("[^"]+"?|'[^']+'?|[^\s"']+)/gi, (_all, before: string, value: string) => {
      const quote = /^["']/.exec(value)?.[0] ?? '';
      return `${before}${quote}${MASK}${quote}`;
    });
  });

/** What looks like a token, a key or a digest, whatever it is called. */
const maskForms = (text: string): string =>
  tokensOf(text.replace(BASE64, (found) => (isBase64(found) ? MASK : found)))
    .map(({ form, text: token }) => (form === 'jwt' || form === 'opaque' ? MASK : token))
    .join('');

const maskAddress = (text: string): string => maskForms(text).replace(MIXED, MASK);

const BASE64 = /(?<![\w+/.-])[A-Za-z\d+/]{20,}={0,2}(?![\w+/])/g;

/** Paths have only slashes, and begin with one. */
const isBase64 = (text: string): boolean => /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text) && /[+=]|^[^/].*\//.test(text);

/** Digits, small and capital letters: no word of a path. */
const MIXED = /(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{10,}(?![\w-])/g;

/** Whether a value of that name opens a door; whether there is one says nothing. */
function isSecret(name: string, value: unknown): boolean {
  const isName = isSecretName(name.replaceAll('-', '_')) || /^authorization$/i.test(name);
  if (isName) return isWorthHiding(value);
  const words = new Set(
    name
      .replace(/([a-z\d])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z]+/),
  );
  if (['session', 'sid', 'csrf', 'xsrf'].some((word) => words.has(word))) return isWorthHiding(value);
  if (['otp', 'pin'].some((word) => words.has(word))) return isWorthHiding(value) || typeof value === 'number';
  // `NOT_FOUND` and 404 are codes, too.
  return words.has('code') && /^(?=.*\d).{4,}/.test(typeof value === 'object' ? '' : String(value));
}

/** Whether there is one says nothing. */
const isWorthHiding = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || (typeof value === 'object' && value !== null);

const hideMember = (name: string, value: unknown): unknown => (name !== '' && isSecret(name, value) ? MASK : value);
