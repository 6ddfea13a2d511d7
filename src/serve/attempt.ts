/** What starting something gave: the running thing, or why it does not run. The caller turns a failure into a message. */
export type Attempt<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'failed'; readonly failure: Failure };

/** Why something outside Banyan did not work: what, what to do next, and the output that shows it. */
export interface Failure {
  readonly what: string;
  readonly nextStep: string;
  /** Last lines of output or full messages, oldest first. */
  readonly details: readonly string[];
}

export const done = <T>(value: T): Attempt<T> => ({ kind: 'done', value });

export const failed = (what: string, nextStep: string, details: readonly string[] = []): Attempt<never> => ({
  kind: 'failed',
  failure: { what, nextStep, details },
});
