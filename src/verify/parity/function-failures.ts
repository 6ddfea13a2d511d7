import { groupBy } from '../../lib/group.ts';
import { uniqueSorted } from '../../lib/sort.ts';
import type { ServiceId } from '../../model/ids.ts';
import type { CheckResult } from '../../model/verification.ts';
import type { Exchange } from '../../serve/exchange.ts';
import type { MovedRoute } from './route-verdict.ts';

/** Whether every invocation was answered by the function itself, by slice; what a function said when it died is kept. */
export function judgeFunctions(moved: readonly MovedRoute[], exchanges: readonly Exchange[]): readonly CheckResult[] {
  const byFunction = groupBy(exchanges, ({ servedBy }) => servedBy);
  return uniqueSorted(moved.map(({ target }) => target.service)).map((service) => judgeSlice(service, moved, byFunction));
}

function judgeSlice(service: ServiceId, moved: readonly MovedRoute[], byFunction: ReadonlyMap<string, readonly Exchange[]>): CheckResult {
  const names = uniqueSorted(moved.flatMap(({ target }) => (target.service === service ? [target.function] : [])));
  const answers = names.flatMap((name) => byFunction.get(name) ?? []);
  const failures = answers.flatMap(({ servedBy, failure }) =>
    failure === undefined ? [] : [{ text: `${servedBy} ${failure.reason}`, details: failure.details }],
  );
  const [first] = failures;
  if (answers.length === 0) return { name: 'functions', service, status: 'skipped', summary: 'no request reached them', details: [] };
  if (first === undefined) {
    return { name: 'functions', service, status: 'passed', summary: `${answers.length} invocations, all answered`, details: [] };
  }
  const distinct = new Map(failures.map((failure) => [failure.text, failure]));
  return {
    name: 'functions',
    service,
    status: 'failed',
    summary: `${failures.length} of ${answers.length} invocations not answered: ${first.text}`,
    details: [...distinct.values()].flatMap(({ text, details }) => [text, ...details.map((line) => `  ${line}`)]),
  };
}
