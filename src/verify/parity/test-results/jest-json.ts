import { relative, sep } from 'node:path';
import { z } from 'zod';
import type { TestResult } from './test-result.ts';

/** Reads what `jest --json --outputFile` and Vitest's `json` reporter write. */
export function readJestJson(text: string, root: string): readonly TestResult[] {
  const report = schema.parse(JSON.parse(text));
  return report.testResults.flatMap(({ name: file, status, assertionResults }): readonly TestResult[] => {
    const path = relative(root, file).split(sep).join('/');
    // A file that cannot be loaded has no tests: it fails as a whole.
    if (assertionResults.length === 0 && status === 'failed') return [{ name: path, status: 'failed' }];
    return assertionResults.map((test) => ({ name: `${path} › ${test.fullName}`, status: statusOf(test.status) }));
  });
}

const schema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string().optional(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

const statusOf = (status: string): TestResult['status'] => (status === 'passed' || status === 'failed' ? status : 'skipped');
