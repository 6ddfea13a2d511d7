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
  const known = machine.state.handlers.get(decorator) ?? findHandlers(machine, decorator, method);
  // While start-up runs, later containers may bring more.
  if (machine.state.mode === 'exploring') machine.state.handlers.set(decorator, known);
  return known.get(message) ?? [];
}

/** Methods of instances by the classes that the decorator names. */
function findHandlers({ state }: Machine, decorator: string, method: string): ReadonlyMap<ClassValue, readonly FunctionValue[]> {
  const found = new Map<ClassValue, readonly FunctionValue[]>();
  for (const { providers } of state.containers.flatMap(({ modules }) => modules))
    for (const { made } of providers.values()) {
      if (made?.kind !== 'instance') continue;
      const handler = made.class.prototype.get(method);
      const calls = state.decorated.get(made.class)?.decorators ?? [];
      for (const { value } of calls) {
        if (value.kind !== 'external' || value.path.at(-1) !== decorator || handler?.kind !== 'function') continue;
        for (const one of value.arguments) if (one.kind === 'class' && !found.has(one)) found.set(one, [{ ...handler, thisValue: made }]);
      }
    }
  return found;
}
