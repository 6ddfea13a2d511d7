/** The user asked for something that cannot be done: shown without a stack, with what to do next; exit code 2. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: string;
  readonly nextStep: string;

  constructor(code: string, what: string, nextStep: string) {
    super(what);
    this.code = code;
    this.nextStep = nextStep;
  }
}

/** A broken promise of our own code: shown with its stack; exit code 3. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** Closes a `switch` over a union: does not compile while a variant is missing. */
export function assertNever(value: never): never {
  throw new InvariantError(`unexpected variant: ${JSON.stringify(value)}`);
}
