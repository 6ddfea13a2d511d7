import type { IncomingHttpHeaders } from 'node:http';
import { isSecretName } from '../lib/secret-name.ts';
import { digestOf } from './exchange.ts';

/** What a request showed to be let in: where it stood, and a digest of it. The values themselves are kept nowhere. */
export function credentialsOf(headers: IncomingHttpHeaders): readonly string[] {
  const { authorization, cookie = '' } = headers;
  const cookies = cookie.split(/;\s*/).flatMap((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [] : [toCredential(`cookie ${pair.slice(0, at)}`, pair.slice(at + 1))];
  });
  const keys = Object.entries(headers).flatMap(([name, value]) =>
    isKeyHeader(name) && typeof value === 'string' ? [toCredential(name, value)] : [],
  );
  return [
    ...(authorization === undefined ? [] : [toCredential('authorization', withoutScheme(authorization))]),
    ...cookies,
    ...keys,
  ].sort();
}

/** The digest in a credential: that of the value a response gave out before, if one did. */
export const digestIn = (credential: string): string => credential.slice(credential.lastIndexOf(' ') + 1);

/** `Bearer abc` is `abc`. */
export const withoutScheme = (authorization: string): string => authorization.replace(/^[A-Za-z][\w-]*\s+/, '');

const toCredential = (place: string, value: string): string => `${place} ${digestOf(value)}`;

/** `x-api-key`, `x-auth-token`; not the keys that belong to one request or connection. */
const isKeyHeader = (name: string): boolean => isSecretName(name.replaceAll('-', '_')) && !/^sec-|idempotency/.test(name);
