import type { SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { bindsHoles, isEmptyPiece, partsOfIdentifier, textOfPiece } from './bound-templates.ts';
import { parametersOf } from './call-flow.ts';
import { bare, type CodeValue, callOf, declarationOfName, declared, valueAt } from './code-value.ts';
import { followValue } from './follow-value.ts';

/** A text as far as it is constant: `parts.length === holes.length + 1`. */
export interface ConstantText {
  readonly parts: readonly string[];
  readonly holes: readonly Hole[];
  /** Without what is added to it under conditions: what counts when the whole is no statement. */
  readonly shorter?: ConstantText;
}

/** A value in a text; `bound`: it is sent beside the text, so that it is part of it only when it is a piece of SQL. */
export interface Hole extends CodeValue {
  readonly bound?: true;
}

/** What parameters stand for while a call is looked into. */
export type Bindings = ReadonlyMap<SymbolId, CodeValue>;

/** More alternatives of one text are not told apart: the rest becomes a hole. */
const MOST_ALTERNATIVES = 16;
const DEEPEST = 12;
/** Variables that are made of each other have no end of ways: after so many expressions the rest is a hole. */
const MOST_STEPS = 20_000;

/** The texts a value may be: constants folded, templates and concatenations joined, choices kept apart. */
export function textsOf(program: ProgramQueries, value: CodeValue, bindings: Bindings = new Map()): readonly ConstantText[] {
  return fold({ program, bindings, depth: 0, steps: { left: MOST_STEPS }, holes: 'text' }, value);
}

/** The same of a value that a template binds: only pieces of SQL are text, a plain string is a parameter of the statement. */
export function boundTextsOf(program: ProgramQueries, value: CodeValue): readonly ConstantText[] {
  return fold({ program, bindings: new Map(), depth: 0, steps: { left: MOST_STEPS }, holes: 'bound' }, value);
}

/** Replaces holes by what `replace` knows of them. */
export function fillHoles(text: ConstantText, replace: (hole: Hole) => readonly ConstantText[] | undefined): readonly ConstantText[] {
  let texts: readonly ConstantText[] = [constant(text.parts[0] ?? '')];
  for (const [index, hole] of text.holes.entries())
    texts = product(product(texts, replace(hole) ?? [holeFor(hole)]), [constant(text.parts[index + 1] ?? '')]);
  return texts;
}

interface Folding {
  readonly program: ProgramQueries;
  readonly bindings: Bindings;
  readonly depth: number;
  /** Expressions that may still be folded for the same text. */
  readonly steps: { left: number };
  /** Whether a string found there is text or a parameter of the statement. */
  readonly holes: 'text' | 'bound';
}

const constant = (text: string): ConstantText => ({ parts: [text], holes: [] });
const holeFor = (hole: Hole): ConstantText => ({ parts: ['', ''], holes: [hole] });
const boundHole = (value: CodeValue): ConstantText => holeFor({ ...value, bound: true });
const isHole = ({ parts }: ConstantText): boolean => parts.length === 2 && parts.every((part) => part === '');

function fold(folding: Folding, given: CodeValue): readonly ConstantText[] {
  if (folding.holes === 'text') return foldText(folding, given);
  const value = bare(given);
  const texts = foldPiece(folding, value);
  return texts.every(isHole) ? [boundHole(texts.length === 1 ? (texts[0]?.holes[0] ?? value) : value)] : texts;
}

/** Of what a template binds, pieces of SQL: templates of the same kind, raw text, functions that return them. */
function foldPiece(folding: Folding, value: CodeValue): readonly ConstantText[] {
  const { expression } = value;
  if (isEmptyPiece(folding.program, value)) return [constant('')];
  const names = partsOfIdentifier(folding.program, value);
  if (names !== undefined) return foldIdentifier(folding, names);
  const raw = textOfPiece(folding.program, value);
  if (raw !== undefined) return foldText({ ...folding, holes: 'text', depth: folding.depth + 1 }, raw);
  const isPiece = expression.kind === 'choice' || expression.kind === 'name' || expression.kind === 'member';
  const isTemplate = callOf(value)?.call.kind === 'tagged-template';
  if (isPiece || isTemplate) return foldText(folding, value);
  return (expression.kind === 'call' ? foldReturned({ ...folding, depth: folding.depth + 1 }, value) : undefined) ?? [boundHole(value)];
}

/** The names of an identifier are text, whatever they stand in: with dots between them. */
const foldIdentifier = (folding: Folding, names: readonly CodeValue[]): readonly ConstantText[] =>
  sequence(
    { ...folding, holes: 'text', depth: folding.depth + 1 },
    names.flatMap((name, index) => (index === 0 ? [name] : ['.', name])),
  );

function foldText(folding: Folding, given: CodeValue): readonly ConstantText[] {
  const value = bare(given);
  const { expression } = value;
  folding.steps.left -= 1;
  if (folding.depth > DEEPEST || folding.steps.left < 0) return [holeFor(value)];
  const inner = { ...folding, depth: folding.depth + 1 };
  const at = (child: CodeValue['expression']): CodeValue => ({ ...value, expression: child });
  switch (expression.kind) {
    case 'literal':
      return [constant(String(expression.value ?? ''))];
    case 'template':
      return foldTemplate(inner, value);
    case 'concatenation':
      return sequence(inner, expression.parts.map(at));
    case 'choice':
      return bounded(
        value,
        expression.options.flatMap((option) => fold(inner, at(option))),
      );
    case 'call':
      return foldCall(inner, value);
    case 'name':
    case 'member':
      return foldReference(inner, value);
    default:
      return [holeFor(value)];
  }
}

function foldTemplate(folding: Folding, value: CodeValue): readonly ConstantText[] {
  const { expression } = value;
  if (expression.kind !== 'template') return foldText(folding, value);
  return sequence(
    folding,
    expression.quasis.flatMap((quasi, index) => {
      const child = expression.expressions[index];
      return child === undefined ? [quasi] : [quasi, { ...value, expression: child }];
    }),
  );
}

function sequence(folding: Folding, items: readonly (string | CodeValue)[]): readonly ConstantText[] {
  return items.reduce<readonly ConstantText[]>(
    (texts, item) => product(texts, typeof item === 'string' ? [constant(item)] : fold(folding, item)),
    [constant('')],
  );
}

function product(left: readonly ConstantText[], right: readonly ConstantText[]): readonly ConstantText[] {
  const options =
    left.length * right.length > MOST_ALTERNATIVES ? right.slice(0, Math.max(1, Math.floor(MOST_ALTERNATIVES / left.length))) : right;
  return left.flatMap((head) => options.map((tail) => joinTexts(head, tail)));
}

const joinTexts = (head: ConstantText, tail: ConstantText): ConstantText => ({
  parts: [...head.parts.slice(0, -1), `${head.parts.at(-1) ?? ''}${tail.parts[0] ?? ''}`, ...tail.parts.slice(1)],
  holes: [...head.holes, ...tail.holes],
  ...(head.shorter === undefined && tail.shorter === undefined ? {} : { shorter: joinTexts(head.shorter ?? head, tail.shorter ?? tail) }),
});

const bounded = (value: CodeValue, texts: readonly ConstantText[]): readonly ConstantText[] =>
  texts.length > MOST_ALTERNATIVES ? [...texts.slice(0, MOST_ALTERNATIVES - 1), holeFor(value)] : texts;

/** A name is what it was initialised with, followed by what is added to it later. */
function foldReference(folding: Folding, value: CodeValue): readonly ConstantText[] {
  const declaration = declarationOfName(folding.program, value);
  const bound = declaration === undefined ? undefined : folding.bindings.get(declaration.symbol);
  if (bound !== undefined) return fold({ ...folding, bindings: new Map() }, bound);
  const sources = followValue(folding.program, value);
  const isItself = sources.length === 1 && sources[0]?.expression === value.expression;
  if (isItself) return [holeFor(value)];
  const texts = bounded(
    value,
    sources.flatMap((source) => fold(folding, source)),
  );
  const added = (declaration?.declaration.written ?? []).filter(({ how }) => how === 'append');
  if (declaration === undefined || added.length === 0) return texts;
  const owner = declaration.declaration.parent;
  const whole = sequence(
    folding,
    added.map(({ value: expression }) => ({ module: declaration.module, owner, expression })),
  );
  return product(
    texts,
    whole.map((text) => ({ ...text, shorter: holeFor(value) })),
  );
}

/** `[…].join(' ')`, `text.trim()`, tagged templates, and functions of the program that return text. */
function foldCall(folding: Folding, value: CodeValue): readonly ConstantText[] {
  const site = callOf(value);
  if (site === undefined) return [holeFor(value)];
  const { callee, kind } = site.call;
  const [first] = site.call.arguments;
  const names = partsOfIdentifier(folding.program, value);
  if (names !== undefined) return foldIdentifier(folding, names);
  if (kind === 'tagged-template') {
    const holes = bindsHoles(folding.program, site) ? 'bound' : folding.holes;
    return first === undefined ? [holeFor(value)] : foldTemplate({ ...folding, holes }, bare(valueAt(site, first)));
  }
  if (callee.kind === 'member' && callee.property === 'join') return foldJoin(folding, value, valueAt(site, callee.object));
  if (callee.kind === 'member' && unchanging.has(callee.property)) return fold(folding, valueAt(site, callee.object));
  return foldReturned(folding, value) ?? [holeFor(value)];
}

/** Methods after which a text still says the same. */
const unchanging: ReadonlySet<string> = new Set(['trim', 'trimStart', 'trimEnd', 'toString', 'valueOf']);

function foldJoin(folding: Folding, value: CodeValue, list: CodeValue): readonly ConstantText[] {
  const site = callOf(value);
  const separator = site?.call.arguments[0];
  if (site === undefined || (separator !== undefined && separator.kind !== 'literal')) return [holeFor(value)];
  const glue = separator === undefined ? ',' : String(separator.value);
  const [array, ...others] = followValue(folding.program, list);
  if (array?.expression.kind !== 'array' || others.length > 0) return [holeFor(value)];
  const elements: readonly CodeValue[] = [
    ...array.expression.elements.map((element) => ({ ...array, expression: element })),
    ...pushedTo(folding.program, list),
  ];
  if (elements.length === 0) return [holeFor(value)];
  const texts = sequence(
    folding,
    elements.flatMap((element, index) => (index === 0 ? [element] : [glue, element])),
  );
  return texts.map((text) => ({ ...text, shorter: holeFor(value) }));
}

function pushedTo(program: ProgramQueries, list: CodeValue): readonly CodeValue[] {
  const found = declarationOfName(program, bare(list));
  return (found?.declaration.written ?? []).flatMap(({ how, value }) =>
    how === 'push' && found !== undefined ? [{ module: found.module, owner: found.declaration.parent, expression: value }] : [],
  );
}

/** A function of the program that only returns text is looked into with what the call passes. */
function foldReturned(folding: Folding, value: CodeValue): readonly ConstantText[] | undefined {
  const site = callOf(value);
  if (site === undefined || folding.depth > DEEPEST / 2) return undefined;
  const referent = folding.program.resolveExpression(site.module.id, site.call.owner, site.call.callee);
  const target = referent.kind === 'symbol' ? declared(folding.program, referent.symbol) : undefined;
  const returns = target?.declaration.returns;
  if (target === undefined || returns === undefined || !returns.complete || returns.values.length === 0) return undefined;
  const bindings = new Map(
    parametersOf(folding.program, target).flatMap((parameter) => {
      const passed = site.call.arguments[parameter.declaration.position ?? -1];
      return passed === undefined || passed.kind === 'spread' ? [] : [[parameter.symbol, valueAt(site, passed)] as const];
    }),
  );
  const texts = returns.values.flatMap((returned) =>
    fold({ ...folding, bindings, depth: folding.depth + 3 }, { module: target.module, owner: target.index, expression: returned }),
  );
  return bounded(value, texts);
}
