import { expect, test } from 'vitest';
import { medusaJobs } from '../../../analyzers/schedules/medusa-jobs.ts';
import { manifestOf } from '../../support/findings.ts';
import { analyzeTraced, traceOf } from '../../support/trace.ts';

test('jobs are modules with a schedule', () => {
  const packages = [manifestOf('.', ['@medusajs/framework'])];
  const files = {
    'src/jobs/remind.ts':
      "export default async function remind(container) {} export const config = { name: 'remind', schedule: '0 8 * * *' };",
    'src/jobs/count.ts': "export default async function count() {} export const config = { name: 'count', schedule: { interval: 60000 } };",
  };
  const { value } = analyzeTraced(traceOf({ files }, { packages }), [medusaJobs], packages);
  expect(value.map((fact) => (fact.kind === 'trigger' ? `${fact.trigger} ${fact.detail} ${fact.handler?.symbol}` : ''))).toEqual([
    'schedule 60000 src/jobs/count.ts#count',
    'schedule 0 8 * * * src/jobs/remind.ts#remind',
  ]);
});
