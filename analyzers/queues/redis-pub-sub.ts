import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { distinctTriggers } from '../../src/analyze/trigger-fact.ts';
import { groupBy } from '../../src/lib/group.ts';
import { ownEntry } from '../../src/lib/own-entry.ts';
import type { HandlerReference, TriggerFact } from '../../src/model/fact.ts';
import type { CallSyntax, Expression } from '../../src/model/file-syntax.ts';
import { moduleOf, nameOf, toEntryPointId } from '../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../src/model/program.ts';

/** Finds subscribers of Redis: `client.subscribe('news', take)`, and `redis.subscribe('news')` with `redis.on('message', take)`. */
export const redisPubSub = defineAnalyzer({
  name: 'redis-pub-sub',
  produces: ['trigger'],

  *analyze({ program }) {
    const calls = program.program.modules
      .filter(({ role }) => role === 'source')
      .flatMap((module) => module.syntax.calls.flatMap((call) => clientCall(program, module, call) ?? []));
    const [subscribes, listens] = [calls.filter(({ verb }) => verb === 'subscribe'), calls.filter(({ verb }) => verb === 'listen')];
    const byClient = groupBy(listens, keyOf);
    yield* distinctTriggers(
      subscribes.flatMap((one) => subscribersOf(program, one, one.client === undefined ? [] : (byClient.get(keyOf(one)) ?? []))),
    );
  },
});

const keyOf = ({ client, channels }: ClientCall): string => `${channels} ${client}`;

/** By package: whether a function that `subscribe` is handed takes the messages. Those of ioredis only learn that it is done. */
const takesListeners: Readonly<Record<string, boolean>> = { redis: true, '@redis/client': true, ioredis: false, iovalkey: false };

/** How channels are named: one by one, by patterns, or in shards. */
type Channels = 'named' | 'patterns' | 'shards';
const subscribing: Readonly<Record<string, Channels>> = { subscribe: 'named', psubscribe: 'patterns', ssubscribe: 'shards' };
const events: Readonly<Record<string, Channels>> = {
  message: 'named',
  messageBuffer: 'named',
  pmessage: 'patterns',
  pmessageBuffer: 'patterns',
  smessage: 'shards',
  smessageBuffer: 'shards',
};

interface ClientCall {
  readonly module: ModuleRecord;
  readonly call: CallSyntax;
  readonly verb: 'subscribe' | 'listen';
  readonly channels: Channels;
  readonly package: string;
  /** The binding that holds the client; absent where only a run tells which client it is. */
  readonly client: string | undefined;
}

function clientCall(program: ProgramQueries, module: ModuleRecord, call: CallSyntax): ClientCall | undefined {
  const { callee } = call;
  if (call.kind !== 'call' || callee.kind !== 'member') return undefined;
  const asked = verbOf(callee.property, call.arguments[0]);
  const referent = asked === undefined ? undefined : program.resolveExpression(module.id, call.owner, callee);
  if (asked === undefined || (referent?.kind !== 'external' && referent?.kind !== 'external-instance')) return undefined;
  if (!Object.hasOwn(takesListeners, referent.package)) return undefined;
  return { module, call, ...asked, package: referent.package, client: bindingOf(program, { module, call }, callee.object) };
}

function verbOf(method: string, first: Expression | undefined): Pick<ClientCall, 'verb' | 'channels'> | undefined {
  const channels = ownEntry(subscribing, method.toLowerCase());
  if (channels !== undefined) return { verb: 'subscribe', channels };
  const listened = method === 'on' && first?.kind === 'literal' ? ownEntry(events, String(first.value)) : undefined;
  return listened === undefined ? undefined : { verb: 'listen', channels: listened };
}

type Place = Pick<ClientCall, 'module' | 'call'>;

/** The binding that a call sees: the same name in another function holds another client. */
function bindingOf(program: ProgramQueries, place: Place, holder: Expression): string | undefined {
  const { module, call } = place;
  const referent =
    holder.kind === 'name'
      ? program.resolveName(module.id, call.owner, holder.name, holder.span.start)
      : program.resolveExpression(module.id, call.owner, holder);
  if (referent.kind === 'symbol') return referent.symbol;
  const object = holder.kind === 'member' ? bindingOf(program, place, holder.object) : undefined;
  return object === undefined || holder.kind !== 'member' ? undefined : `${object}.${holder.property}`;
}

/** Each channel with each function that takes its messages. */
function subscribersOf(program: ProgramQueries, one: ClientCall, listens: readonly ClientCall[]): readonly TriggerFact[] {
  const { channels, listener } = argumentsOf(program, one, listens.length > 0);
  const handlers =
    listens.length > 0
      ? listens.map((listen) => handlerOf(program, listen, listen.call.arguments[1]))
      : [listener === undefined ? undefined : handlerOf(program, one, listener)];
  return channels.flatMap((channel) => handlers.map((handler) => toFact(program, one, channel, handler)));
}

interface Subscription {
  /** By name; one that is computed is there, without a name. */
  readonly channels: readonly (string | undefined)[];
  readonly listener: Expression | undefined;
}

/** `subscribe('news', take, true)` names one channel, or a list of them; `subscribe('news', 'stock', done)` all but the last. */
function argumentsOf(program: ProgramQueries, one: ClientCall, isListenedTo: boolean): Subscription {
  const { call } = one;
  const [first, second] = call.arguments;
  const namedIn = (given: readonly Expression[]): Subscription['channels'] => {
    const named = given.flatMap((name) => (name.kind === 'array' ? name.elements : [name]));
    return named.length === 0 ? [undefined] : named.map((name) => textOf(program, one, name));
  };
  const listener = !isListenedTo && ownEntry(takesListeners, one.package) === true ? second : undefined;
  if (first !== undefined && listener !== undefined && textOf(program, one, listener) === undefined)
    return { channels: namedIn([first]), listener };
  const last = call.arguments.at(-1);
  const isTold = last !== undefined && (last.kind === 'function' || handlerOf(program, one, last) !== undefined);
  return { channels: namedIn(isTold ? call.arguments.slice(0, -1) : call.arguments), listener: undefined };
}

/** A function literal, or a function of the program by its name. */
function handlerOf(program: ProgramQueries, { module, call }: Place, given: Expression | undefined): HandlerReference | undefined {
  if (given === undefined) return undefined;
  if (given.kind === 'function') return { module: module.id, symbol: program.symbolAt(module.id, given.declaration) };
  const referent = program.resolveExpression(module.id, call.owner, given);
  const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
  const isFunction = found !== undefined && found.module.syntax.declarations[found.index]?.returns !== undefined;
  return referent.kind === 'symbol' && isFunction ? { module: moduleOf(referent.symbol), symbol: referent.symbol } : undefined;
}

function textOf(program: ProgramQueries, { module, call }: Place, expression: Expression): string | undefined {
  if (expression.kind === 'literal') return typeof expression.value === 'string' ? expression.value : undefined;
  const referent = program.resolveExpression(module.id, call.owner, expression);
  const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
  const declaration = found?.module.syntax.declarations[found.index];
  const initializer = declaration?.mutability === 'const' || declaration?.kind === 'object-member' ? declaration.initializer : undefined;
  return initializer?.kind === 'literal' && typeof initializer.value === 'string' ? initializer.value : undefined;
}

function toFact(
  program: ProgramQueries,
  { module, call, package: library }: ClientCall,
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
