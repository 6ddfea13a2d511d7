import type { Expression } from '../../src/model/file-syntax.ts';
import type { ModuleRecord, ProgramQueries } from '../../src/model/program.ts';

interface Place {
  readonly module: ModuleRecord;
  readonly owner: number;
  readonly expression: Expression | undefined;
}

const MAXIMUM_DEPTH = 5;
/** Properties of an options object that say where a request goes, the first that is there counts. */
const ADDRESS_OPTIONS = ['url', 'uri', 'baseURL', 'prefixUrl', 'hostname', 'host'];

/** The host that an address names, or what names it: `api.books.test`, `<process.env.STOCK_URL>`. */
export function hostOf(program: ProgramQueries, place: Place, depth = 0): string | undefined {
  const { expression } = place;
  const inner = (next: Expression | undefined): string | undefined => hostOf(program, { ...place, expression: next }, depth + 1);
  if (expression === undefined || depth > MAXIMUM_DEPTH) return undefined;
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'string' ? hostIn(expression.value) : undefined;
    case 'template': {
      const head = expression.quasis[0] ?? '';
      return head === '' ? inner(expression.expressions[0]) : hostIn(expression.expressions.length === 0 ? head : `${head}\0`);
    }
    case 'concatenation':
      return inner(expression.parts[0]);
    case 'choice':
      return expression.options.map(inner).find((host) => host !== undefined);
    case 'assertion':
    case 'await':
      return inner(expression.value);
    case 'object':
      return ADDRESS_OPTIONS.map((key) => inner(expression.properties.find((property) => property.key === key)?.value)).find(
        (host) => host !== undefined,
      );
    case 'call': {
      const call = place.module.syntax.calls[expression.call];
      return call?.kind === 'new' && call.callee.kind === 'name' && call.callee.name === 'URL'
        ? (inner(call.arguments[1]) ?? inner(call.arguments[0]))
        : undefined;
    }
    case 'member':
      return environmentName(expression) ?? boundHost(program, place, depth);
    case 'name':
      return boundHost(program, place, depth);
    default:
      return undefined;
  }
}

/** The host of an address that begins with one; the host must be whole where a hole follows. */
function hostIn(text: string): string | undefined {
  const found = /^(?:https?|wss?):\/\/(?:[^/@\0]*@)?([^/:?#\0]+)(?=[/:?#]|$)/.exec(text);
  if (found !== null) return found[1];
  return /^[a-z\d-]+(?:\.[a-z\d-]+)+$/i.test(text) ? text : undefined;
}

const environmentName = (expression: Extract<Expression, { kind: 'member' }>): string | undefined => {
  const { object, property } = expression;
  const isEnvironment =
    object.kind === 'member' && object.property === 'env' && object.object.kind === 'name' && object.object.name === 'process';
  return isEnvironment ? `<process.env.${property}>` : undefined;
};

/** The host that a client was made for: `axios.create({ baseURL })`, `got.extend({ prefixUrl })`, `new Pool(address)`. */
export function hostOfClient(program: ProgramQueries, client: Place): string | undefined {
  const made = client.expression?.kind === 'call' ? client : boundTo(program, client);
  if (made?.expression?.kind !== 'call') return undefined;
  const given = made.module.syntax.calls[made.expression.call]?.arguments ?? [];
  return given.map((expression) => hostOf(program, { ...made, expression }, 1)).find((host) => host !== undefined);
}

/** A name or member that stands for a constant of the program. */
function boundHost(program: ProgramQueries, place: Place, depth: number): string | undefined {
  const bound = boundTo(program, place);
  return bound === undefined ? undefined : hostOf(program, bound, depth + 1);
}

function boundTo(program: ProgramQueries, { module, owner, expression }: Place): Place | undefined {
  if (expression === undefined) return undefined;
  const referent = program.resolveExpression(module.id, owner, expression);
  const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
  const declaration = found?.module.syntax.declarations[found.index];
  if (found === undefined || declaration === undefined || declaration.bindingPath !== undefined) return undefined;
  const isConstant = declaration.mutability === 'const' || declaration.kind === 'field' || declaration.kind === 'object-member';
  if (!isConstant) return undefined;
  const scope = declaration.initializerOwner ?? declaration.parent;
  return { module: found.module, owner: Math.max(0, scope), expression: declaration.initializer };
}
