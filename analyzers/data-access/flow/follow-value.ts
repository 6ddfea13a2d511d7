import type { Expression } from '../../../src/model/file-syntax.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { bare, type CodeValue, type Declared, declarationOfName, declared } from './code-value.ts';
import { requiredName, requiredValue, requiredWhole } from './required-values.ts';

/** Further a value is not followed: code that hands one on so often is generated or recursive. */
const FARTHEST = 16;
/** Nor more often for one question: variables that are made of each other have no end of ways. */
const MOST_STEPS = 2000;

/** How a value was come to. */
interface Trail {
  readonly depth: number;
  /** Expressions that were followed for the same question: a second time they bring nothing. */
  readonly seen: Set<Expression>;
  readonly steps: { left: number };
}

const start = (): Trail => ({ depth: 0, seen: new Set(), steps: { left: MOST_STEPS } });
const further = (trail: Trail): Trail => ({ ...trail, depth: trail.depth + 1 });
/** For a question inside the question. */
const apart = (trail: Trail): Trail => ({ ...further(trail), seen: new Set() });

/**
 * What a value is where it comes from: names are followed to what they were initialised with, choices to every option,
 * members to the object literal that has them. What cannot be followed is given back as it stands: a parameter stays a name.
 */
export function followValue(program: ProgramQueries, value: CodeValue, trail: Trail = start()): readonly CodeValue[] {
  const found = follow(program, value, trail);
  return found.length === 0 ? [bare(value)] : found;
}

function follow(program: ProgramQueries, value: CodeValue, trail: Trail): readonly CodeValue[] {
  const inner = bare(value);
  const { expression } = inner;
  if (trail.seen.has(expression)) return [];
  trail.seen.add(expression);
  trail.steps.left -= 1;
  if (trail.depth > FARTHEST || trail.steps.left < 0) return [inner];
  if (expression.kind === 'choice')
    return expression.options.flatMap((option) => follow(program, { ...inner, expression: option }, further(trail)));
  const sources = sourcesOf(program, inner, trail);
  return sources === undefined ? [inner] : sources.flatMap((source) => follow(program, source, further(trail)));
}

function sourcesOf(program: ProgramQueries, value: CodeValue, trail: Trail): readonly CodeValue[] | undefined {
  const { module, owner, expression } = value;
  if (expression.kind === 'name') {
    const found = declarationOfName(program, value);
    return found === undefined
      ? (valuesOf(program, requiredName(program, value), value, trail) ?? memberOfRequired(program, value, trail))
      : initializerOf(program, found, value, trail);
  }
  if (expression.kind === 'call') return valuesOf(program, requiredValue(program, value, []), value, trail);
  if (expression.kind !== 'member') return undefined;
  const required = requiredMember(program, value);
  if (required !== undefined) return valuesOf(program, required, value, trail);
  const member = memberOfLiteral(program, { ...value, expression: expression.object }, expression.property, trail);
  if (member !== undefined) return [member];
  const referent = program.resolveExpression(module.id, owner, expression);
  return referent.kind === 'symbol' ? initializerOf(program, declared(program, referent.symbol), value, trail) : undefined;
}

/** `const { Book } = require('./models')` and `const Book = require('./models').Book`, where that says `module.exports = { Book }`. */
function memberOfRequired(program: ProgramQueries, value: CodeValue, trail: Trail): readonly CodeValue[] | undefined {
  const { module, expression } = value;
  const own = module.syntax.declarations.find(
    ({ kind, parent, name }) => kind === 'variable' && parent === 0 && expression.kind === 'name' && name === expression.name,
  )?.initializer;
  if (own?.kind === 'member' && own.object.kind === 'call') {
    const member = memberOfLiteral(program, { module, owner: 0, expression: own.object }, own.property, trail);
    return member === undefined ? undefined : [member];
  }
  const { whole, path } = requiredWhole(program, value) ?? {};
  const wholes = valuesOf(program, whole, value, trail) ?? [];
  const found = wholes.flatMap((one) => alongPath(program, one, path ?? [], trail) ?? []);
  return found.length === 0 ? undefined : found;
}

