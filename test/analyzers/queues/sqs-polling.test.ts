import { expect, test } from 'vitest';
import { queueAnalyzers } from '../../../analyzers/queues/index.ts';
import { triggerSummaries } from '../../support/triggers.ts';

const V3 = `import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'; const sqs = new SQSClient({});`;
const V2 = `import AWS from 'aws-sdk'; const sqs = new AWS.SQS();`;
const take = (url: string): string =>
  `const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: ${url}, WaitTimeSeconds: 20 })); for (const message of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl: ${url}, ReceiptHandle: message.ReceiptHandle }));`;

test.each<[string, string, readonly string[]]>([
  [
    'a queue that a variable names',
    `${V3} async function poll() { while (true) { ${take('process.env.ORDERS_QUEUE')} } } poll();`,
    ['queue <process.env.ORDERS_QUEUE> poll (@aws-sdk/client-sqs)'],
  ],
  [
    'a constant queue',
    `${V3} const URL = 'https://sqs.test/1/orders'; const poll = async () => { ${take('URL')} setTimeout(poll, 1); }; poll();`,
    ['queue https://sqs.test/1/orders poll (@aws-sdk/client-sqs)'],
  ],
  [
    'a default, and settings',
    `${V3} const settings = { queue: process.env.QUEUE ?? 'https://sqs.test/1/orders' }; async function poll() { ${take('settings.queue')} } setInterval(poll, 1000);`,
    ['queue https://sqs.test/1/orders poll (@aws-sdk/client-sqs)'],
  ],
  [
    'a field of a class',
    `${V3} class Poller { private readonly url: string = process.env.QUEUE!; async poll() { ${take('this.url')} } } new Poller().poll();`,
    ['queue <process.env.QUEUE> Poller.poll (@aws-sdk/client-sqs)'],
  ],
  [
    'a function that receives for another',
    `${V3} const receive = () => sqs.send(new ReceiveMessageCommand({ QueueUrl: process.env.QUEUE })); const remove = (one) => sqs.send(new DeleteMessageCommand({ QueueUrl: process.env.QUEUE, ReceiptHandle: one.ReceiptHandle }));
     async function poll() { const { Messages } = await receive(); for (const one of Messages) await remove(one); } poll();`,
    ['queue <process.env.QUEUE> poll (@aws-sdk/client-sqs)'],
  ],
  [
    'version 2 with callbacks',
    `${V2} const params = { QueueUrl: 'https://sqs.test/1/orders', MaxNumberOfMessages: 10 }; function poll() { sqs.receiveMessage(params, (error, data) => { sqs.deleteMessage({ QueueUrl: params.QueueUrl, ReceiptHandle: data.Messages[0].ReceiptHandle }, poll); }); } poll();`,
    ['queue https://sqs.test/1/orders poll (aws-sdk)'],
  ],
  [
    'version 2 with promises, and a queue that callers name',
    `${V2} async function poll(url) { const { Messages } = await sqs.receiveMessage({ QueueUrl: url }).promise(); await sqs.deleteMessageBatch({ QueueUrl: url, Entries: Messages }).promise(); } poll('https://sqs.test/1/orders');`,
    ['queue unknown poll (aws-sdk)'],
  ],
  [
    'the client with methods of version 3',
    `import { SQS } from '@aws-sdk/client-sqs'; const sqs = new SQS({}); async function poll() { const { Messages } = await sqs.receiveMessage({ QueueUrl: process.env.QUEUE }); await sqs.deleteMessage({ QueueUrl: process.env.QUEUE, ReceiptHandle: Messages[0].ReceiptHandle }); } poll();`,
    ['queue <process.env.QUEUE> poll (@aws-sdk/client-sqs)'],
  ],
  ['who only looks', `${V3} export const peek = () => sqs.send(new ReceiveMessageCommand({ QueueUrl: process.env.QUEUE }));`, []],
  [
    'who sends',
    `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'; const sqs = new SQSClient({}); export const send = () => sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: '' }));`,
    [],
  ],
  [
    'other clients',
    `import { Client } from './client'; const sqs = new Client(); export async function poll() { const found = await sqs.receiveMessage({ QueueUrl: 'x' }); await sqs.deleteMessage(found); }`,
    [],
  ],
])('%s', (_title, code, expected) => expect(triggerSummaries(code, queueAnalyzers)).toEqual(expected));
