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
  [
    'names that callers give to a function that reads',
    "const env = (name: string) => process.env[name]; const key = 'TABLE'; export const table = () => env(key) ?? env('OLD_TABLE');",
    ['environment OLD_TABLE in table', 'environment TABLE in table'],
  ],
  [
    'names that go through two functions',
    "function read(name: string) { if (!process.env[name]) throw new Error(name); return process.env[name]; } function number(name: string) { return Number(read(name)); } export const port = number('PORT');",
    ['environment PORT in <module>'],
  ],
  [
    'a caller whose name is computed, beside one whose is not',
    "const env = (name: string) => process.env[name]; export const table = (shop: any) => [env('TABLE'), env(`${shop.id}_TABLE`)];",
    ['! computed-environment-name: process.env[…] in src/orders.ts', 'environment TABLE in table'],
  ],
  [
    'a function that is handed on',
    "const env = (name: string) => process.env[name]; export const tables = (names: string[]) => [env('TABLE'), ...names.map(env)];",
    ['! computed-environment-name: process.env[…] in src/orders.ts'],
  ],
  [
    'a schema of zod',
    "import { z } from 'zod'; const schema = z.object({ PORT: z.coerce.number().default(3000), TABLE: z.string().min(1) }); export const settings = schema.safeParse(process.env);",
    ['environment PORT = 3000 in settings', 'environment TABLE in settings'],
  ],
  [
    'a description of envalid',
    "import { cleanEnv, str } from 'envalid'; export const settings = cleanEnv(process.env, { TABLE: str({ default: 'books' }) });",
    ['environment TABLE = books in settings'],
  ],
  [
    'the environment handed to code that names nothing',
    "import { start } from 'some-shop'; start(process.env, { color: 'red' });",
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
