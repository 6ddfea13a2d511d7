import type { Expression, PropertySyntax } from '../../src/model/file-syntax.ts';
import type { Span } from '../../src/model/location.ts';
import type { ModuleRecord, ProgramQueries } from '../../src/model/program.ts';

/** A variable that a description of the environment names. */
export interface DescribedVariable {
  readonly name: string;
  readonly default?: string;
}

/**
 * The variables of a schema that the whole of `process.env` is handed to: `cleanEnv(process.env, { PORT: port() })`,
 * `z.object({ PORT: z.string() }).parse(process.env)`. Empty where the call names none.
 */
export function describedVariables(program: ProgramQueries, module: ModuleRecord, environment: Span): readonly DescribedVariable[] {
  const call = module.syntax.calls.find((one) => one.arguments.some((given) => isWithin(environment, given)));
  if (call === undefined) return [];
  const described = [...call.arguments, ...(call.callee.kind === 'member' ? [call.callee.object] : [])];
  const properties = described.flatMap((expression) => propertiesOf({ program, module, owner: call.owner }, expression, 0));
  const variables = properties.flatMap(({ key, value }) =>
    key !== undefined && VARIABLE.test(key) ? [{ name: key, ...defaultOf(module, value, 0) }] : [],
  );
  return [...new Map(variables.map((variable) => [variable.name, variable])).values()];
}

const VARIABLE = /^[A-Z][A-Z\d_]*$/;

const isWithin = (inner: Span, { span, kind }: Expression): boolean =>
  kind !== 'object' && kind !== 'function' && span.start === inner.start && span.end === inner.end;

interface Place {
  readonly program: ProgramQueries;
  readonly module: ModuleRecord;
  readonly owner: number;
}

/** Members of object literals in an expression, through names of the module and the calls that make a schema of them. */
function propertiesOf(place: Place, expression: Expression, depth: number): readonly PropertySyntax[] {
  if (depth > 6) return [];
  const { program, module, owner } = place;
  switch (expression.kind) {
    case 'object':
      return expression.properties;
    case 'call': {
      const call = module.syntax.calls[expression.call];
      const parts = call === undefined ? [] : [...call.arguments, ...(call.callee.kind === 'member' ? [call.callee.object] : [])];
      return parts.flatMap((part) => propertiesOf(place, part, depth + 1));
    }
    case 'name': {
      const referent = program.resolveName(module.id, owner, expression.name, expression.span.start);
      const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
      const declaration = found?.module.syntax.declarations[found.index];
      if (found === undefined || declaration?.initializer === undefined) return [];
      return propertiesOf({ program, module: found.module, owner: declaration.parent }, declaration.initializer, depth + 1);
    }
    default:
      return [];
  }
}

/** `z.string().default('x')`, `str({ default: 'x' })`, anywhere in the chain. */
function defaultOf(module: ModuleRecord, value: Expression, depth: number): { readonly default?: string } {
  const call = value.kind === 'call' ? module.syntax.calls[value.call] : undefined;
  if (call === undefined || depth > 8) return {};
  const [first] = call.arguments;
  if (call.callee.kind === 'member' && call.callee.property === 'default' && first?.kind === 'literal')
    return { default: String(first.value) };
  const option = first?.kind === 'object' ? first.properties.find(({ key }) => key === 'default')?.value : undefined;
  if (option?.kind === 'literal') return { default: String(option.value) };
  return call.callee.kind === 'member' ? defaultOf(module, call.callee.object, depth + 1) : {};
}
