import { expect, test } from 'vitest';
import { fileStores } from '../../../analyzers/data-access/file-stores.ts';
import { findingsOf } from '../../support/findings.ts';

test.each([
  ['a database in a file', "import low from 'lowdb';\nexport const db = low({} as any);", ['! unknown-store: lowdb']],
  ['its types only', "import type low from 'lowdb';\nexport type Db = typeof low;", []],
  ['other packages', "import pg from 'pg';\nexport { pg };", []],
])('%s', async (_title, code, expected) => {
  expect(await findingsOf(fileStores, { 'src/db.ts': code })).toEqual(expected);
});
