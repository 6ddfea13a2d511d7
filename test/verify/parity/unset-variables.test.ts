import { expect, test } from 'vitest';
import type { PlannedService } from '../../../src/model/migration-plan.ts';
import { judgeEnvironment } from '../../../src/verify/parity/unset-variables.ts';
import { libraryFunction, makeFolder } from '../../serve/support.ts';
import { library } from '../bookshop.ts';

const at = { file: 'src/db.ts', line: 3, column: 1 };
const variable = (name: string, fallback?: string) => ({
  name,
  secret: false,
  at,
  ...(fallback === undefined ? {} : { default: fallback }),
});

const judge = (environment: NodeJS.ProcessEnv, isSound: boolean) => {
  const { status, summary, details } = judgeEnvironment({
    table: { version: 1, granularity: 'service', routes: [], functions: [libraryFunction('api', { environment: ['DB', 'LOG', 'PAGE'] })] },
    // The check looks at nothing else of a planned service.
    services: [{ id: library, environment: [variable('DB'), variable('PAGE', '20')] } as unknown as PlannedService],
    root: makeFolder({ '.env': 'LOG=quiet' }),
    environment,
    isSound,
  });
  return [`${status}: ${summary}`, details];
};

const UNSET = 'set what the application needs in your environment, in verify.environment or in its .env';

test.each<[string, NodeJS.ProcessEnv, boolean, readonly [string, readonly string[]]]>([
  ['every variable has a value', { DB: 'x' }, false, ['passed: 3 variables, each given or with a default', []]],
  ['one is missing and nothing failed', {}, true, ['passed: without a value, and not missed: DB', []]],
  ['one is missing', {}, false, [`failed: no value for DB: ${UNSET}`, ['src/db.ts:3 DB has no value, and no default that could be read']]],
])('%s', (_title, environment, isSound, expected) => {
  expect(judge(environment, isSound)).toEqual(expected);
});
