import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { HandlerReference, TriggerFact } from '../../src/model/fact.ts';
import type { CallSyntax, Expression } from '../../src/model/file-syntax.ts';
import { moduleOf, nameOf, toEntryPointId } from '../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../src/model/program.ts';

/** Finds subscribers of Redis: `client.subscribe('news', take)`, and `redis.subscribe('news')` with `redis.on('message', take)`. */
export const redisPubSub = defineAnalyzer({
  name: 'redis-pub-sub',
  produces: ['trigger'],

  *analyze({ program }) {
    for (const module of program.program.modules) if (module.role === 'source') yield* subscribersIn(program, module);
  },
});

const packages: ReadonlySet<string> = new Set(['ioredis', 'redis', '@redis/client', 'iovalkey']);
const subscribing = /^p?subscribe$/i;
const MESSAGES: ReadonlySet<unknown> = new Set(['message', 'pmessage', 'messageBuffer', 'pmessageBuffer']);

interface ClientCall {
  readonly call: CallSyntax;
  readonly client: Expression;
  readonly package: string;
}

function* subscribersIn(program: ProgramQueries, module: ModuleRecord): Iterable<TriggerFact> {
  const calls = module.syntax.calls.flatMap((call) => clientCall(program, module, call) ?? []);
  const subscribes = calls.filter(({ call }) => call.callee.kind === 'member' && subscribing.test(call.callee.property));
  const listens = calls.filter((one) => !subscribes.includes(one));
  for (const { call, client, package: library } of subscribes) {
    const handler = handlerOf(program, module, call, call.arguments.at(-1));
    const channels = channelsOf(program, module, call, handler === undefined ? call.arguments : call.arguments.slice(0, -1));
    const taking = handler === undefined ? listens.filter((one) => isSame(one.client, client)) : [];
    const handlers = handler === undefined ? taking.map((one) => handlerOf(program, module, one.call, one.call.arguments[1])) : [handler];
    for (const channel of channels)
      for (const one of handlers.length === 0 ? [undefined] : handlers) yield toFact(program, module, { call, library }, channel, one);
  }
}

function clientCall(program: ProgramQueries, module: ModuleRecord, call: CallSyntax): ClientCall | undefined {
  const { callee } = call;
  if (call.kind !== 'call' || callee.kind !== 'member') return undefined;
  const [first] = call.arguments;
  const isListening = callee.property === 'on' && first?.kind === 'literal' && MESSAGES.has(first.value);
  if (!isListening && !subscribing.test(callee.property)) return undefined;
  const referent = program.resolveExpression(module.id, call.owner, callee);
  const isRedis = (referent.kind === 'external' || referent.kind === 'external-instance') && packages.has(referent.package);
  return isRedis ? { call, client: callee.object, package: referent.package } : undefined;
}

function isSame(left: Expression, right: Expression): boolean {
  if (left.kind === 'name') return right.kind === 'name' && left.name === right.name;
  if (left.kind === 'this') return right.kind === 'this';
  return left.kind === 'member' && right.kind === 'member' && left.property === right.property && isSame(left.object, right.object);
}

/** A function literal, or a function of the program by its name. */
function handlerOf(
  program: ProgramQueries,
  module: ModuleRecord,
  { owner }: CallSyntax,
  given: Expression | undefined,
): HandlerReference | undefined {
  if (given === undefined) return undefined;
  if (given.kind === 'function') return { module: module.id, symbol: program.symbolAt(module.id, given.declaration) };
  const referent = program.resolveExpression(module.id, owner, given);
  const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
  const isFunction = found !== undefined && found.module.syntax.declarations[found.index]?.returns !== undefined;
  return referent.kind === 'symbol' && isFunction ? { module: moduleOf(referent.symbol), symbol: referent.symbol } : undefined;
}

/** Channels by name; one that is computed is there, without a name. */
const channelsOf = (
  program: ProgramQueries,
  module: ModuleRecord,
  call: CallSyntax,
  given: readonly Expression[],
): readonly (string | undefined)[] => {
  const named = given.filter(({ kind }) => kind !== 'function').flatMap((one) => (one.kind === 'array' ? one.elements : [one]));
  return named.length === 0 ? [undefined] : named.map((one) => textOf(program, module, call.owner, one));
};

function textOf(program: ProgramQueries, module: ModuleRecord, owner: number, expression: Expression): string | undefined {
  if (expression.kind === 'literal') return typeof expression.value === 'string' ? expression.value : undefined;
  const referent = program.resolveExpression(module.id, owner, expression);
  const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
  const declaration = found?.module.syntax.declarations[found.index];
  const initializer = declaration?.mutability === 'const' || declaration?.kind === 'object-member' ? declaration.initializer : undefined;
  return initializer?.kind === 'literal' && typeof initializer.value === 'string' ? initializer.value : undefined;
}

function toFact(
  program: ProgramQueries,
  module: ModuleRecord,
  { call, library }: { readonly call: CallSyntax; readonly library: string },
  channel: string | undefined,
  handler: HandlerReference | undefined,
): TriggerFact {
  const at = program.location(module.id, call.span.start);
  const who = handler === undefined ? `${at.file}:${at.line}` : `${handler.module}#${nameOf(handler.symbol)}`;
  return {
    kind: 'trigger',
    id: toEntryPointId(`queue ${channel ?? 'unknown'} ${who}`),
    trigger: 'queue',
    ...(channel === undefined ? {} : { detail: channel }),
    ...(handler === undefined ? {} : { handler }),
    library,
    statement: { file: module.id, ...call.span },
    at,
  };
}
