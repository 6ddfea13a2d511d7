import { expect, test } from 'vitest';
import { queueAnalyzers } from '../../../analyzers/queues/index.ts';
import { triggerSummaries } from '../../support/triggers.ts';

test.each<[string, string, readonly string[]]>([
  [
    'bull',
    `import Queue from 'bull'; const mails = new Queue('mails', process.env.REDIS_URL); function send(job) {} function digest() {}
     mails.process(send); mails.process('digest', 5, digest);`,
    ['queue mails send (bull)', 'queue mails/digest digest (bull)'],
  ],
  [
    'bullmq',
    `import { Queue, Worker } from 'bullmq'; const NAMES = { covers: 'covers' }; async function resize(job) {}
     export const covers = new Queue(NAMES.covers); new Worker(NAMES.covers, resize, { concurrency: 2 }).on('failed', () => {});`,
    ['queue covers resize (bullmq)'],
  ],
  [
    'bullmq, a method of a class',
    `import { Worker } from 'bullmq'; class Shelf { start() { new Worker('shelf', (job) => this.sort(job)); } sort(job) {} } new Shelf().start();`,
    ['queue shelf Shelf.sort (bullmq)'],
  ],
  [
    'bee-queue',
    `import Queue from 'bee-queue'; function send(job, done) {} new Queue('mails').process(10, send);`,
    ['queue mails send (bee-queue)'],
  ],
  [
    'amqplib with promises',
    `import amqp from 'amqplib'; function bill(message) {}
     async function start() { const connection = await amqp.connect('amqp://x'); const channel = await connection.createChannel(); await channel.assertQueue('bills'); await channel.consume('bills', bill, { noAck: true }); }
     start();`,
    ['queue bills bill (amqplib)'],
  ],
  [
    'amqplib with callbacks',
    `import amqp from 'amqplib/callback_api'; function bill(message) {}
     amqp.connect('amqp://x', (error, connection) => connection.createChannel((problem, channel) => channel.consume('bills', bill)));`,
    ['queue bills bill (amqplib)'],
  ],
  [
    'a managed channel',
    `import amqp from 'amqp-connection-manager'; function bill(message) {}
     amqp.connect(['amqp://x']).createChannel({ setup: async (channel) => { await channel.assertQueue('bills'); channel.consume('bills', bill); } });`,
    ['queue bills bill (amqplib)'],
  ],
  [
    'kafkajs',
    `import { Kafka } from 'kafkajs'; const consumer = new Kafka({ brokers: ['x'] }).consumer({ groupId: 'shop' }); async function stock({ message }) {}
     async function start() { await consumer.connect(); await consumer.subscribe({ topics: ['sales', 'returns'] }); await consumer.run({ eachMessage: stock }); }
     start();`,
    ['queue returns stock (kafkajs)', 'queue sales stock (kafkajs)'],
  ],
  [
    'sqs-consumer',
    `import { Consumer } from 'sqs-consumer'; async function ship(message) {}
     Consumer.create({ queueUrl: process.env.SHIPMENTS_QUEUE, handleMessage: ship }).start();`,
    ['queue <process.env.SHIPMENTS_QUEUE> ship (sqs-consumer)'],
  ],
  [
    'nats',
    `import { connect } from 'nats'; function price(error, message) {}
     async function start() { const nc = await connect({ servers: 'x' }); nc.subscribe('prices.*', { callback: price }); const loans = nc.subscribe('loans'); }
     start();`,
    ['queue loans unknown (nats)', 'queue prices.* price (nats)'],
  ],
  [
    'mqtt',
    `import mqtt from 'mqtt'; const client = mqtt.connect('mqtt://x'); function scan(topic, bytes) {}
     client.on('connect', () => {}); client.subscribe(['gate/in', 'gate/out']); client.on('message', scan);`,
    ['queue gate/in scan (mqtt)', 'queue gate/out scan (mqtt)'],
  ],
  [
    'Google Pub/Sub',
    `import { PubSub } from '@google-cloud/pubsub'; function archive(message) {} new PubSub().subscription('archive').on('message', archive).on('error', () => {});`,
    ['queue archive archive (google-pubsub)'],
  ],
  [
    'Azure Service Bus',
    `import { ServiceBusClient } from '@azure/service-bus'; async function archive(message) {}
     new ServiceBusClient('x').createReceiver('archive').subscribe({ processMessage: archive, processError: async () => {} });`,
    ['queue archive archive (azure-service-bus)'],
  ],
  [
    'pg-boss',
    `import PgBoss from 'pg-boss'; async function remind(job) {} async function start() { const boss = new PgBoss('postgres://x'); await boss.start(); await boss.work('reminders', { batchSize: 5 }, remind); } start();`,
    ['queue reminders remind (pg-boss)'],
  ],
  [
    'graphile-worker',
    `import { run } from 'graphile-worker'; async function remind(payload) {} async function start() { await run({ connectionString: 'x', taskList: { remind } }); } start();`,
    ['queue remind remind (graphile-worker)'],
  ],
  ['producers alone', `import { Queue } from 'bullmq'; new Queue('mails').add('welcome', {});`, []],
])('%s', (_title, code, expected) => expect([...triggerSummaries(code, queueAnalyzers)].sort()).toEqual(expected));
