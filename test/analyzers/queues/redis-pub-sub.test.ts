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
  ['a client that publishes only', "import Redis from 'ioredis'; const redis = new Redis(); redis.publish('news', 'x');", []],
  ['something else', "const list = { subscribe(name, take) {} }; list.subscribe('news', () => {});", []],
])('%s', (_title, code, expected) => expect([...triggerSummaries(code, [redisPubSub])].sort()).toEqual(expected));
