import { expect, test } from 'vitest';
import { medusaSubscribers } from '../../../analyzers/events/medusa-subscribers.ts';
import { manifestOf } from '../../support/findings.ts';
import { analyzeTraced, traceOf } from '../../support/trace.ts';

test('subscribers are modules that name the events they are called for', () => {
  const packages = [manifestOf('.', ['@medusajs/framework'])];
  const files = {
    'src/subscribers/lent.ts': `const names = { lent: 'book.lent' };
      export default async function noteLoan({ event, container }) {}
      export const config = { event: [names.lent, 'book.returned'] };`,
    'src/subscribers/shelves/late.ts': 'export default async function late() {} export const config = { event: process.env.EVENT };',
    'src/subscribers/index.ts': "export default function none() {} export const config = { event: 'never' };",
    'src/subscribers/helper.ts': 'export default function none() {}',
  };
  const { value } = analyzeTraced(traceOf({ files }, { packages }), [medusaSubscribers], packages);
  expect(value.map((fact) => (fact.kind === 'trigger' ? [fact.detail, fact.handler?.symbol] : []))).toEqual([
    ['book.lent', 'src/subscribers/lent.ts#noteLoan'],
    ['book.returned', 'src/subscribers/lent.ts#noteLoan'],
    [undefined, 'src/subscribers/shelves/late.ts#late'],
  ]);
});
