import { describe, expect, test } from 'vitest';
import { dynamodb } from '../../../analyzers/data-access/dynamodb.ts';
import { elasticsearch } from '../../../analyzers/data-access/elasticsearch.ts';
import { firestore } from '../../../analyzers/data-access/firestore.ts';
import { redis } from '../../../analyzers/data-access/redis.ts';
import { s3 } from '../../../analyzers/data-access/s3.ts';
import { findingsOf } from '../../support/findings.ts';

describe('redis', () => {
  const client = "import Redis from 'ioredis';\nexport const redis = new Redis();\n";
  test.each([
    ['a promisified client', "export const run = () => redis.getAsync('total');", ['run read redis:total']],
    ['a family of keys', 'export const run = (id: string) => redis.get(`session:${id}`);', ['run read redis:session:*']],
    [
      'joined keys',
      "const PREFIX = 'cart:';\nexport const run = (id: string) => redis.hset(PREFIX + id, 'book', 1);",
      ['run upsert redis:cart:*'],
    ],
    [
      'a key that a function makes',
      'const key = (id: string) => `cart:${id}`;\nexport const run = (id: string) => redis.del(key(id));',
      ['run delete redis:cart:*'],
    ],
    [
      'a key that callers give',
      "const read = (key: string) => redis.get(key);\nexport const run = () => read('books');",
      ['run read redis:books'],
    ],
    [
      'a key that one caller gives and another makes from what nobody knows',
      "const read = (key: string) => redis.get(key);\nexport const run = () => read('books');\nexport const find = (text: string) => read(`*${text}*`);",
      ['! unknown-table: redis, …', 'run read redis:books'],
    ],
    [
      'a key that begins with a static field',
      "export class Codes { static readonly PREFIX = 'code:'; private static key(id: string) { return `${this.PREFIX}${id}`; }\n static get(id: string) { const key = this.key(id); return redis.get(key); } }\nexport const drop = (id: string) => redis.del(`${Codes.PREFIX}${id}`);",
      ['Codes.get read redis:code:*', 'drop delete redis:code:*'],
    ],
    ['a key nobody knows', 'export const run = (key: string) => redis.get(key);', ['! unknown-table: redis, key']],
    ['maps are none', "export const run = (map: Map<string, string>) => map.get('books');", []],
  ])('%s', async (_title, code, expected) =>
    expect(await findingsOf(redis, { 'src/redis.ts': client, 'src/run.ts': `import { redis } from './redis.ts';\n${code}` })).toEqual(
      expected,
    ),
  );
});

describe('dynamodb', () => {
  test.each([
    [
      'commands',
      "import { DynamoDBDocumentClient, GetCommand, BatchWriteCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';\nconst TABLE = 'books';\nexport const run = (client: DynamoDBDocumentClient) => [client.send(new GetCommand({ TableName: TABLE, Key: {} })), client.send(new BatchWriteCommand({ RequestItems: { loans: [] } })), client.send(new TransactWriteCommand({ TransactItems: [{ Delete: { TableName: 'carts' } }] }))];",
      ['run delete dynamodb:carts in run@3:198', 'run read dynamodb:books', 'run upsert dynamodb:loans', 'transaction batch run@3:198'],
    ],
    [
      'a transaction',
      "import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';\nexport const lend = (client) => client.send(new TransactWriteItemsCommand({ TransactItems: [{ ConditionCheck: { TableName: 'readers' } }, { Put: { TableName: 'loans' } }, { Update: { TableName: 'books' } }] }));",
      [
        'lend read dynamodb:readers in lend@2:45',
        'lend update dynamodb:books in lend@2:45',
        'lend upsert dynamodb:loans in lend@2:45',
        'transaction batch lend@2:45',
      ],
    ],
    [
      'a transaction of version 2, made of a list',
      "import { DynamoDB } from 'aws-sdk';\nconst client = new DynamoDB.DocumentClient();\nexport const lend = (books) => client.transactWrite({ TransactItems: books.map((book) => ({ Delete: { TableName: 'books', Key: book } })) }).promise();",
      ['lend delete dynamodb:books in lend@3', 'transaction batch lend@3'],
    ],
    [
      'a batch, which is none',
      "import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';\nexport const clear = (client: DynamoDBDocument) => client.batchWrite({ RequestItems: { carts: [{ DeleteRequest: { Key: {} } }], loans: [{ PutRequest: { Item: {} } }] } });",
      ['clear delete dynamodb:carts', 'clear upsert dynamodb:loans'],
    ],
    [
      'a batch of a table that a constant names',
      "import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';\nconst TABLE = 'carts';\nexport const clear = (keys) => new BatchWriteItemCommand({ RequestItems: { [TABLE]: keys.map((Key) => ({ DeleteRequest: { Key } })) } });",
      ['clear delete dynamodb:carts'],
    ],
    [
      'a transaction of which nothing is known',
      "import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';\nexport const run = (items) => new TransactWriteCommand({ TransactItems: items });",
      ['! unknown-table: dynamodb, TableName of a request'],
    ],
    [
      'version 2',
      "import AWS from 'aws-sdk';\nconst client = new AWS.DynamoDB.DocumentClient();\nexport const run = () => client.put({ TableName: 'books', Item: {} }).promise();",
      ['run upsert dynamodb:books'],
    ],
    [
      'a table nobody knows',
      "import { GetItemCommand } from '@aws-sdk/client-dynamodb';\nexport const run = () => new GetItemCommand({ TableName: process.env.TABLE, Key: {} });",
      ['! unknown-table: dynamodb, TableName of a request'],
    ],
  ])('%s', async (_title, code, expected) => expect(await findingsOf(dynamodb, { 'src/run.ts': code })).toEqual(expected));
});

test('s3', async () => {
  const code =
    "import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';\nconst client = new S3Client({});\nexport const run = () => client.send(new PutObjectCommand({ Bucket: 'covers', Key: 'a' }));";
  expect(await findingsOf(s3, { 'src/run.ts': code })).toEqual(['run upsert s3:covers']);
});

test('elasticsearch', async () => {
  const code =
    "import { Client } from '@elastic/elasticsearch';\nconst client = new Client({});\nexport const run = () => client.search({ index: 'books', query: {} });";
  expect(await findingsOf(elasticsearch, { 'src/run.ts': code })).toEqual(['run read elasticsearch:books']);
});

test('firestore', async () => {
  const code =
    "import { Firestore } from '@google-cloud/firestore';\nconst db = new Firestore();\nexport const run = (id: string) => [db.collection('books').where('a', '==', 1).get(), db.collection('loans').doc(id).set({})];";
  expect(await findingsOf(firestore, { 'src/run.ts': code })).toEqual(['run read firestore:books', 'run upsert firestore:loans']);
});
