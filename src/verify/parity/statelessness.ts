import { uniqueSorted } from '../../lib/sort.ts';
import type { CheckResult, RouteVerdict } from '../../model/verification.ts';

/**
 * Compares the verdicts of a run in which one instance answered everything with those of a run in which two took
 * turns. A route that is right only in the first keeps something in memory that the next request needs.
 */
export function judgeStatelessness(reused: readonly RouteVerdict[], rotated: readonly RouteVerdict[]): readonly CheckResult[] {
  const inTurn = new Map(rotated.map((verdict) => [verdict.id, verdict]));
  return uniqueSorted(reused.map(({ service }) => service)).map((service) => {
    const details = reused.flatMap(({ id, service: owner, verdict }) => {
      const other = inTurn.get(id);
      return owner !== service || verdict !== 'proven' || other === undefined || other.verdict === 'proven' ? [] : [describe(other)];
    });
    const [first] = details;
    return {
      name: 'statelessness',
      service,
      status: first === undefined ? 'passed' : 'failed',
      summary: first ?? 'two instances in turn answer as one does',
      details,
    };
  });
}

function describe({ id, firstDifference, missing }: RouteVerdict): string {
  if (firstDifference === undefined) return `${id}: with two instances in turn, ${missing}`;
  const { request, field, monolith, slice, cause } = firstDifference;
  const why = cause === undefined ? '' : ` (${cause})`;
  return `${id}: with two instances in turn, ${request} gives ${field} ${slice} instead of ${monolith}${why}`;
}
