import { concatenate, withDefaults } from '../fold.ts';
import type { Machine } from '../machine.ts';
import { ROOT } from '../paths.ts';
import { arrayOf, type BuiltinCall, type BuiltinValue, builtin, constant, objectOf, UNDEFINED, UNKNOWN, type Value } from '../value.ts';
import { collectionGlobals, iterated } from './collections.ts';
import { objectGlobal } from './object-global.ts';
import { awaited, promiseGlobal } from './promise.ts';
import { reflectGlobal } from './reflect.ts';

/** Values of the names that JavaScript and Node give every module. */
export function createGlobals(machine: Machine): ReadonlyMap<string, Value> {
  const later = (name: string): BuiltinValue =>
    builtin(name, ({ arguments: [callback, ...rest], site }) => {
      if (callback !== undefined) machine.call(callback, UNDEFINED, rest, site);
      return UNDEFINED;
    });
  const globals = new Map<string, Value>([
    ['undefined', UNDEFINED],
    ['NaN', constant(Number.NaN)],
    ['Infinity', constant(Number.POSITIVE_INFINITY)],
    ['console', silent('console')],
    ['process', processGlobal(later('process.nextTick'))],
    ['setImmediate', later('setImmediate')],
    ['queueMicrotask', later('queueMicrotask')],
    ['Promise', promiseGlobal(machine)],
    ['Object', objectGlobal(machine)],
    ['Array', arrayGlobal(machine)],
    ['Reflect', reflectGlobal()],
    ['String', converter('String', (value) => concatenate([value]))],
    ['Number', converter('Number', (value) => numeric(value, Number))],
    ['Boolean', converter('Boolean', (value) => (value.kind === 'constant' ? constant(Boolean(value.value)) : UNKNOWN))],
    [
      'parseInt',
      builtin('parseInt', ({ arguments: [value = UNDEFINED, radix] }) => numeric(value, (text) => Number.parseInt(text, radixOf(radix)))),
    ],
    ['parseFloat', builtin('parseFloat', ({ arguments: [value = UNDEFINED] }) => numeric(value, Number.parseFloat))],
    [
      'isNaN',
      builtin('isNaN', ({ arguments: [value = UNDEFINED] }) =>
        value.kind === 'constant' ? constant(Number.isNaN(Number(value.value))) : UNKNOWN,
      ),
    ],
    ['Symbol', symbolGlobal()],
    ['JSON', jsonGlobal()],
    ['RegExp', patternGlobal()],
    ['URL', urlGlobal()],
    ...collectionGlobals(machine),
  ]);
  const holder: Value = { ...objectOf(globals), complete: false };
  return globals.set('globalThis', holder).set('global', holder);
}

/** An object whose methods do nothing that matters here. */
const silent = (name: string): Value => ({
  kind: 'builtin',
  name,
  members: new Map(
    ['log', 'info', 'warn', 'error', 'debug', 'trace', 'table', 'time', 'timeEnd', 'dir'].map((method) => [
      method,
      builtin(`${name}.${method}`, () => UNDEFINED),
    ]),
  ),
});

function processGlobal(nextTick: Value): Value {
  const nothing = (name: string): [string, Value] => [name, builtin(`process.${name}`, () => UNDEFINED)];
  return {
    kind: 'builtin',
    name: 'process',
    members: new Map<string, Value>([
      ['nextTick', nextTick],
      ['cwd', builtin('process.cwd', () => constant(ROOT))],
      ['env', { kind: 'builtin', name: 'process.env' }],
      nothing('on'),
      nothing('once'),
      nothing('exit'),
      nothing('emitWarning'),
      nothing('setMaxListeners'),
    ]),
  };
}

const radixOf = (value: Value | undefined): number => (value?.kind === 'constant' ? Number(value.value) : 10);

function numeric(value: Value, convert: (text: string) => number): Value {
  const known = withDefaults(value);
  return known.kind === 'constant' ? constant(convert(String(known.value))) : UNKNOWN;
}

const converter = (name: string, convert: (value: Value) => Value): Value => ({
  kind: 'builtin',
  name,
  call: ({ arguments: [value = UNDEFINED] }) => convert(value),
  members: new Map<string, Value>(
    name === 'Number'
      ? [
          [
            'parseInt',
            builtin('parseInt', ({ arguments: [value = UNDEFINED, radix] }) =>
              numeric(value, (text) => Number.parseInt(text, radixOf(radix))),
            ),
          ],
        ]
      : [],
  ),
});

function arrayGlobal(machine: Machine): Value {
  return {
    kind: 'builtin',
    name: 'Array',
    construct: () => arrayOf([], machine.state.guards.length),
    call: () => arrayOf([], machine.state.guards.length),
    members: new Map<string, Value>([
      ['isArray', builtin('Array.isArray', ({ arguments: [value = UNDEFINED] }) => isArray(value))],
      ['of', builtin('Array.of', ({ arguments: given }) => arrayOf(given, machine.state.guards.length))],
      ['from', builtin('Array.from', (input) => arrayFrom(machine, input))],
    ]),
  };
}

function isArray(value: Value): Value {
  if (value.kind === 'array') return constant(true);
  return ['unknown', 'external', 'export', 'union', 'environment'].includes(value.kind) ? UNKNOWN : constant(false);
}

function arrayFrom(machine: Machine, { arguments: [source = UNDEFINED, mapper], site }: BuiltinCall): Value {
  const known = iterated(source);
  const list = known === undefined ? undefined : arrayOf(known.elements, machine.state.guards.length);
  if (list === undefined) return { ...arrayOf([]), complete: false };
  list.complete = known?.complete ?? false;
  if (mapper === undefined) return list;
  const map = machine.getMember(list, 'map', site);
  return awaited(machine.call(map, list, [mapper], site));
}

/** A symbol is a text that no code writes: one for each key of the registry, else one for each place. */
const symbolGlobal = (): Value => ({
  kind: 'builtin',
  name: 'Symbol',
  call: ({ site }) => constant(`@@symbol ${site.module}:${site.node.start}`),
  members: new Map<string, Value>([
    ['for', builtin('Symbol.for', ({ arguments: [key] }) => (key?.kind === 'constant' ? constant(`@@symbol ${key.value}`) : UNKNOWN))],
  ]),
});

const jsonGlobal = (): Value => ({
  kind: 'builtin',
  name: 'JSON',
  members: new Map<string, Value>([
    ['parse', builtin('JSON.parse', () => UNKNOWN)],
    ['stringify', builtin('JSON.stringify', () => UNKNOWN)],
  ]),
});

function patternGlobal(): Value {
  const make = ({ arguments: [source, flags] }: BuiltinCall): Value =>
    source?.kind === 'constant'
      ? { kind: 'pattern', source: String(source.value), flags: flags?.kind === 'constant' ? String(flags.value) : '' }
      : source?.kind === 'pattern'
        ? source
        : UNKNOWN;
  return { kind: 'builtin', name: 'RegExp', call: make, construct: make };
}

/** `new URL('./routes', import.meta.url)`, as modules without `__dirname` write it. */
function urlGlobal(): Value {
  return {
    kind: 'builtin',
    name: 'URL',
    construct: ({ arguments: [path, base] }) => {
      if (path?.kind !== 'constant') return UNKNOWN;
      try {
        const url = new URL(String(path.value), base?.kind === 'constant' ? String(base.value) : undefined);
        return {
          kind: 'object',
          properties: new Map<string, Value>([
            ['pathname', constant(url.pathname)],
            ['href', constant(url.href)],
          ]),
          complete: false,
          depth: 0,
        };
      } catch {
        return UNKNOWN;
      }
    },
  };
}
