import { expect, test } from 'vitest';
import { toModuleId } from '../../src/model/ids.ts';
import { jsonProblemAt } from '../../src/scan/json-problem.ts';

const file = toModuleId('package.json');

test('tells where a text is no JSON', () => {
  expect(jsonProblemAt(file, '{\n  "name": "books",\n  oops oops\n}')).toEqual({ file, line: 3, column: 8 });
});

test('does not end the process for a text that is nested deeply', () => {
  expect(jsonProblemAt(file, '['.repeat(100_000))).toEqual({ file, line: 1, column: 1 });
});
