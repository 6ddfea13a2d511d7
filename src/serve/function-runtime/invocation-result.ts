/** What became of one invocation. */
export type InvocationResult =
  /** The handler's value as JSON text. */
  | { readonly kind: 'success'; readonly payload: string }
  /** The handler threw or rejected. */
  | { readonly kind: 'handler-error'; readonly message: string }
  /** The bundle could not be loaded, or loading took too long. */
  | { readonly kind: 'init-error'; readonly message: string; readonly output?: readonly string[] }
  /** The process ended while the invocation ran. */
  | { readonly kind: 'crashed'; readonly message: string; readonly output?: readonly string[] }
  | { readonly kind: 'timeout'; readonly afterMs: number }
  /** The event or the response was over Lambda's 6 MB. */
  | { readonly kind: 'request-too-large' | 'response-too-large'; readonly bytes: number }
  /** The pool was stopped meanwhile. */
  | { readonly kind: 'stopped' };

/** Lambda's limit for synchronous payloads, both ways: 6 MB (AWS documentation, read 2026-11). */
export const PAYLOAD_LIMIT_BYTES = 6 * 1024 * 1024;

/** Why a function gave no answer of its own. */
export interface FunctionFailure {
  /** One line: what happened, and the error that says most. */
  readonly reason: string;
  /** The error's stack, or the last lines the process printed; oldest first. */
  readonly details: readonly string[];
}

/** The failure behind a result; undefined when the function answered, or was stopped by whoever started it. */
export function failureOf(result: InvocationResult): FunctionFailure | undefined {
  switch (result.kind) {
    case 'success':
    case 'stopped':
      return undefined;
    case 'handler-error':
      return explain('threw', result.message, []);
    case 'init-error':
      return explain('could not start', result.message, result.output ?? []);
    case 'crashed':
      return explain('ended while it answered', result.message, result.output ?? []);
    case 'timeout':
      return { reason: `gave no answer within ${result.afterMs / 1000} s`, details: [] };
    case 'request-too-large':
      return { reason: `was sent ${result.bytes} bytes, over Lambda's ${PAYLOAD_LIMIT_BYTES}`, details: [] };
    case 'response-too-large':
      return { reason: `answered ${result.bytes} bytes, over Lambda's ${PAYLOAD_LIMIT_BYTES}`, details: [] };
  }
}

function explain(what: string, message: string, output: readonly string[]): FunctionFailure {
  const stack = message.split('\n').filter((line) => line.trim() !== '');
  const [first = '', ...frames] = stack;
  const error = frames.length > 0 ? undefined : findError(output);
  return {
    reason: `${what}: ${first}${error === undefined || first.includes(error) ? '' : `: ${error}`}`,
    details: [...stack, ...output],
  };
}

/** The line that says most: an error's own, else one that speaks of an error, else the last. */
function findError(lines: readonly string[]): string | undefined {
  const printed = lines.map((line) => line.trim()).filter((line) => line !== '' && !/^(?:at |Node\.js v|\^+$)/.test(line));
  return (
    printed.find((line) => /^(?:Uncaught )?\[?\w*(?:Error|Exception)\b.*:/.test(line)) ??
    printed.find((line) => /error/i.test(line)) ??
    printed.at(-1)
  );
}
