import type { LibraryHost } from '../../src/model/boot-trace.ts';

/** Members of an options object that take messages, and where the queue's name stands. */
export interface ConsumingOptions<Value> {
  readonly options: Value | undefined;
  readonly handlers: readonly string[];
  readonly queue?: Value | undefined;
  readonly on?: Value;
}

/** Records the functions among an options object's members that take messages: `{ eachMessage, eachBatch }`. */
export function consumeByOptions<Value>(host: LibraryHost<Value>, { options, handlers, queue, on }: ConsumingOptions<Value>): void {
  for (const name of handlers) {
    const handler = host.member(options, name);
    if (handler === undefined) continue;
    host.record({ verb: 'consume', arguments: [queue ?? host.constant(undefined), handler], ...(on === undefined ? {} : { on }) });
  }
}

/** `client.on('message', handler)`; other events tell of no message. */
export function consumeOnMessage<Value>(host: LibraryHost<Value>): Value {
  const [event, handler] = host.given;
  const seen = host.see(event);
  if (seen.kind === 'constant' && seen.value === 'message' && handler !== undefined)
    host.record({ verb: 'consume', arguments: [host.constant(undefined), handler] });
  return host.receiver ?? host.unknown();
}
