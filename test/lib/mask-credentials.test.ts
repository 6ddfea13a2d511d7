import { expect, test } from 'vitest';
import { maskCredentials } from '../../src/lib/mask-credentials.ts';

test.each([
  ['an address with a password', 'connect postgres://shop:s3cret@db:5432/books failed', 'connect postgres://***@db:5432/books failed'],
  ['an address without one', 'GET http://127.0.0.1:3000/books', 'GET http://127.0.0.1:3000/books'],
  ['two of them', 'redis://:a@x amqp://b:c@y', 'redis://***@x amqp://***@y'],
])('%s', (_title, text, expected) => expect(maskCredentials(text)).toBe(expected));
