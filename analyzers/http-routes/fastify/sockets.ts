import { triggerOf } from '../../../src/analyze/trigger-fact.ts';
import type { TriggerFact } from '../../../src/model/fact.ts';
import { optionOf } from './instances.ts';
import type { RouteReading } from './read-route.ts';

/** Routes of `@fastify/websocket` start work when a client connects. */
export function socketTrigger({ effect, options, facts }: RouteReading): readonly TriggerFact[] {
  const flag = optionOf(options, 'websocket');
  const handler =
    optionOf(options, 'wsHandler') ?? (flag?.kind === 'constant' && flag.value === true ? optionOf(options, 'handler') : undefined);
  if (handler === undefined) return [];
  return facts.map(({ path }) =>
    triggerOf(effect, { trigger: 'socket', library: '@fastify/websocket', callback: handler, detail: path, label: path }),
  );
}
