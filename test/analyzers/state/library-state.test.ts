import { expect, test } from 'vitest';
import { libraryState } from '../../../analyzers/state/library-state.ts';
import { findingsOf } from '../../support/findings.ts';

test.each([
  [
    'sessions in memory',
    "import session from 'express-session';\nexport const admin = session({ secret: 'x' });",
    ['session admin: sessions are kept in memory: express-session without a store'],
  ],
  [
    'names that every object inherits',
    "import { toString } from 'lodash';\nimport EventEmitter from 'events';\nexport const title = toString(1), own = new EventEmitter.constructor();",
    [],
  ],
  ['sessions in a store', "import session from 'express-session';\nexport const admin = session({ store: {} as any });", []],
  [
    'options in a constant',
    "import session from 'express-session';\nconst options = { store: {} as any };\nexport const admin = session(options);",
    [],
  ],
  [
    'a rate limiter',
    "import { rateLimit } from 'express-rate-limit';\nexport const limit = rateLimit({ max: 5 });",
    ['rate-limiter limit: request counts are kept in memory: express-rate-limit without a store'],
  ],
  [
    'uploads on disk',
    "import multer from 'multer';\nexport const upload = multer({ dest: 'covers' });",
    ['local-file upload: uploads are written to a local folder'],
  ],
  [
    'a storage on disk',
    "import multer from 'multer';\nconst storage = multer.diskStorage({});\nexport const upload = multer({ storage });",
    ['local-file storage: uploads are written to a local folder'],
  ],
  [
    'uploads that a handler takes',
    "import formidable from 'formidable';\nexport function take(request: any) { formidable({}).parse(request); }",
    ['local-file take: uploads are written to a local folder: formidable'],
  ],
  [
    'uploads that a handler hands on',
    "import formidable from 'formidable';\nexport function take(request: any) { formidable({ fileWriteStreamHandler: globalThis.bucket }).parse(request); }",
    [],
  ],
  [
    'results of a function',
    "import memoize from 'lodash/memoize';\nimport _ from 'lodash';\nexport const price = memoize((id) => id);\nexport const tax = _.memoize((id) => id);\nexport const list = _.map([], (id) => id);",
    ['cache price: results are kept in memory: lodash', 'cache tax: results are kept in memory: lodash'],
  ],
  [
    'exports that are called like members of every object keep nothing',
    "import { toString } from 'lodash';\nexport const title = toString('Emma');\nexport const price = toString.constructor('return 1');",
    [],
  ],
  ['uploads in memory', "import multer from 'multer';\nexport const upload = multer();", []],
  [
    'an event bus',
    "import { EventEmitter } from 'node:events';\nexport const bus = new EventEmitter();",
    ['event-bus bus: subscribers and publishers meet in one process'],
  ],
  [
    'a class that is one',
    "import { EventEmitter } from 'node:events';\nclass Bus extends EventEmitter {}\nexport const bus = new Bus();",
    ['event-bus bus: subscribers and publishers meet in one process'],
  ],
  [
    'a cache',
    "import { LRUCache } from 'lru-cache';\nexport const books = new LRUCache({ max: 10 });",
    ['cache books: entries are kept in memory: lru-cache'],
  ],
])('%s', async (_title, code, expected) => {
  expect(await findingsOf(libraryState, { 'src/app.ts': code })).toEqual(expected);
});
