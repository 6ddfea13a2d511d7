import { bare, type CodeValue } from '../flow/code-value.ts';
import { ofCall } from './given-calls.ts';
import { ofMember, ofName } from './given-names.ts';
import type { GivingTrail } from './giving-trail.ts';
import { contextKey, placeKeyOf } from './held-value.ts';
import { joinMembers, type Members, NO_MEMBERS, setMembers } from './members.ts';
import type { MapperReader, Part } from './reading.ts';

/** Further a value is not followed, nor in more steps for one question: a base class may have hundreds of callers. */
const DEEPEST = 16;
const MOST_STEPS = 1000;

/**
 * Members that code may have given a value since it was made, or since it came from the database: what a literal, a constructor or
 * `create` was given, what was assigned afterwards, here and in functions it was handed to. What was only loaded has nothing new.
 */
export function givenMembers(reader: MapperReader, part: Part): Members {
  const key = keyOf(part);
  const known = reader.given.get(key) ?? { members: membersOf({ reader, seen: new Set(), steps: { left: MOST_STEPS } }, part) };
  reader.given.set(key, known);
  return known.members;
}

const keyOf = ({ value, context }: Part): string => `${placeKeyOf(value)}|${contextKey(context)}`;

interface Question {
  readonly reader: MapperReader;
  /** Values that it came through. */
  readonly seen: ReadonlySet<string>;
  readonly steps: { left: number };
}

function membersOf({ reader, seen, steps }: Question, { value, context }: Part): Members {
  const part: Part = { value: bare(value), context };
  const key = keyOf(part);
  if (seen.has(key)) return NO_MEMBERS;
  steps.left -= 1;
  if (seen.size > DEEPEST || steps.left < 0) return undefined;
  const further: Question = { reader, steps, seen: new Set([...seen, key]) };
  return readMembers({ reader, of: (other) => membersOf(further, other) }, part);
}

function readMembers(trail: GivingTrail, part: Part): Members {
  const { value } = part;
  const { expression } = value;
  const at = (inner: CodeValue['expression']): Members => trail.of({ ...part, value: { ...value, expression: inner } });
  switch (expression.kind) {
    case 'literal':
    case 'template':
    case 'concatenation':
    case 'function':
      return NO_MEMBERS;
    case 'spread':
      return at(expression.value);
    case 'index':
      return at(expression.object);
    case 'choice':
      return joinMembers(givingOptions(expression.options).map(at));
    case 'array':
      return joinMembers(expression.elements.map(at));
    case 'object':
      return joinMembers(
        expression.properties.map(({ key, value: given }) => {
          if (key !== undefined) return isNothing(given) ? NO_MEMBERS : setMembers([key]);
          return given.kind === 'spread' ? at(given.value) : undefined;
        }),
      );
    case 'name':
      return ofName(trail, part);
    case 'member':
      return ofMember(trail, part);
    case 'call':
      return ofCall(trail, part);
    default:
      return undefined;
  }
}

/** Of `tags && { tags }` only the object has members. */
const givingOptions = (options: readonly CodeValue['expression'][]): readonly CodeValue['expression'][] =>
  options.some(({ kind }) => kind === 'object') ? options.filter(({ kind }) => kind === 'object') : options;

const isNothing = (given: CodeValue['expression']): boolean =>
  (given.kind === 'array' && given.elements.length === 0) || (given.kind === 'literal' && given.value === undefined);
