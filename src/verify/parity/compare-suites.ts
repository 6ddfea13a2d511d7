import type { SuiteComparison } from '../../model/verification.ts';
import type { TestResult } from './test-results/test-result.ts';

/** Compares the suite's results test by test: a test that fails in both runs is equal. */
export function compareSuites(
  direct: readonly TestResult[],
  gateway: readonly TestResult[],
): Pick<SuiteComparison, 'direct' | 'gateway' | 'differences'> {
  const [before, after] = [byName(direct), byName(gateway)];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const differences = names.flatMap((test) => {
    const [one, other] = [before.get(test) ?? 'absent', after.get(test) ?? 'absent'];
    return one === other ? [] : [{ test, direct: one, gateway: other }];
  });
  return { direct: count(direct), gateway: count(gateway), differences };
}

const count = (results: readonly TestResult[]): { readonly passed: number; readonly failed: number } => ({
  passed: results.filter(({ status }) => status === 'passed').length,
  failed: results.filter(({ status }) => status === 'failed').length,
});

/** A name that several tests share is counted, so that none hides another. */
function byName(results: readonly TestResult[]): ReadonlyMap<string, TestResult['status']> {
  const statuses = new Map<string, TestResult['status']>();
  const counts = new Map<string, number>();
  for (const { name, status } of results) {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    statuses.set(count === 1 ? name : `${name} (${count})`, status);
  }
  return statuses;
}
