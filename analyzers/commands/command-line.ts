import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { distinctTriggers, triggerOf } from '../../src/analyze/trigger-fact.ts';
import type { BootEffect, BootValue, CallModel, LibraryHost, LibraryModel } from '../../src/model/boot-trace.ts';
import type { TriggerFact } from '../../src/model/fact.ts';

const makesCommand: CallModel = { returns: { object: 'commander.command' } };
const itself: CallModel = { returns: 'self' };

const commandMembers: LibraryModel['objects'][string]['members'] = {
  command: makesCommand,
  action: { records: 'command', returns: 'self' },
  Command: { ...makesCommand, constructs: true },
  opts: { returns: 'unknown' },
  '*': itself,
};

/** `commander`: `program.command('import <file>').action(run)`. */
export const commanderModel: LibraryModel = {
  name: 'commander',
  packages: ['commander'],
  exports: {
    default: { property: { object: 'commander.program' } },
    program: { property: { object: 'commander.program' } },
    Command: { ...makesCommand, constructs: true },
    createCommand: makesCommand,
  },
  objects: { 'commander.program': { members: commandMembers }, 'commander.command': { members: commandMembers } },
};

/** `yargs.command(name, description, builder, handler)`, or one object of them. */
function command<Value>(host: LibraryHost<Value>): Value {
  const [first] = host.given;
  const isObject = host.given.length === 1 && first !== undefined;
  const name = isObject ? host.member(first, 'command') : first;
  const handler = isObject ? host.member(first, 'handler') : host.given.length > 3 ? host.given[3] : undefined;
  if (handler !== undefined) host.record({ verb: 'command', arguments: [handler, name ?? host.constant(undefined)] });
  return host.receiver ?? host.make('yargs.parser', { arguments: [] });
}

const parser: CallModel = { returns: { object: 'yargs.parser' } };

export const yargsModel: LibraryModel = {
  name: 'yargs',
  packages: ['yargs'],
  exports: { default: { members: { command: { performs: command }, '*': parser }, call: parser } },
  objects: {
    'yargs.parser': {
      members: { command: { performs: command }, argv: { property: 'unknown' }, parse: { returns: 'unknown' }, '*': itself },
    },
  },
};

/** Commands of command lines: what runs when a person or a script calls them. */
export const commandLines = defineAnalyzer({
  name: 'command-lines',
  produces: ['trigger'],

  *analyze({ trace }) {
    const objects = new Map(trace.objects.map((object) => [object.id, object]));
    const commands = trace.effects.filter(({ verb }) => verb === 'command');
    yield* distinctTriggers(commands.map((effect) => toTrigger(effect, objects.get(effect.object)?.arguments[0])));
  },
});

/** The name is an argument of the call (yargs) or of the object (commander). */
function toTrigger(effect: BootEffect, named: BootValue | undefined): TriggerFact {
  const [callback, given] = effect.arguments;
  const detail = commandName(given) ?? commandName(named);
  const library = effect.object.split('.')[0] ?? 'commander';
  return triggerOf(effect, { trigger: 'command', library, callback, detail, label: detail ?? 'main' });
}

/** `import <file>` is the command `import`. */
function commandName(value: BootValue | undefined): string | undefined {
  const text = value?.kind === 'array' ? commandName(value.elements[0]) : undefined;
  if (text !== undefined) return text;
  return value?.kind === 'constant' && typeof value.value === 'string' ? value.value.split(/\s/)[0] || undefined : undefined;
}
