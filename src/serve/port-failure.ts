import { type Attempt, failed } from './attempt.ts';

/** A taken port as a failure the user can act on; any other error is thrown again. */
export function portFailure(error: unknown, port: number, nextStep: string): Attempt<never> {
  if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) {
    const reason = error.code === 'EADDRINUSE' ? 'is in use' : 'may not be used';
    return failed(`port ${port} ${reason}`, nextStep);
  }
  throw error;
}