function valuesOf(
  program: ProgramQueries,
  required: Declared | CodeValue | undefined,
  value: CodeValue,
  trail: Trail,
): readonly CodeValue[] | undefined {
  if (required === undefined) return undefined;
  return 'declaration' in required ? initializerOf(program, required, value, trail) : [required];
}

/** `models.Book`, where `const models = require('./models')`. */
function requiredMember(program: ProgramQueries, { module, owner, expression }: CodeValue): Declared | CodeValue | undefined {
  if (expression.kind !== 'member' || expression.object.kind !== 'name') return undefined;
  const object = { module, owner, expression: expression.object };
  const found = declarationOfName(program, object);
  if (found === undefined) return requiredName(program, object, [expression.property]);
  const { initializer, parent, bindingPath } = found.declaration;
  if (initializer === undefined) return undefined;
  return requiredValue(program, { module: found.module, owner: parent, expression: initializer }, [
    ...(bindingPath ?? []),
    expression.property,
  ]);
}

/** What a variable, field or member was initialised with, and everything assigned to it since. */
function initializerOf(
  program: ProgramQueries,
  found: Declared | undefined,
  value: CodeValue,
  trail: Trail,
): readonly CodeValue[] | undefined {
  if (found === undefined || !followable.has(found.declaration.kind)) return undefined;
  const { initializer, initializerOwner, parent, bindingPath, written } = found.declaration;
  const assigned = (written ?? []).flatMap(({ how, value: expression }) =>
    how === 'assign' ? [{ module: found.module, owner: parent, expression }] : [],
  );
  if (initializer === undefined || isItself(found, initializer)) return assigned.length > 0 ? assigned : undefined;
  const made: CodeValue = { module: found.module, owner: initializerOwner ?? parent, expression: initializer };
  if (made.expression === value.expression) return undefined;
  const required = requiredValue(program, made, bindingPath ?? []);
  if (required !== undefined) return valuesOf(program, required, value, further(trail));
  if (bindingPath === undefined) return [made, ...assigned];
  const end = alongPath(program, made, bindingPath, trail);
  return end === undefined ? undefined : [end];
}

const followable: ReadonlySet<string> = new Set(['variable', 'field', 'object-member']);

const isItself = ({ index }: Declared, initializer: Expression): boolean =>
  (initializer.kind === 'function' || initializer.kind === 'class') && initializer.declaration === index;

/** The part of an object literal that a destructuring takes. */
export function alongPath(
  program: ProgramQueries,
  value: CodeValue,
  path: readonly string[],
  trail: Trail = start(),
): CodeValue | undefined {
  let current: CodeValue | undefined = value;
  for (const key of path) current = current === undefined ? undefined : memberOfLiteral(program, current, key, further(trail));
  return current;
}

function memberOfLiteral(program: ProgramQueries, object: CodeValue, key: string, trail: Trail): CodeValue | undefined {
  for (const literal of followValue(program, object, apart(trail))) {
    const found = propertyOf(program, literal, key, trail);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The last property of that name, spreads included; a literal's order decides. */
export function propertyOf(program: ProgramQueries, literal: CodeValue, key: string, trail: Trail = start()): CodeValue | undefined {
  const { expression } = literal;
  if (expression.kind === 'array' && /^\d+$/.test(key)) {
    const element = expression.elements[Number(key)];
    return element === undefined ? undefined : { ...literal, expression: element };
  }
  if (expression.kind !== 'object') return undefined;
  for (const property of expression.properties.toReversed()) {
    const value = { ...literal, expression: property.value };
    if (property.key === key) return value;
    const spread = property.key === undefined && trail.depth < FARTHEST ? spreadOf(program, value, key, trail) : undefined;
    if (spread !== undefined) return spread;
  }
  return undefined;
}

function spreadOf(program: ProgramQueries, value: CodeValue, key: string, trail: Trail): CodeValue | undefined {
  const { expression } = value;
  return memberOfLiteral(program, expression.kind === 'spread' ? { ...value, expression: expression.value } : value, key, further(trail));
}
