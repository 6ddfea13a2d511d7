import type { Expression, NarrowingSyntax } from '../model/file-syntax.ts';
import type { Evaluator } from './evaluator.ts';
import { instanceOfClass } from './instance-of-class.ts';
import { declarationAt, type LinkedFile } from './linked-file.ts';
import { NO_ENVIRONMENT, optionsOf, UNKNOWN, unionOf, type Value } from './value.ts';

interface NameUse {
  readonly file: LinkedFile;
  readonly owner: number;
  readonly name: Extract<Expression, { kind: 'name' }>;
}

type Instance = Extract<Value, { kind: 'instance' }>;

/** Types above one are looked for no higher than this. */
const HIGHEST = 12;

/** What a name is where `instanceof` or a guard has told its type; `undefined` where nothing has. */
export function narrowedValue(e: Evaluator, use: NameUse, plain: () => Value): Value | undefined {
  const narrowing = innermost(e, use);
  const { file } = use;
  if (narrowing === undefined) return undefined;
  const told = toldValue(e, file, narrowing);
  return told.kind === 'unknown' ? undefined : joined(e, plain(), told);
}

function innermost(e: Evaluator, { file, owner, name: { name, span } }: NameUse): NarrowingSyntax | undefined {
  const holding = file.narrowings.get(name)?.filter((one) => span.start >= one.span.start && span.end <= one.span.end);
  // They are noted in source order: the last one that holds is the innermost.
  const last = holding?.at(-1);
  if (last === undefined) return undefined;
  const used = e.lookup(file, owner, name, 'value', span.start);
  const tested = e.lookup(file, last.owner, name, 'value', last.at);
  const isSame = used.kind === 'declaration' && tested.kind === 'declaration' && used.file === tested.file && used.index === tested.index;
  return isSame ? last : undefined;
}

function toldValue(e: Evaluator, file: LinkedFile, { owner, type, guard }: NarrowingSyntax): Value {
  if (type !== undefined) return instanceOfClass(e.expression(file, owner, type));
  const call = guard === undefined ? undefined : file.syntax.calls[guard.call];
  const callee = call === undefined ? UNKNOWN : e.expression(file, call.owner, call.callee);
  if (guard === undefined || callee.kind !== 'declaration') return UNKNOWN;
  const { guards } = declarationAt(callee.file, callee.index);
  const isGuarded = guards !== undefined && positionOf(callee.file, callee.index, guards.parameter) === guard.position;
  return isGuarded ? e.type(callee.file, callee.index, guards.type, callee.environment ?? NO_ENVIRONMENT) : UNKNOWN;
}

const positionOf = (file: LinkedFile, index: number, parameter: string): number | undefined =>
  (file.children[index] ?? [])
    .map((child) => declarationAt(file, child))
    .find(({ kind, binding }) => kind === 'parameter' && binding === parameter)?.position;

/** The narrower of two types; where neither is below the other a value is both. */
function joined(e: Evaluator, plain: Value, told: Value): Value {
  if (plain.kind !== 'instance' || told.kind !== 'instance') return told;
  if (isBelow(e, told, plain)) return told;
  return isBelow(e, plain, told) ? plain : unionOf([told, plain]);
}

function isBelow(e: Evaluator, below: Instance, above: Instance, height = 0): boolean {
  if (below.file === above.file && below.index === above.index) return true;
  return height < HIGHEST && typesAbove(e, below).some((one) => isBelow(e, one, above, height + 1));
}

function typesAbove(e: Evaluator, { file, index }: Instance): readonly Instance[] {
  const declaration = declarationAt(file, index);
  const named = declaration.kind === 'interface' ? declaration.extendsTypes : declaration.implements;
  const base = declaration.kind === 'class' ? e.baseOf(file, index) : undefined;
  return [...(named ?? []).map((type) => e.type(file, index, type, NO_ENVIRONMENT)), ...(base === undefined ? [] : [instanceOfClass(base)])]
    .flatMap(optionsOf)
    .filter((value) => value.kind === 'instance');
}
