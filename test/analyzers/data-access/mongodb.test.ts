import { expect, test } from 'vitest';
import { mongodb } from '../../../analyzers/data-access/mongodb.ts';
import { findingsOf } from '../../support/findings.ts';

const client = `import { MongoClient } from 'mongodb';
export const client = new MongoClient('url');
export const db = client.db('shop');
`;
const found = (code: string) =>
  findingsOf(mongodb, { 'src/db.ts': client, 'src/books.ts': `import { client, db } from './db.ts';\n${code}` });

test.each([
  ['reads', "export const run = () => db.collection('books').find({}).toArray();", ['run read books']],
  [
    'a collection in a variable',
    "const books = db.collection('books');\nexport const run = () => books.insertOne({});",
    ['run create books'],
  ],
  [
    'a collection that a function gives',
    "const books = () => db.collection('books');\nexport const run = () => books().deleteOne({});",
    ['run delete books'],
  ],
  [
    'a collection that a function gives by the name it is asked for',
    "const named = (name: string) => db.collection(name);\nexport const run = () => named('books').deleteOne({});\nexport const look = () => named('loans').findOne({});",
    ['look read loans', 'run delete books'],
  ],
  [
    'a function that hands the name on',
    "const open = (name: string) => db.collection(name);\nconst named = (name: string) => open(name);\nexport const run = () => named('books').deleteOne({});\nexport const look = () => named('loans').findOne({});",
    ['look read loans', 'run delete books'],
  ],
  ['upserts', "export const run = () => db.collection('books').updateOne({}, {}, { upsert: true });", ['run upsert books']],
  [
    'a name that callers give',
    "const count = (name: string) => db.collection(name).countDocuments();\nexport const run = () => count('books');",
    ['run read books'],
  ],
  [
    'aggregation',
    "export const run = () => db.collection('books').aggregate([{ $lookup: { from: 'loans' } }, { $merge: { into: 'late' } }]);",
    ['run read books', 'run read loans', 'run upsert late'],
  ],
  [
    'a transaction',
    "export async function run() { const session = client.startSession(); await session.withTransaction(async () => { await db.collection('books').insertOne({}, { session }); }); }",
    ['run.<function 2:100> create books in run@2:76', 'transaction callback run@2:76'],
  ],
])('%s', async (_title, code, expected) => expect(await found(code)).toEqual(expected));
