import { uniqueSorted } from '../../lib/sort.ts';
import type { CheckResult, RouteVerdict } from '../../model/verification.ts';

/**
 * Compares the verdicts of a run in which one instance answered everything with those of a run in which two took
 * turns. A route that is right only in the first keeps something in memory that the next request needs. Where no
 * route could be compared the check is skipped: it has shown nothing.
 */
export function judgeStatelessness(reused: readonly RouteVerdict[], rotated: readonly RouteVerdict[]): readonly CheckResult[] {
  return uniqueSorted(reused.map(({ service }) => service)).map((service) => {
    const ofService = reused.filter((verdict) => verdict.service === service);
    const inTurn = new Map(rotated.map((verdict) => [verdict.id, verdict]));
    const pairs = ofService.flatMap((verdict) => {
      const other = inTurn.get(verdict.id);
      return verdict.verdict !== 'proven' || other === undefined ? [] : [other];
    });
    const details = pairs.filter(({ verdict }) => verdict !== 'proven').map(describe);
    return { name: 'statelessness', service, ...judge(details, pairs, ofService.length), details };
  });
}

function judge(details: readonly string[], pairs: readonly RouteVerdict[], routes: number): Pick<CheckResult, 'status' | 'summary'> {
  const [first] = details;
  if (first !== undefined) return { status: 'failed', summary: first };
  const ofRoutes = `of ${routes} moved ${routes === 1 ? 'route' : 'routes'}`;
  if (pairs.length === 0) return { status: 'skipped', summary: `nothing was compared: none ${ofRoutes} is proven with one instance` };
  const shown = rotatedRoutes(pairs);
  if (shown.length === 0)
    return { status: 'skipped', summary: `nothing was compared: no function ${ofRoutes} had two requests to take turns` };
  const requests = shown.reduce((sum, { comparisons }) => sum + comparisons, 0);
  return {
    status: 'passed',
    summary: `two instances in turn answer as one does: ${shown.length} ${ofRoutes}, ${requests} requests compared`,
  };
}

/** Those of functions that answered at least twice: with one request no second instance came to its turn. */
function rotatedRoutes(pairs: readonly RouteVerdict[]): readonly RouteVerdict[] {
  const answers = new Map<string, number>();
  for (const [name, count] of pairs.flatMap(({ servedBy }) => Object.entries(servedBy)))
    answers.set(name, (answers.get(name) ?? 0) + count);
  return pairs.filter(({ servedBy }) => Object.keys(servedBy).some((name) => name !== 'monolith' && (answers.get(name) ?? 0) > 1));
}

function describe({ id, firstDifference, missing }: RouteVerdict): string {
  if (firstDifference === undefined) return `${id}: with two instances in turn, ${missing}`;
  const { request, field, monolith, slice, cause } = firstDifference;
  const why = cause === undefined ? '' : ` (${cause})`;
  return `${id}: with two instances in turn, ${request} gives ${field} ${slice} instead of ${monolith}${why}`;
}
