import { type CallFlow, originsOf } from './call-flow.ts';
import { bare, type CodeValue, callOf, declarationOfName, declared, valueAt } from './code-value.ts';
import { textsOf } from './constant-text.ts';

/** Nested deeper, a literal is not read. */
const DEEPEST = 12;

/** A property of an object literal, or an element of a list that holds it. */
export interface LiteralPart {
  readonly key: string;
  readonly value: CodeValue;
}

export interface LiteralReading {
  /** The properties of all objects that the value may be, or that stand in the list that it is. */
  readonly parts: readonly LiteralPart[];
  /** A part is not written where it can be read. */
  readonly isPartial: boolean;
}

/** Reads what may be an object or a list of objects: names, spreads, callers' arguments and what is pushed later are followed. */
export function literalParts(flow: CallFlow, value: CodeValue, depth = 0): LiteralReading {
  const readings = literalsOf(flow, value).map((literal) => partsOf(flow, literal, depth));
  return { parts: readings.flatMap(({ parts }) => parts), isPartial: readings.some(({ isPartial }) => isPartial) };
}

function partsOf(flow: CallFlow, literal: CodeValue, depth: number): LiteralReading {
  const { expression } = literal;
  const inside = (child: CodeValue['expression']): LiteralReading =>
    literalParts(flow, { ...literal, expression: child.kind === 'spread' ? child.value : child }, depth + 1);
  if (depth > DEEPEST) return { parts: [], isPartial: true };
  if (expression.kind === 'array') return joined(expression.elements.map(inside));
  if (expression.kind === 'object')
    return joined(
      expression.properties.map(({ key, computed, value }) => {
        const name = key ?? (computed === undefined ? undefined : nameIn(flow, { ...literal, expression: computed }));
        if (name !== undefined) return { parts: [{ key: name, value: { ...literal, expression: value } }], isPartial: false };
        return value.kind === 'spread' ? inside(value) : { parts: [], isPartial: true };
      }),
    );
  return { parts: [], isPartial: expression.kind !== 'literal' };
}

/** The one text that stands in the brackets of a key: `{ [TABLE]: rows }`. */
function nameIn({ program }: CallFlow, key: CodeValue): string | undefined {
  const [text, ...others] = textsOf(program, key);
  return others.length === 0 && text?.holes.length === 0 ? text.parts.join('') : undefined;
}

const joined = (readings: readonly LiteralReading[]): LiteralReading => ({
  parts: readings.flatMap(({ parts }) => parts),
  isPartial: readings.some(({ isPartial }) => isPartial),
});

/** What stands in the lists that a value may be. */
export function elementsOf(flow: CallFlow, value: CodeValue, depth = 0): readonly CodeValue[] {
  return literalsOf(flow, value).flatMap((literal) => {
    const { expression } = literal;
    if (expression.kind !== 'array' || depth > DEEPEST) return [literal];
    return expression.elements.flatMap((element) =>
      element.kind === 'spread'
        ? elementsOf(flow, { ...literal, expression: element.value }, depth + 1)
        : [{ ...literal, expression: element }],
    );
  });
}

/** The literals a value may be; of `rows.map(toRow)` what the callback returns. */
export function literalsOf(flow: CallFlow, value: CodeValue, depth = 0): readonly CodeValue[] {
  return originsOf(flow, value, 3).flatMap((found) => {
    const returned = depth < 3 ? returnedBy(flow, found) : undefined;
    if (returned !== undefined) return returned.flatMap((one) => literalsOf(flow, one, depth + 1));
    return [found, ...pushedInto(flow, value, found)];
  });
}

function returnedBy(flow: CallFlow, value: CodeValue): readonly CodeValue[] | undefined {
  const site = callOf(value);
  if (site === undefined) return undefined;
  const { callee } = site.call;
  const [first] = site.call.arguments;
  const isMap = callee.kind === 'member' && callee.property === 'map' && first !== undefined;
  const called = bare(valueAt(site, isMap ? first : callee));
  const referent =
    called.expression.kind === 'function'
      ? { kind: 'symbol' as const, symbol: flow.program.symbolAt(called.module.id, called.expression.declaration) }
      : flow.program.resolveExpression(called.module.id, called.owner, called.expression);
  const target = referent.kind === 'symbol' ? declared(flow.program, referent.symbol) : undefined;
  const returns = target?.declaration.returns;
  if (target === undefined || returns === undefined || !returns.complete || returns.values.length === 0) return undefined;
  return returns.values.map((expression) => ({ module: target.module, owner: target.index, expression }));
}

function pushedInto(flow: CallFlow, value: CodeValue, found: CodeValue): readonly CodeValue[] {
  const target = found.expression.kind === 'array' ? declarationOfName(flow.program, bare(value)) : undefined;
  return (target?.declaration.written ?? []).flatMap(({ how, value: expression }) =>
    how === 'push' && target !== undefined ? [{ module: target.module, owner: target.declaration.parent, expression }] : [],
  );
}
