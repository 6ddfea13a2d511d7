/** One test of the suite, as the report names it. */
export interface TestResult {
  /** Unique within one run. */
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
}

/** Tells tests of the same name apart by their position. */
export function withUniqueNames(results: readonly TestResult[]): readonly TestResult[] {
  const counts = new Map<string, number>();
  return results.map((result) => {
    const count = (counts.get(result.name) ?? 0) + 1;
    counts.set(result.name, count);
    return count === 1 ? result : { ...result, name: `${result.name} (${count})` };
  });
}
