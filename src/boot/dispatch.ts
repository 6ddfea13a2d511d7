import type { CallModel } from '../model/boot-trace.ts';
import { join } from './join.ts';
import type { Machine } from './machine.ts';
import { type CallSite, type ClassValue, type FunctionValue, UNKNOWN, type Value } from './value.ts';

/** A call that a bus hands to the class which a decorator ties to the class of what it is given. */
export function dispatched(
  machine: Machine,
  { decorator, method }: NonNullable<CallModel['dispatches']>,
  { given, site }: { readonly given: readonly Value[]; readonly site: CallSite },
): Value {
  const [message] = given;
  const options = message?.kind === 'union' ? message.options : [message];
  const handlers = options.flatMap((option) => (option?.kind === 'instance' ? handlersOf(machine, decorator, method, option.class) : []));
  if (handlers.length === 0) return { kind: 'unknown', origin: site };
  return { kind: 'promise', value: join(handlers.map((handler) => settled(machine.call(handler, UNKNOWN, given, site)))) };
}

const settled = (value: Value): Value => (value.kind === 'promise' ? value.value : value);

function handlersOf(machine: Machine, decorator: string, method: string, message: ClassValue): readonly FunctionValue[] {
  const { containers, decorated } = machine.state;
  const isFor = (made: ClassValue): boolean =>
    decorated
      .get(made)
      ?.decorators.some(({ value }) => value.kind === 'external' && value.path.at(-1) === decorator && value.arguments.includes(message)) ??
    false;
  const instances = containers.flatMap(({ modules }) =>
    modules.flatMap(({ providers }) =>
      [...providers.values()].flatMap(({ made }) => (made?.kind === 'instance' && isFor(made.class) ? [made] : [])),
    ),
  );
  return instances.slice(0, 1).flatMap((instance) => {
    const found = instance.class.prototype.get(method);
    return found?.kind === 'function' ? [{ ...found, thisValue: instance }] : [];
  });
}
