import { expect, test } from 'vitest';
import { redisPubSub } from '../../../analyzers/queues/redis-pub-sub.ts';
import { triggerSummaries } from '../../support/triggers.ts';

test.each<[string, string, readonly string[]]>([
  [
    'a function for each channel',
    "import { createClient } from 'redis'; const client = createClient(); function take(text) {} client.subscribe('news', take); client.pSubscribe('stock.*', (text) => {});",
    ['queue news take (redis)', 'queue stock.* <function 1:154> (redis)'],
  ],
  [
    'one function for all channels',
    "import Redis from 'ioredis'; const redis = new Redis(); function take(channel, text) {} redis.subscribe('prices', 'sales'); redis.on('message', take);",
    ['queue prices take (ioredis)', 'queue sales take (ioredis)'],
  ],
  [
    'a channel with a constant name',
    "import Redis from 'ioredis'; const NEWS = 'news'; const redis = new Redis(); redis.subscribe(NEWS); redis.on('message', (channel) => {}); redis.on('error', () => {});",
    ['queue news <function 1:121> (ioredis)'],
  ],
  [
    'a function that only learns that it is subscribed',
    "import Redis from 'ioredis'; const redis = new Redis(); function take(channel, text) {} redis.subscribe('prices', 'sales', (error, count) => {}); redis.on('message', take);",
    ['queue prices take (ioredis)', 'queue sales take (ioredis)'],
  ],
  [
    'a function that only learns that it is subscribed, and nobody listens',
    "import Redis from 'ioredis'; const redis = new Redis(); redis.subscribe('prices', (error, count) => {});",
    ['queue prices unknown (ioredis)'],
  ],
  [
    'names and patterns of one client',
    "import Redis from 'ioredis'; const redis = new Redis(); function one(channel) {} function many(pattern) {} redis.subscribe('prices'); redis.psubscribe('stock.*'); redis.on('message', one); redis.on('pmessage', many);",
    ['queue prices one (ioredis)', 'queue stock.* many (ioredis)'],
  ],
  [
    'clients of the same name in different functions',
    "import Redis from 'ioredis'; function sales() { const redis = new Redis(); redis.subscribe('sales'); redis.on('message', () => {}); } function loans() { const redis = new Redis(); redis.subscribe('loans'); redis.on('message', () => {}); } sales(); loans();",
    ['queue loans loans.<function 1:227> (ioredis)', 'queue sales sales.<function 1:122> (ioredis)'],
  ],
  [
    'clients of the same name in different classes',
    "import Redis from 'ioredis'; class Sales { redis = new Redis(); start() { this.redis.subscribe('sales', () => {}); this.redis.on('message', this.take.bind(this)); } take(channel) {} } class Loans { redis = new Redis(); start() { this.redis.subscribe('loans'); this.redis.on('message', this.take); } take(channel) {} }",
    ['queue loans Loans.take (ioredis)', 'queue sales Sales.take (ioredis)'],
  ],
  [
    'messages as bytes',
    "import { createClient } from 'redis'; const client = createClient(); const take = (bytes) => {}; client.subscribe(['news', 'stock'], take, true);",
    ['queue news take (redis)', 'queue stock take (redis)'],
  ],
  [
    'a function that is made',
    "import { createClient } from 'redis'; const client = createClient(); const taking = () => (text) => {}; client.subscribe('news', taking());",
    ['queue news taking.<function 1:91> (redis)'],
  ],
  [
    'channels that only a run tells',
    "import Redis from 'ioredis'; const redis = new Redis(); redis.subscribe(process.env.ONE, process.env.TWO);",
    ['queue unknown unknown (ioredis)'],
  ],
  ['a client that publishes only', "import Redis from 'ioredis'; const redis = new Redis(); redis.publish('news', 'x');", []],
  ['something else', "const list = { subscribe(name, take) {} }; list.subscribe('news', () => {});", []],
])('%s', (_title, code, expected) => expect([...triggerSummaries(code, [redisPubSub])].sort()).toEqual(expected));
