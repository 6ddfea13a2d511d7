import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { classOf, flatValues, textOf } from '../../src/analyze/decorator-calls.ts';
import { type MemberTriggers, memberTriggers } from '../../src/analyze/member-triggers.ts';
import type { BootValue, LibraryModel } from '../../src/model/boot-trace.ts';
import { nameOf, type SymbolId } from '../../src/model/ids.ts';

/** `@nestjs/event-emitter`: methods that events start. */
export const nestEventEmitterModel: LibraryModel = {
  name: 'nest-event-emitter',
  packages: ['@nestjs/event-emitter'],
  exports: {},
  objects: {},
  decorators: { OnEvent: { handles: true } },
};

/** `@nestjs/cqrs`: handlers by the class of the command, query or event; commands and queries are answered at once. */
export const nestCqrsModel: LibraryModel = {
  name: 'nest-cqrs',
  packages: ['@nestjs/cqrs'],
  exports: {
    CommandBus: { returns: { object: 'nest-cqrs.commands' }, constructs: true },
    QueryBus: { returns: { object: 'nest-cqrs.queries' }, constructs: true },
  },
  objects: {
    'nest-cqrs.commands': {
      members: { execute: { dispatches: { decorator: 'CommandHandler', method: 'execute' } }, '*': { returns: 'unknown' } },
    },
    'nest-cqrs.queries': {
      members: { execute: { dispatches: { decorator: 'QueryHandler', method: 'execute' } }, '*': { returns: 'unknown' } },
    },
  },
  decorators: {
    CommandHandler: { handles: ['execute'] },
    QueryHandler: { handles: ['execute'] },
    EventsHandler: { handles: ['handle'] },
  },
};

const nameOfClass = (value: BootValue): string | undefined => {
  const made = classOf(value);
  return made === undefined ? undefined : nameOf(made as SymbolId);
};

/** Names of classes, texts, and symbols of events. */
const names = (values: readonly BootValue[]): readonly (string | undefined)[] => {
  const found = values.flatMap(flatValues).map((value) => nameOfClass(value) ?? textOf(value));
  return found.length === 0 ? [undefined] : found;
};

const CQRS = ['@nestjs/cqrs'];

const TRIGGERS: readonly MemberTriggers[] = [
  {
    packages: ['@nestjs/event-emitter'],
    decorators: ['OnEvent'],
    trigger: 'event',
    details: ({ call }) => {
      const [event] = call.arguments;
      const parts = event?.kind === 'array' ? event.elements.map(textOf) : undefined;
      // A list is one name in parts.
      return parts === undefined ? [textOf(event)] : [parts.every((part) => part !== undefined) ? parts.join('.') : undefined];
    },
  },
  {
    packages: CQRS,
    decorators: ['CommandHandler', 'QueryHandler'],
    trigger: 'message',
    methods: ['execute'],
    details: ({ call }) => names(call.arguments.slice(0, 1)),
  },
  { packages: CQRS, decorators: ['EventsHandler'], trigger: 'event', methods: ['handle'], details: ({ call }) => names(call.arguments) },
  { packages: CQRS, decorators: ['Saga'], trigger: 'event', details: ({ member }) => [`saga ${member.name}`] },
];

export const nestEventsAnalyzer = defineAnalyzer({
  name: 'nest-events',
  produces: ['trigger'],

  *analyze({ trace }) {
    yield* memberTriggers(trace, TRIGGERS);
  },
});
