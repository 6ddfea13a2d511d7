import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { textOf } from '../../src/analyze/decorator-calls.ts';
import { type MemberTriggers, memberTriggers } from '../../src/analyze/member-triggers.ts';
import type { BootValue, LibraryModel } from '../../src/model/boot-trace.ts';

/** `@nestjs/microservices`: methods that messages of other processes start. */
export const nestMicroservicesModel: LibraryModel = {
  name: 'nest-microservices',
  packages: ['@nestjs/microservices'],
  exports: {},
  objects: {},
  decorators: {
    MessagePattern: { handles: true },
    EventPattern: { handles: true },
    GrpcMethod: { handles: true },
    GrpcStreamMethod: { handles: true },
  },
};

/** `{ cmd: 'sum' }` is told as it is written. */
function pattern(value: BootValue | undefined): string | undefined {
  if (value?.kind !== 'object') return textOf(value);
  const members = Object.entries(value.properties).map(([name, member]) => [name, textOf(member)] as const);
  return members.every(([, text]) => text !== undefined) ? members.map(([name, text]) => `${name}:${text}`).join(' ') : undefined;
}

const MICROSERVICES = ['@nestjs/microservices'];

const TRIGGERS: readonly MemberTriggers[] = [
  { packages: MICROSERVICES, decorators: ['MessagePattern'], trigger: 'message', details: ({ call }) => [pattern(call.arguments[0])] },
  { packages: MICROSERVICES, decorators: ['EventPattern'], trigger: 'event', details: ({ call }) => [pattern(call.arguments[0])] },
  {
    packages: MICROSERVICES,
    decorators: ['GrpcMethod', 'GrpcStreamMethod'],
    trigger: 'message',
    details: ({ call, member }) => [
      [textOf(call.arguments[0]), textOf(call.arguments[1]) ?? member.name].filter((text) => text !== undefined).join('.'),
    ],
  },
];

export const nestMessagesAnalyzer = defineAnalyzer({
  name: 'nest-messages',
  produces: ['trigger'],

  *analyze({ trace }) {
    yield* memberTriggers(trace, TRIGGERS);
  },
});
