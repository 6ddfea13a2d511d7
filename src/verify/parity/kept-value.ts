import { maskCredentials } from '../../lib/mask-credentials.ts';
import { isSecretName } from '../../lib/secret-name.ts';
import { tokensOf } from './text-tokens.ts';

const LONGEST_TEXT = 120;
/** What is looked at for secrets before it is shortened. */
const LONGEST_LOOKED_AT = 4_000;
const MASK = '***';

/** A value as it is kept in results and printed in reports: shortened, and without anything that opens a door. */
export function keptValue(value: unknown, field: string): string {
  const names = field.replace(/^.* \(payload\)/, '').split(/[.[\]\s]+/);
  if (isWorthHiding(value) && (names.some(isSecretPart) || /^header set-cookie \S+ value$/.test(field))) return MASK;
  const text = typeof value === 'string' ? value : (JSON.stringify(value, hideMember) ?? String(value));
  return shorten(maskText(text.slice(0, LONGEST_LOOKED_AT), field));
}

/** A request line without the tokens in its path and query. */
export const keptRequest = (method: string, url: string): string => `${method} ${maskOpaque(maskNamed(url))}`;

function maskText(text: string, field: string): string {
  const masked = maskNamed(maskCredentials(text)).replace(/\b(Bearer|Basic|Token) +[\w+/=.~-]+/gi, `$1 ${MASK}`);
  // Page texts and addresses have no names that tell what a value is for.
  return /^body line |^header (?:location|link|content-location)$/.test(field) || /^\/|^https?:/.test(text)
    ? maskOpaque(masked)
    : maskTokens(masked);
}

const shorten = (text: string): string => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);

/** `token=abc` and `"password":"abc"`. */
const maskNamed = (text: string): string =>
  text.replace(/([\w-]+)("?\s*[=:]\s*"?)([^\s"'&;,<>]+)/g, (all: string, name: string, between: string) =>
    isSecretPart(name) ? `${name}${between}${MASK}` : all,
  );

const maskTokens = (text: string): string => replaceForms(text, ['jwt']);
const maskOpaque = (text: string): string => replaceForms(text, ['jwt', 'opaque']);

const replaceForms = (text: string, forms: readonly string[]): string =>
  tokensOf(text)
    .map((token) => (forms.includes(token.form) ? MASK : token.text))
    .join('');

const isSecretPart = (name: string): boolean => isSecretName(name.replaceAll('-', '_')) || /^authorization$/i.test(name);

/** Whether there is one says nothing. */
const isWorthHiding = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || (typeof value === 'object' && value !== null);

const hideMember = (name: string, value: unknown): unknown => (name !== '' && isWorthHiding(value) && isSecretPart(name) ? MASK : value);
