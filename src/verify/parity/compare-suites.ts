import { groupBy } from '../../lib/group.ts';
import type { SuiteComparison } from '../../model/verification.ts';
import type { TestResult } from './test-results/test-result.ts';

/** Compares the suite's results test by test: a test that fails in both runs is equal. */
export function compareSuites(
  direct: readonly TestResult[],
  gateway: readonly TestResult[],
): Pick<SuiteComparison, 'direct' | 'gateway' | 'differences'> {
  const [before, after] = [byName(direct), byName(gateway)];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const differences = names.flatMap((name) => {
    const [one, other] = withoutCommon(before.get(name) ?? [], after.get(name) ?? []);
    return Array.from({ length: Math.max(one.length, other.length) }, (_, index) => ({
      test: index === 0 ? name : `${name} (${index + 1})`,
      direct: one[index] ?? ('absent' as const),
      gateway: other[index] ?? ('absent' as const),
    }));
  });
  return { direct: count(direct), gateway: count(gateway), differences };
}

const count = (results: readonly TestResult[]): { readonly passed: number; readonly failed: number } => ({
  passed: results.filter(({ status }) => status === 'passed').length,
  failed: results.filter(({ status }) => status === 'failed').length,
});

type Statuses = readonly TestResult['status'][];

/** Several tests may share a name: all count, so that none hides another. */
const byName = (results: readonly TestResult[]): ReadonlyMap<string, Statuses> =>
  groupBy(
    results,
    ({ name }) => name,
    ({ status }) => status,
  );

/** What only one side has; tests of one name may come in another order in another run. */
function withoutCommon(left: Statuses, right: Statuses): readonly [left: Statuses, right: Statuses] {
  const rest = [...right];
  const only = left.filter((status) => {
    const at = rest.indexOf(status);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return [only, rest];
}
