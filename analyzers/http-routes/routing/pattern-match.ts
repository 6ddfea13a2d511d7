const NESTED_REPETITION = /[+*}][^()]*\)[+*{]/;

/** Whether a regular expression of the program meets a path; expressions that could take long are not tried. */
export function patternMatch(pattern: { readonly source: string; readonly flags: string }, path: string): 'always' | 'sometimes' | 'never' {
  if (pattern.source.length > 200 || NESTED_REPETITION.test(pattern.source)) return 'sometimes';
  try {
    return new RegExp(pattern.source, pattern.flags).test(path) ? 'always' : 'never';
  } catch {
    return 'sometimes';
  }
}
