import type { ProgramQueries } from '../../../src/model/program.ts';
import { originsOf } from '../flow/call-flow.ts';
import { bare, type CodeValue, callOf, declarationOfName, valueAt } from '../flow/code-value.ts';
import { followValue } from '../flow/follow-value.ts';
import { type Context, contextKey, type Held, placeKeyOf } from './held-value.ts';
import { constantOf } from './named-classes.ts';
import type { MapperReader, Part, Properties } from './reading.ts';

export type { Part } from './reading.ts';

/** Literals that a value may be: in its context, else what callers pass for it where the context does not know that. */
export function literalsOf({ flow, values }: MapperReader, { value, context }: Part): readonly Part[] {
  const held = values.of(value, context);
  const literals = held.flatMap((one) => (one.kind === 'literal' ? [{ value: one.value, context: one.context }] : []));
  if (literals.length > 0) return literals;
  return followValue(flow.program, value)
    .flatMap((origin) => (isKnownIn(context, flow.program, origin) ? [origin] : originsOf(flow, origin, 3)))
    .flatMap((origin) => (literalKinds.has(origin.expression.kind) ? [{ value: origin, context }] : []));
}

/** A parameter, or a part of one, of which the context says what the call in question gives. */
function isKnownIn(context: Context, program: ProgramQueries, value: CodeValue, depth = 0): boolean {
  const inner = bare(value);
  const { expression } = inner;
  if (expression.kind === 'member') return isKnownIn(context, program, { ...inner, expression: expression.object }, depth);
  const found = declarationOfName(program, inner);
  if (found === undefined || depth > 4) return false;
  const { kind, initializer, parent } = found.declaration;
  if (kind === 'parameter') return context.bound.values.get(found.symbol)?.every((held) => held.kind !== 'open') === true;
  return (
    initializer !== undefined && isKnownIn(context, program, { module: found.module, owner: parent, expression: initializer }, depth + 1)
  );
}

const literalKinds: ReadonlySet<string> = new Set(['object', 'array', 'literal', 'template', 'function']);

/** Properties of what may be an object literal, spreads included. */
export function propertiesOf(reader: MapperReader, part: Part, depth = 0): Properties {
  const key = `${placeKeyOf(part.value)}|${contextKey(part.context)}|${depth}`;
  const known = reader.properties.get(key) ?? readProperties(reader, part, depth);
  reader.properties.set(key, known);
  return known;
}

function readProperties(reader: MapperReader, part: Part, depth: number): Properties {
  const literals = literalsOf(reader, part);
  if (depth > 6 || literals.length === 0) return { properties: [], isComplete: false };
  const found = literals.map(({ value, context }): Properties => {
    if (value.expression.kind !== 'object') return { properties: [], isComplete: value.expression.kind === 'literal' };
    return joinProperties(
      value.expression.properties.map(({ key, value: inner }): Properties => {
        const at: Part = { value: { ...value, expression: inner.kind === 'spread' ? inner.value : inner }, context };
        if (key !== undefined) return { properties: [{ key, ...at }], isComplete: true };
        return inner.kind === 'spread' ? propertiesOf(reader, at, depth + 1) : { properties: [], isComplete: false };
      }),
    );
  });
  return joinProperties(found);
}

const joinProperties = (parts: readonly Properties[]): Properties => ({
  properties: parts.flatMap(({ properties }) => properties),
  isComplete: parts.every(({ isComplete }) => isComplete),
});

/** Elements of what may be a list; the thing itself when it is none. */
export function elementsOf(reader: MapperReader, part: Part, depth = 0): readonly Part[] {
  if (depth > 6) return [];
  const literals = literalsOf(reader, part);
  if (literals.length === 0) return givenLists(part).flatMap((list) => elementsOf(reader, list, depth + 1));
  return literals.flatMap(({ value, context }): readonly Part[] => {
    if (value.expression.kind !== 'array') return [{ value, context }];
    return value.expression.elements.flatMap((element) =>
      element.kind === 'spread'
        ? elementsOf(reader, { value: { ...value, expression: element.value }, context }, depth + 1)
        : [{ value: { ...value, expression: element }, context }],
    );
  });
}

/** `unique([...relations, 'lines'])` has at least what the list has. */
function givenLists({ value, context }: Part): readonly Part[] {
  const site = callOf(bare(value));
  const lists = site?.call.arguments.filter(({ kind }) => kind === 'array') ?? [];
  return site === undefined ? [] : lists.map((expression) => ({ value: valueAt(site, expression), context }));
}

/** A constant text, in the context or as callers pass it. */
export function textOf(reader: MapperReader, part: Part): string | undefined {
  const direct = constantOf(reader.flow.program, part.value);
  if (direct !== undefined) return direct;
  const [only, ...others] = literalsOf(reader, part);
  return only === undefined || others.length > 0 ? undefined : constantOf(reader.flow.program, only.value);
}

/** Values of lists that stand for their elements. */
export const heldElements = (reader: MapperReader, held: readonly Held[], depth = 0): readonly Held[] =>
  held.flatMap((one): readonly Held[] => {
    if (one.kind !== 'literal' || one.value.expression.kind !== 'array' || depth > 4) return [one];
    return one.value.expression.elements.flatMap((expression) =>
      heldElements(reader, reader.values.of({ ...one.value, expression }, one.context), depth + 1),
    );
  });
