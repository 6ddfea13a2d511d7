import { expect, test } from 'vitest';
import { eventAnalyzers } from '../../../analyzers/events/index.ts';
import { traceOf } from '../../support/trace.ts';
import { triggerSummaries } from '../../support/triggers.ts';

test.each<[string, string, readonly string[]]>([
  [
    'an emitter',
    `import { EventEmitter } from 'events'; const bus = new EventEmitter(); function ship() {} bus.on('order.placed', ship);`,
    ['event order.placed ship (node:events)'],
  ],
  [
    'a class of its own',
    `import EventEmitter from 'node:events'; class Bus extends EventEmitter { constructor() { super(); this.setMaxListeners(50); } } function ship() {} new Bus().once('placed', ship);`,
    ['event placed ship (node:events)'],
  ],
  [
    'a chain',
    `import { EventEmitter } from 'events'; function a() {} function b() {} new EventEmitter().on('a', a).addListener('b', b);`,
    ['event a a (node:events)', 'event b b (node:events)'],
  ],
  [
    'a table of listeners',
    `import { EventEmitter } from 'events'; const bus = new EventEmitter(); function a() {} function b() {} for (const [name, f] of Object.entries({ a, b })) bus.on(name, f);`,
    ['event a a (node:events)', 'event b b (node:events)'],
  ],
  [
    'an enum of events',
    `import { EventEmitter } from 'events'; enum Events { Placed = 'order.placed' } const bus = new EventEmitter(); function ship() {} bus.on(Events.Placed, ship);`,
    ['event order.placed ship (node:events)'],
  ],
  [
    'a typed facade',
    `import { EventEmitter } from 'events'; class Bus { private inner = new EventEmitter(); subscribe(name, f) { this.inner.on(name, f); } } function ship() {} new Bus().subscribe('placed', ship);`,
    ['event placed ship (node:events)'],
  ],
  ['nothing of the process', `process.on('SIGTERM', () => {});`, []],
])('%s', (_title, code, expected) => expect(triggerSummaries(code, eventAnalyzers)).toEqual(expected));

test('start-up emissions are effects', () => {
  const { trace } = traceOf(
    { files: { 'src/main.ts': `import { EventEmitter } from 'events'; new EventEmitter().emit('ready');` } },
    { entries: ['src/main.ts'] },
  );
  expect(trace.effects.map(({ verb, method }) => [verb, method])).toEqual([['emit', 'emit']]);
});
