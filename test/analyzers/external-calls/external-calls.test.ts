import { expect, test } from 'vitest';
import { externalCalls } from '../../../analyzers/external-calls/external-calls.ts';
import { findingsOf } from '../../support/findings.ts';

test.each<[string, string, readonly string[]]>([
  ['fetch', "export const load = () => fetch('https://api.books.test/v1/list');", ['load asks api.books.test (fetch)']],
  [
    'an address with a hole behind the host',
    'export const load = (id: string) => fetch(`https://api.books.test:8443/${id}`);',
    ['load asks api.books.test (fetch)'],
  ],
  ['a host that is a hole', 'export const load = (host: string) => fetch(`https://${host}/x`);', ['load asks unknown (fetch)']],
  [
    'an address from the environment',
    'export const load = () => fetch(`${process.env.STOCK_URL}/items`);',
    ['load asks <process.env.STOCK_URL> (fetch)'],
  ],
  [
    'an address by constants of the program',
    "const BASE = process.env.STOCK ?? 'http://stock.test'; const URL_OF = { items: BASE + '/items' };\nexport const load = () => fetch(URL_OF.items);",
    ['load asks <process.env.STOCK> (fetch)'],
  ],
  [
    'axios',
    "import axios from 'axios';\nexport const a = () => axios.get('https://a.test/x'); export const b = () => axios({ url: 'https://b.test' });",
    ['a asks a.test (axios)', 'b asks b.test (axios)'],
  ],
  [
    'a client with settings of its own',
    "import axios from 'axios';\nconst client = axios.create({ baseURL: 'https://a.test' });\nexport const a = () => client.post('/x', {});",
    ['a asks a.test (axios)'],
  ],
  [
    'a client with the address of one call',
    "import axios from 'axios';\nconst client = axios.create({ baseURL: 'https://a.test' });\nexport const a = () => client.post('https://b.test/x', {});",
    ['a asks b.test (axios)'],
  ],
  [
    'a client whose address is a variable',
    "import got from 'got';\nconst client = got.extend({ prefixUrl: process.env.STOCK });\nexport const a = () => client.get('x');",
    ['a asks <process.env.STOCK> (got)'],
  ],
  [
    'a client of no address',
    "import axios from 'axios';\nconst client = axios.create({ timeout: 9 });\nexport const a = (path: string) => client.get(path);",
    ['a asks unknown (axios)'],
  ],
  [
    'Node itself',
    "import https from 'node:https';\nexport const a = () => https.request({ hostname: 'a.test' }, () => {}); export const s = () => https.createServer();",
    ['a asks a.test (https)'],
  ],
  [
    'a provider',
    "import Stripe from 'stripe';\nconst stripe = new Stripe('x');\nexport const pay = () => stripe.charges.create({});",
    ['pay asks stripe (stripe)'],
  ],
  [
    'a service of a cloud',
    "import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';\nconst sqs = new SQSClient({});\nexport const send = () => sqs.send(new SendMessageCommand({}));",
    ['send asks aws sqs (@aws-sdk/client-sqs)'],
  ],
  [
    'mail',
    "import nodemailer from 'nodemailer';\nconst mails = nodemailer.createTransport({});\nexport const send = () => mails.sendMail({});",
    ['send asks smtp (nodemailer)', '<module> asks smtp (nodemailer)'],
  ],
  ['a function of the program', 'function fetch(x: string) {}\nexport const load = () => fetch("https://a.test");', []],
])('%s', async (_title, code, expected) => {
  expect([...(await findingsOf(externalCalls, { 'src/shop.ts': code }))].sort()).toEqual([...expected].sort());
});
