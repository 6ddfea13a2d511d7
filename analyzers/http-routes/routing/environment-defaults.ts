import { sortedBy } from '../../../src/lib/sort.ts';
import type { BootEffect, BootTrace, BootValue } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { Expression } from '../../../src/model/file-syntax.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';

/** A variable of the environment, and what stands for it where it is not set. */
interface Default {
  readonly variable: string;
  readonly value: string;
}

/** Paths that hold only as long as a variable is not set: told once for each place and variable. */
export function environmentDefaults(program: ProgramQueries, trace: BootTrace): readonly Diagnostic[] {
  const found = trace.effects
    .filter(({ verb }) => verb === 'use' || verb === 'route' || verb === 'route-path')
    .flatMap((effect) =>
      [...defaultsOfValue(effect.arguments[0]), ...defaultsOfCode(program, effect)].map(
        ({ variable, value }): Diagnostic => ({ code: 'path-from-default', data: { variable, default: value }, at: effect.at }),
      ),
    );
  const unique = new Map(found.map((finding) => [JSON.stringify(finding), finding]));
  return sortedBy([...unique], ([key]) => key).map(([, finding]) => finding);
}

function defaultsOfValue(value: BootValue | undefined): readonly Default[] {
  switch (value?.kind) {
    case 'environment':
      return value.default?.kind === 'constant' && typeof value.default.value === 'string'
        ? [{ variable: value.name, value: value.default.value }]
        : defaultsOfValue(value.default);
    case 'array':
      return value.elements.flatMap(defaultsOfValue);
    case 'union':
      return value.options.flatMap(defaultsOfValue);
    default:
      return [];
  }
}

/** Evaluation folds a default into the text around it: the code of the path says what was folded. */
function defaultsOfCode(program: ProgramQueries, { span, method, arguments: [path] }: BootEffect): readonly Default[] {
  const module = program.module(span.file);
  if (module === undefined || (path?.kind !== 'constant' && path?.kind !== 'template')) return [];
  return program.callsWithin(module.id, span).flatMap(({ callee, arguments: [first], owner }) => {
    const isMeant = callee.kind === 'member' && callee.property === method;
    return isMeant && first !== undefined ? defaultsIn({ program, module, owner }, first, 0) : [];
  });
}

interface Place {
  readonly program: ProgramQueries;
  readonly module: ModuleRecord;
  readonly owner: number;
}

const FARTHEST = 8;

/** What an expression of text is made of, names followed to what they were initialised with. */
function defaultsIn(place: Place, expression: Expression, depth: number): readonly Default[] {
  if (depth > FARTHEST) return [];
  const all = (parts: readonly Expression[]): readonly Default[] => parts.flatMap((part) => defaultsIn(place, part, depth + 1));
  switch (expression.kind) {
    case 'template':
      return all(expression.expressions);
    case 'concatenation':
      return all(expression.parts);
    case 'assertion':
      return all([expression.value]);
    case 'choice':
      return [...readsIn(place.module, expression.span), ...all(expression.options)];
    case 'name':
    case 'member':
      return defaultsOfName(place, expression, depth);
    default:
      return [];
  }
}

/** `prefix`, `{ PREFIX = '/api' } = process.env`, and `settings.prefix` of a constant object. */
function defaultsOfName({ program, module, owner }: Place, expression: Expression, depth: number): readonly Default[] {
  const name = expression.kind === 'member' ? expression.object : expression;
  if (name.kind !== 'name') return [];
  const referent = program.resolveName(module.id, owner, name.name, name.span.start);
  const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
  const declaration = found?.module.syntax.declarations[found.index];
  if (found === undefined || declaration?.kind !== 'variable') return [];
  const [taken] = declaration.bindingPath ?? [];
  if (taken !== undefined) return readsIn(found.module, declaration.span).filter(({ variable }) => variable === taken);
  const inside: Place = { program, module: found.module, owner: declaration.parent };
  const { initializer } = declaration;
  if (expression.kind !== 'member') return initializer === undefined ? [] : defaultsIn(inside, initializer, depth + 1);
  const properties = initializer?.kind === 'object' ? initializer.properties : [];
  return properties.flatMap(({ key, value }) => (key === expression.property ? defaultsIn(inside, value, depth + 1) : []));
}

/** Reads of the environment with a constant default that stand in a piece of code. */
const readsIn = (module: ModuleRecord, { start, end }: Expression['span']): readonly Default[] =>
  module.syntax.environmentReads.flatMap(({ name, default: fallback, span }) =>
    name !== undefined && fallback?.kind === 'literal' && typeof fallback.value === 'string' && start <= span.start && span.end <= end
      ? [{ variable: name, value: fallback.value }]
      : [],
  );
