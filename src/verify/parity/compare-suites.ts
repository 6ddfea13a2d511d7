import type { SuiteComparison } from '../../model/verification.ts';
import type { TestResult } from './test-results/test-result.ts';

/** Compares the suite's results test by test: a test that fails in both runs is equal. */
export function compareSuites(
  direct: readonly TestResult[],
  gateway: readonly TestResult[],
): Pick<SuiteComparison, 'direct' | 'gateway' | 'differences'> {
  const [before, after] = [direct, gateway].map((results) => new Map(results.map(({ name, status }) => [name, status])));
  const names = [...new Set([...direct, ...gateway].map(({ name }) => name))];
  const differences = names.flatMap((test) => {
    const [one, other] = [before?.get(test) ?? 'absent', after?.get(test) ?? 'absent'];
    return one === other ? [] : [{ test, direct: one, gateway: other }];
  });
  return { direct: count(direct), gateway: count(gateway), differences };
}

const count = (results: readonly TestResult[]): { readonly passed: number; readonly failed: number } => ({
  passed: results.filter(({ status }) => status === 'passed').length,
  failed: results.filter(({ status }) => status === 'failed').length,
});
