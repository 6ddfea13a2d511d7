/** What became of one invocation. */
export type InvocationResult =
  /** The handler's value as JSON text. */
  | { readonly kind: 'success'; readonly payload: string }
  /** The handler threw or rejected. */
  | { readonly kind: 'handler-error'; readonly message: string }
  /** The bundle could not be loaded, or loading took too long. */
  | { readonly kind: 'init-error'; readonly message: string }
  /** The process ended while the invocation ran. */
  | { readonly kind: 'crashed'; readonly message: string }
  | { readonly kind: 'timeout'; readonly afterMs: number }
  /** The event or the response was over Lambda's 6 MB. */
  | { readonly kind: 'request-too-large' | 'response-too-large'; readonly bytes: number }
  /** The pool was stopped meanwhile. */
  | { readonly kind: 'stopped' };

/** Lambda's limit for synchronous payloads, both ways: 6 MB (AWS documentation, read 2026-11). */
export const PAYLOAD_LIMIT_BYTES = 6 * 1024 * 1024;
