import { ownEntry } from '../../lib/own-entry.ts';
import { mayTakeLong } from '../../lib/slow-pattern.ts';
import { concatenate, textOfLength, withDefaults } from '../fold.ts';
import { join } from '../join.ts';
import type { Machine } from '../machine.ts';
import {
  arrayOf,
  type BuiltinCall,
  builtin,
  type ConstantValue,
  constant,
  type EnvironmentValue,
  type PatternValue,
  type TemplateValue,
  UNKNOWN,
  type Value,
} from '../value.ts';

/** A member of a string, number or regular expression; methods of constant strings give constants. */
export function stringMember(
  machine: Machine,
  value: ConstantValue | TemplateValue | PatternValue | EnvironmentValue,
  name: string,
): Value | undefined {
  if (value.kind === 'pattern') return name === 'source' ? constant(value.source) : undefined;
  if (name === 'concat') return builtin('String.concat', (input) => concatenate([value, ...input.arguments]));
  if (value.kind !== 'constant') return undefined;
  if (typeof value.value === 'number' && name === 'toString') return builtin('Number.toString', () => constant(String(value.value)));
  if (typeof value.value !== 'string') return undefined;
  const text = value.value;
  if (name === 'length') return constant(text.length);
  if (name === 'replace' || name === 'replaceAll') return builtin(`String.${name}`, (input) => replaceIn(machine, text, name, input));
  const method = ownEntry(METHODS, name);
  if (method !== undefined) {
    return builtin(`String.${name}`, ({ arguments: given }) => {
      const constants = given.map((argument) => withDefaults(argument));
      return constants.every((argument) => argument.kind === 'constant' || argument.kind === 'pattern') ? method(text, constants) : UNKNOWN;
    });
  }
  const character = text[Number(name)];
  return character === undefined ? undefined : constant(character);
}

const string = (value: Value | undefined): string => (value?.kind === 'constant' ? String(value.value) : '');
const number = (value: Value | undefined): number | undefined => (value?.kind === 'constant' ? Number(value.value) : undefined);

type Method = (text: string, given: readonly Value[]) => Value;

const METHODS: Readonly<Record<string, Method>> = {
  toLowerCase: (text) => constant(text.toLowerCase()),
  toUpperCase: (text) => constant(text.toUpperCase()),
  toLocaleLowerCase: (text) => constant(text.toLowerCase()),
  toLocaleUpperCase: (text) => constant(text.toUpperCase()),
  trim: (text) => constant(text.trim()),
  toString: (text: string) => constant(text),
  startsWith: (text, [part]) => constant(text.startsWith(string(part))),
  endsWith: (text, [part]) => constant(text.endsWith(string(part))),
  includes: (text, [part]) => constant(text.includes(string(part))),
  indexOf: (text, [part]) => constant(text.indexOf(string(part))),
  lastIndexOf: (text, [part]) => constant(text.lastIndexOf(string(part))),
  charAt: (text, [index]) => constant(text.charAt(number(index) ?? 0)),
  slice: (text, [start, end]) => constant(text.slice(number(start), number(end))),
  substring: (text, [start, end]) => constant(text.substring(number(start) ?? 0, number(end))),
  substr: (text: string, [start, length]: readonly Value[]) =>
    constant(text.slice(number(start), length === undefined ? undefined : (number(start) ?? 0) + (number(length) ?? 0))),
  padStart: (text, [length, fill]) =>
    textOfLength(number(length) ?? 0, () => text.padStart(number(length) ?? 0, fill === undefined ? ' ' : string(fill))),
  repeat: (text, [count]) => textOfLength(text.length * (number(count) ?? 0), () => text.repeat(Math.max(0, number(count) ?? 0))),
  split: (text, [separator]) => {
    if (separator?.kind !== 'constant') return UNKNOWN;
    return arrayOf(text.split(string(separator)).map((part) => constant(part)));
  },
  match: () => UNKNOWN,
};

/** Expressions of the analysed code run only when they are short and plain, so that none can hang the analysis. */
function replaceIn(machine: Machine, text: string, name: 'replace' | 'replaceAll', { arguments: [what, by], site }: BuiltinCall): Value {
  if (what === undefined || by === undefined) return UNKNOWN;
  const search = what.kind === 'constant' ? String(what.value) : what.kind === 'pattern' ? safePattern(what) : undefined;
  if (search === undefined) return UNKNOWN;
  if (by.kind === 'constant') {
    const replacement = String(by.value);
    const longest = text.length + (text.length + 1) * replacement.length;
    return textOfLength(longest, () => (name === 'replaceAll' ? text.replaceAll(search, replacement) : text.replace(search, replacement)));
  }
  if (by.kind !== 'function') return UNKNOWN;
  const results: Value[] = [];
  const replaced = text.replace(search, (...found: unknown[]) => {
    const groups = found.filter((part): part is string => typeof part === 'string').map((part) => constant(part));
    const result = machine.call(by, UNKNOWN, groups, site);
    results.push(result);
    return result.kind === 'constant' ? String(result.value) : '';
  });
  return results.every((result) => result.kind === 'constant') ? constant(replaced) : join([UNKNOWN]);
}

/** A regular expression that cannot take more than polynomial time on the short texts of start-up code. */
function safePattern(pattern: { readonly source: string; readonly flags: string }): RegExp | undefined {
  if (mayTakeLong(pattern.source)) return undefined;
  try {
    return new RegExp(pattern.source, pattern.flags);
  } catch {
    return undefined;
  }
}
