import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { FactOf, TableOperation } from '../../src/model/fact.ts';
import { accessFacts } from './flow/access-facts.ts';
import { createCallFlow } from './flow/call-flow.ts';
import { createReceiverOrigins } from './flow/client-library.ts';
import { argumentOf, callSites, valueAt } from './flow/code-value.ts';
import { placedPatterns } from './flow/name-patterns.ts';
import { unknownNames } from './flow/named-stores.ts';
import { usesPackage } from './flow/package-use.ts';
import { promisedMethod } from './flow/promised-methods.ts';
import { joinTransactions } from './flow/transactions.ts';

const packages: ReadonlySet<string> = new Set([
  'redis',
  'ioredis',
  '@redis/client',
  'handy-redis',
  '@upstash/redis',
  '@nestjs-modules/ioredis',
  'nestjs-redis',
]);

/** Finds keys of Redis that code reads and writes: each family of keys is a table, `redis:session:*`. */
export const redis = defineAnalyzer({
  name: 'redis',
  produces: ['table-access'],

  *analyze({ program, trace }): Iterable<FactOf<'table-access'> | Diagnostic> {
    if (!usesPackage(program, packages)) return;
    const flow = createCallFlow(program, trace);
    const originOf = createReceiverOrigins(flow, trace);
    const transactions = joinTransactions(flow, []);
    for (const site of callSites(program)) {
      const { callee, kind } = site.call;
      const operation =
        kind === 'call' && callee.kind === 'member' ? operations.get(promisedMethod(callee.property).toLowerCase()) : undefined;
      const key = operation === undefined ? undefined : argumentOf(site, 0);
      if (operation === undefined || key === undefined || callee.kind !== 'member') continue;
      const origin = originOf(valueAt(site, callee.object));
      if (origin.kind !== 'package' || !packages.has(origin.package)) continue;
      const keys = key.expression.kind === 'array' ? key.expression.elements.map((expression) => ({ ...key, expression })) : [key];
      for (const one of keys) {
        const named = placedPatterns(flow, site, one);
        for (const { site: place, found } of named.placed)
          yield* accessFacts(program, transactions, { table: `redis:${found}`, operation, library: 'redis', site, place });
        yield* unknownNames(program, { library: 'redis', site, value: one, named });
      }
    }
  },
});

const commands: Readonly<Record<TableOperation, readonly string[]>> = {
  read: [
    ...[
      'get',
      'mget',
      'getBuffer',
      'getRange',
      'strlen',
      'exists',
      'ttl',
      'pttl',
      'type',
      'hget',
      'hmget',
      'hgetall',
      'hexists',
      'hkeys',
      'hvals',
      'hlen',
    ],
    ...[
      'lrange',
      'llen',
      'lindex',
      'smembers',
      'sismember',
      'smismember',
      'scard',
      'srandmember',
      'sinter',
      'sunion',
      'sdiff',
      'zrange',
      'zrevrange',
      'zrangebyscore',
    ],
    ...[
      'zscore',
      'zcard',
      'zcount',
      'zrank',
      'zrevrank',
      'hscan',
      'sscan',
      'zscan',
      'xrange',
      'xlen',
      'xrevrange',
      'pfcount',
      'bitcount',
      'getbit',
      'keys',
      'hScanIterator',
    ],
  ],
  create: ['rpush', 'lpush', 'xadd'],
  update: [
    ...[
      'incr',
      'incrby',
      'incrbyfloat',
      'decr',
      'decrby',
      'append',
      'expire',
      'pexpire',
      'expireat',
      'persist',
      'hincrby',
      'hincrbyfloat',
      'ltrim',
      'lset',
      'linsert',
    ],
    ...['rename', 'zincrby', 'setrange', 'setbit', 'rpushx', 'lpushx', 'getset', 'getex', 'touch'],
  ],
  delete: [
    'del',
    'unlink',
    'hdel',
    'lrem',
    'srem',
    'zrem',
    'lpop',
    'rpop',
    'spop',
    'zpopmin',
    'zpopmax',
    'getdel',
    'zremrangebyscore',
    'zremrangebyrank',
    'xdel',
    'xtrim',
    'blpop',
    'brpop',
  ],
  upsert: ['set', 'setex', 'psetex', 'setnx', 'mset', 'hset', 'hmset', 'hsetnx', 'sadd', 'zadd', 'pfadd', 'geoadd', 'json.set'],
};

/** Commands in lower case: clients write them as `hGetAll` and `hgetall`. */
const operations: ReadonlyMap<string, TableOperation> = new Map(
  (['read', 'create', 'update', 'delete', 'upsert'] as const).flatMap((operation) =>
    commands[operation].map((command) => [command.toLowerCase(), operation] as const),
  ),
);
