import type { LibraryHost } from '../model/boot-trace.ts';
import { toBootValue } from './boot-value.ts';
import { filesBelow } from './builtins/file-system.ts';
import { entriesOf } from './builtins/object-global.ts';
import { awaited } from './builtins/promise.ts';
import { noteLoad } from './computed-loads.ts';
import { concatenate } from './fold.ts';
import { provide } from './injection.ts';
import type { Machine } from './machine.ts';
import { exportOf } from './module-exports.ts';
import { parameterNames } from './parameter-names.ts';
import { ROOT } from './paths.ts';
import { putOff, settle } from './put-off.ts';
import { arrayOf, builtin, type CallSite, constant, isMissing, objectOf, UNDEFINED, UNKNOWN, type Value } from './value.ts';

type ValueHost = Omit<LibraryHost<Value>, 'given' | 'method' | 'receiver' | 'make' | 'record'>;

/** The part of a model's view on the evaluator that is about values, whatever call it is for. */
export function valueHost(machine: Machine, site: CallSite): ValueHost {
  const depth = (): number => machine.state.guards.length;
  return {
    see: (value) => toBootValue(machine, value ?? UNDEFINED),
    isObject: (value) => awaited(value).kind === 'object',
    member(value, name) {
      if (value === undefined) return undefined;
      const found = machine.getMember(awaited(value), name, site);
      return isMissing(found) ? undefined : found;
    },
    members: (value) => entriesOf(awaited(value)),
    elements(value) {
      const known = awaited(value);
      return known.kind === 'array' ? { values: known.elements, complete: known.complete } : { values: [known], complete: true };
    },
    assign: (target, name, value) => machine.setMember(target, name, value, site),
    constant,
    environment: (name, fallback) => ({ kind: 'environment', name, ...(fallback === undefined ? {} : { fallback }) }),
    recall: (name) => machine.state.kept.get(name),
    keep: (name, value) => void machine.state.kept.set(name, value),
    provide: (token, factory) => provide(machine, constant(token), factory, 'factory'),
    unknown: () => ({ kind: 'unknown', origin: site }),
    object: (members, complete = true) => ({ ...objectOf(members, depth()), complete }),
    concatenate: (parts) => concatenate(parts),
    list: (elements) => arrayOf(elements, depth()),
    callable: (value) => callable(value),
    call: (callee, given, receiver = UNKNOWN) => awaited(machine.call(callee, receiver, given, site)),
    construct: (callee, given) => machine.construct(callee, given, site),
    parameters: parameterNames,
    makeFunction: (name, body) => builtin(name, ({ arguments: given }) => body(given)),
    later: (body) => putOff(machine, body),
    settle: () => settle(machine),
    filesBelow: (folder) => filesBelow(machine, folder),
    load: (file) => loadFile(machine, file, site),
    unclear: () => machine.recorder.unknownCall(site),
  };
}

const CALLED: ReadonlySet<Value['kind']> = new Set(['function', 'builtin', 'method', 'export', 'external', 'union', 'class']);

function callable(value: Value, depth = 0): Value | undefined {
  const known = awaited(value);
  if (CALLED.has(known.kind)) return known;
  if (depth > 2) return undefined;
  const main =
    known.kind === 'namespace' ? exportOf(known.module, 'default') : known.kind === 'object' ? known.properties.get('default') : undefined;
  return main === undefined ? undefined : callable(main, depth + 1);
}

function loadFile(machine: Machine, file: string, site: CallSite): Value | undefined {
  const from = machine.loadModule(site.module);
  const loaded = from === undefined ? undefined : machine.requireComputed(`${ROOT}/${file}`, from, 'import');
  if (loaded?.module !== undefined) noteLoad(machine, site, [loaded.module]);
  return loaded?.value;
}
