import { expect, test } from 'vitest';
import { unknownStores } from '../../../analyzers/data-access/unknown-stores.ts';
import { findingsOf } from '../../support/findings.ts';

test.each([
  ['a database in a file', "import low from 'lowdb';\nexport const db = low({} as any);", ['! unknown-store: lowdb']],
  [
    'a mapper without a model, once',
    "import { connect } from 'couchbase';\nimport { Cluster } from 'couchbase';\nexport const books = connect('books');\nexport { Cluster };",
    ['! unknown-store: couchbase'],
  ],
  ['its types only', "import type low from 'lowdb';\nexport type Db = typeof low;", []],
  ['other packages', "import pg from 'pg';\nexport { pg };", []],
])('%s', async (_title, code, expected) => {
  expect(await findingsOf(unknownStores, { 'src/db.ts': code })).toEqual(expected);
});
