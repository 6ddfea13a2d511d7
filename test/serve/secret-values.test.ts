import { expect, test } from 'vitest';
import { maskValues, secretValues } from '../../src/serve/secret-values.ts';

test('values of secret variables are masked wherever they stand, short ones are not', () => {
  const values = { JWT_SECRET: 'key-of-the-shop', DB_PASSWORD: 'pw', LOG_LEVEL: 'information', ABSENT: undefined };
  const secrets = secretValues(Object.keys(values), values);
  expect(secrets).toEqual(['key-of-the-shop']);
  expect(maskValues('information: key-of-the-shop, key-of-the-shop!', secrets)).toBe('information: ***, ***!');
});
