import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { propertyOf, textOf } from '../../src/analyze/decorator-calls.ts';
import { type MemberTriggers, memberTriggers } from '../../src/analyze/member-triggers.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';

const COMMANDS = ['Command', 'SubCommand', 'RootCommand', 'DefaultCommand'];

/** `nest-commander`: classes that are commands, with `run`. */
export const nestCommanderModel: LibraryModel = {
  name: 'nest-commander',
  packages: ['nest-commander'],
  exports: {
    CommandFactory: {
      members: {
        run: { records: 'create', returns: { object: 'nest.context' }, assembles: 0 },
        runWithoutClosing: { records: 'create', returns: { object: 'nest.context' }, assembles: 0 },
        createWithoutRunning: { records: 'create', returns: { object: 'nest.context' }, assembles: 0 },
      },
    },
  },
  objects: {},
  decorators: Object.fromEntries(COMMANDS.map((name) => [name, { handles: ['run'] }])),
};

/** `nestjs-console` and `nestjs-command`: methods that are commands. */
export const nestConsoleModel: LibraryModel = {
  name: 'nestjs-console',
  packages: ['nestjs-console', 'nestjs-command'],
  exports: {},
  objects: {},
  decorators: { Command: { handles: true } },
};

const TRIGGERS: readonly MemberTriggers[] = [
  {
    packages: ['nest-commander'],
    decorators: COMMANDS,
    trigger: 'command',
    methods: ['run'],
    details: ({ call }) => [textOf(propertyOf(call.arguments[0], 'name'))],
  },
  {
    packages: ['nestjs-console', 'nestjs-command'],
    decorators: ['Command'],
    trigger: 'command',
    details: ({ call }) => [textOf(propertyOf(call.arguments[0], 'command'))],
  },
];

/** Commands of a command line that are classes or methods of Nest. */
export const nestCommandsAnalyzer = defineAnalyzer({
  name: 'nest-commands',
  produces: ['trigger'],

  *analyze({ trace }) {
    yield* memberTriggers(trace, TRIGGERS);
  },
});
