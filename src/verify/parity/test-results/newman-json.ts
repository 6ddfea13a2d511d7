import { z } from 'zod';
import type { TestResult } from './test-result.ts';

/** Reads what Newman's `json` reporter writes: one test per assertion. */
export function readNewmanJson(text: string): readonly TestResult[] {
  const { run } = schema.parse(JSON.parse(text));
  return run.executions.flatMap(({ item, assertions, requestError }): readonly TestResult[] => [
    // A request that got no answer fails even where nothing is asserted.
    ...(requestError === undefined || requestError === null ? [] : [{ name: `${item.name} › request`, status: 'failed' as const }]),
    ...(assertions ?? []).map(({ assertion, error, skipped }) => ({
      name: `${item.name} › ${assertion}`,
      status: skipped === true ? ('skipped' as const) : error === undefined || error === null ? ('passed' as const) : ('failed' as const),
    })),
  ]);
}

const schema = z.object({
  run: z.object({
    executions: z.array(
      z.object({
        item: z.object({ name: z.string() }),
        requestError: z.unknown().optional(),
        assertions: z.array(z.object({ assertion: z.string(), skipped: z.boolean().optional(), error: z.unknown().optional() })).nullish(),
      }),
    ),
  }),
});
