import { createHash, type Hash } from 'node:crypto';
import type { RouteId } from '../model/ids.ts';
import type { FunctionFailure } from './function-runtime/invocation-result.ts';
import type { HeaderLine } from './http-headers.ts';

/** One request through the gateway and what it was answered. */
export interface Exchange {
  /** Position in the order of arrival, from 0. */
  readonly index: number;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** The route of the table it matched. */
  readonly route?: RouteId;
  /** Digest of the request body; of nothing, for none. */
  readonly requestBody: string;
  /** Where it carried a token, a key or a cookie, with a digest of each; sorted. */
  readonly credentials: readonly string[];
  /** A function's name, or `monolith`. */
  readonly servedBy: string;
  /** The handler that answered, as the function itself says (`GET /:id`). */
  readonly handler?: string;
  /** Why the function gave no answer of its own; the status is then the gateway's. */
  readonly failure?: FunctionFailure;
  readonly status: number;
  readonly headers: readonly HeaderLine[];
  readonly body: Buffer;
  /** False when the connection broke before the response was whole. */
  readonly complete: boolean;
}

/** Told about every exchange when its response has ended. */
export type ExchangeListener = (exchange: Exchange) => void;

/** A digest of bytes that arrive in pieces; pieces after its end (an upload answered early) no longer count. */
export function createDigest(): { add(bytes: Uint8Array): void; end(): string } {
  const hash = createHash('sha256');
  let ended: string | undefined;
  return {
    add: (bytes) => {
      if (ended === undefined) hash.update(bytes);
    },
    end: () => {
      ended ??= shorten(hash);
      return ended;
    },
  };
}

/** The same digest of a text. */
export const digestOf = (text: string): string => shorten(createHash('sha256').update(text));

const shorten = (hash: Hash): string => hash.digest('base64url').slice(0, 22);
