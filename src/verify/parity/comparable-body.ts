import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { Exchange } from '../../serve/exchange.ts';
import { headerValues } from '../../serve/http-headers.ts';
import { withoutStackFrames } from './stack-frames.ts';

/** A response body in the form in which it is compared. */
export type ComparableBody =
  | { readonly kind: 'json'; readonly value: unknown }
  /** Without the frames of stack traces. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Buffer };

/** Undoes the content encoding; JSON is what says so or parses as an object or array, text what is valid UTF-8. */
export function readBody({ headers, body }: Pick<Exchange, 'headers' | 'body'>): ComparableBody {
  const bytes = decompress(body, headerValues(headers, 'content-encoding')[0] ?? 'identity');
  const text = decodeText(bytes);
  if (text === undefined) return { kind: 'bytes', bytes };
  const value = /^\s*[[{]/.test(text) || /\bjson\b/.test(headerValues(headers, 'content-type')[0] ?? '') ? parseJson(text) : undefined;
  return value === undefined ? { kind: 'text', text: withoutStackFrames(text) } : { kind: 'json', value };
}

function decompress(body: Buffer, encoding: string): Buffer {
  try {
    if (encoding === 'gzip' || encoding === 'x-gzip') return gunzipSync(body);
    if (encoding === 'br') return brotliDecompressSync(body);
    return encoding === 'deflate' ? inflateSync(body) : body;
  } catch {
    // Answers to HEAD say how the body would be encoded and have none.
    return body;
  }
}

function decodeText(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
