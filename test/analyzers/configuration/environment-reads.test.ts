import { expect, test } from 'vitest';
import { environmentReads } from '../../../analyzers/configuration/environment-reads.ts';
import { findingsOf } from '../../support/findings.ts';

test.each([
  ['a named variable', 'export const table = () => process.env.TABLE;', ['environment TABLE in table']],
  ['its default', "export const table = () => process.env.TABLE ?? 'books';", ['environment TABLE = books in table']],
  ['start-up code', 'if (process.env.DEBUG) console.log(1); export {};', ['environment DEBUG in <module>']],
  ['brackets', "export const table = () => process.env['TABLE'];", ['environment TABLE in table']],
  [
    'a computed name',
    'export const read = (key: string) => process.env[key];',
    ['! computed-environment-name: process.env[…] in src/orders.ts'],
  ],
  ['other objects', 'export const table = (request: any) => request.env.TABLE;', []],
])('%s', async (_title, code, expected) => {
  expect(await findingsOf(environmentReads, { 'src/orders.ts': code })).toEqual(expected);
});

test('the variables of a Prisma schema', async () => {
  const schema = 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n  // directUrl = env("DIRECT_URL")\n}\n';
  expect(await findingsOf(environmentReads, { 'prisma/schema.prisma': schema })).toEqual(['environment DATABASE_URL in <module>']);
});
