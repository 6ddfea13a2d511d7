import type { Expression } from '../../src/model/file-syntax.ts';
import type { ModuleRecord, ProgramQueries } from '../../src/model/program.ts';

/** An expression, with the code in which it stands. */
export interface Place {
  readonly module: ModuleRecord;
  readonly owner: number;
  readonly expression: Expression;
}

const FARTHEST = 5;

/** The constant text that an expression is, or the variable that names it (`<process.env.ORDERS_QUEUE>`); its default where it has one. */
export function queueName(program: ProgramQueries, place: Place, depth = 0): string | undefined {
  const { expression } = place;
  const inner = (next: Expression): string | undefined => queueName(program, { ...place, expression: next }, depth + 1);
  if (depth > FARTHEST) return undefined;
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'string' && expression.value !== '' ? expression.value : undefined;
    case 'template': {
      const holes = expression.expressions.map(inner);
      return holes.includes(undefined) ? undefined : expression.quasis.map((text, index) => `${text}${holes[index] ?? ''}`).join('');
    }
    case 'concatenation': {
      const parts = expression.parts.map(inner);
      return parts.includes(undefined) ? undefined : parts.join('');
    }
    case 'choice': {
      const names = [...new Set(expression.options.map(inner))];
      const constants = names.filter((name) => name?.startsWith('<process.env.') !== true);
      const [only] = constants.length === 0 ? names : constants;
      return constants.length > 1 || (constants.length === 0 && names.length > 1) ? undefined : only;
    }
    case 'assertion':
      return inner(expression.value);
    case 'member':
    case 'name': {
      const variable = environmentName(expression);
      const bound = variable === undefined ? boundTo(program, place) : undefined;
      return bound === undefined ? variable : queueName(program, bound, depth + 1);
    }
    default:
      return undefined;
  }
}

function environmentName(expression: Expression): string | undefined {
  if (expression.kind !== 'member' || expression.object.kind !== 'member') return undefined;
  const { object } = expression.object;
  return expression.object.property === 'env' && object.kind === 'name' && object.name === 'process'
    ? `<process.env.${expression.property}>`
    : undefined;
}

/** What a name or member that is never changed was made with. */
export function boundTo(program: ProgramQueries, { module, owner, expression }: Place): Place | undefined {
  const referent = program.resolveExpression(module.id, owner, expression);
  const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
  const declaration = found?.module.syntax.declarations[found.index];
  if (found === undefined || declaration?.initializer === undefined || declaration.bindingPath !== undefined) return undefined;
  if (declaration.mutability !== 'const' && declaration.kind !== 'field' && declaration.kind !== 'object-member') return undefined;
  const scope = declaration.initializerOwner ?? declaration.parent;
  return { module: found.module, owner: Math.max(0, scope), expression: declaration.initializer };
}
