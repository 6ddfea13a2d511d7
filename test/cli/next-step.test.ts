import { expect, test } from 'vitest';
import { folderFromHere, nextAfterAnalysis, nextAfterExtraction, nextAfterPlan } from '../../src/cli/next-step.ts';
import type { ExtractResult } from '../../src/model/commands.ts';
import { toServiceId } from '../../src/model/ids.ts';
import { libraryReport } from '../report/library-report.ts';

const { monolith, plan } = libraryReport;
const extracted: ExtractResult = {
  monolith,
  plan,
  diagnostics: [],
  decomposition: { services: [], shared: [], cuts: [], measures: plan.measures, alternatives: [] },
  planFile: { path: 'banyan.plan.yaml', action: 'created', written: true },
  slices: [toServiceId('loans')],
  files: [],
};

test.each([
  ['after an analysis here', nextAfterAnalysis('.'), 'banyan plan'],
  ['after an analysis elsewhere', nextAfterAnalysis("./Ada's shop"), "banyan plan --root './Ada'\\''s shop'"],
  [
    'after a plan',
    nextAfterPlan(extracted, './shop'),
    'edit banyan.plan.yaml where you know better, then banyan extract loans --root ./shop',
  ],
  ['after an extraction', nextAfterExtraction(extracted, '.', 'out'), 'banyan verify loans --out out'],
])('%s', (_title, told, expected) => {
  expect(told).toBe(`\nNext: ${expected}\n`);
});

test('nothing is suggested when no service can move', () => {
  expect(nextAfterPlan({ ...extracted, plan: { ...plan, services: [] } }, '.')).toBe('');
});

test.each([
  ['/home/ada', '/home/ada/shop/out', 'shop/out'],
  ['/home/ada', '/elsewhere/out', '/elsewhere/out'],
  ['/home/ada', '/home/ada', '/home/ada'],
])('from %s the folder %s is %s', (cwd, folder, expected) => {
  expect(folderFromHere(cwd, folder)).toBe(expected);
});
