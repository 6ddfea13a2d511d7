import { mayTakeLong } from '../../../src/lib/slow-pattern.ts';

/** Whether a regular expression of the program meets a path; expressions that could take long are not tried. */
export function patternMatch(pattern: { readonly source: string; readonly flags: string }, path: string): 'always' | 'sometimes' | 'never' {
  if (mayTakeLong(pattern.source)) return 'sometimes';
  try {
    return new RegExp(pattern.source, pattern.flags).test(path) ? 'always' : 'never';
  } catch {
    return 'sometimes';
  }
}
