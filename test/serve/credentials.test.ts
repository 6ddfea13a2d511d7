import type { IncomingHttpHeaders } from 'node:http';
import { expect, test } from 'vitest';
import { credentialsOf, digestIn } from '../../src/serve/credentials.ts';
import { digestOf } from '../../src/serve/exchange.ts';

test.each<[string, IncomingHttpHeaders, readonly string[]]>([
  ['nothing', { accept: '*/*' }, []],
  ['a token, whatever its scheme', { authorization: 'Bearer abc' }, ['authorization abc']],
  ['a token alone', { authorization: 'abc' }, ['authorization abc']],
  ['every cookie, sorted', { cookie: 'sid=s%3Aabc; lang=en' }, ['cookie lang en', 'cookie sid s%3Aabc']],
  ['headers that carry a key', { 'x-api-key': 'abc', 'x-auth-token': 'def' }, ['x-api-key abc', 'x-auth-token def']],
  ['no keys of one connection or one request', { 'sec-websocket-key': 'abc', 'idempotency-key': 'def' }, []],
])('tells of a request with %s', (_title, headers, expected) => {
  const written = expected.map((text) => text.replace(/ (?<value>\S+)$/, (_all, value: string) => ` ${digestOf(value)}`)).sort();
  expect(credentialsOf(headers)).toEqual(written);
  for (const one of credentialsOf(headers)) expect(digestIn(one)).toMatch(/^\S{22}$/);
});
