import { expect, test } from 'vitest';
import type { GeneratorInput } from '../../src/generate/generator.ts';
import { sliceVariables } from '../../src/generate/slice-variables.ts';
import { toModuleId, toServiceId } from '../../src/model/ids.ts';
import type { PlannedService } from '../../src/model/migration-plan.ts';

const at = { file: toModuleId('src/app.ts'), line: 1, column: 1 };
const schema = 'datasource db {\n  // url = env("OLD_URL")\n  url = env("DATABASE_URL")\n}\n';

test.each([
  ['those of the plan, with their default', ['LOG_LEVEL=info'], [], [], ['LOG_LEVEL=info']],
  ['what moved code reads beside them', ['LOG_LEVEL=info'], ['API_KEY', 'LOG_LEVEL'], [], ['API_KEY secret', 'LOG_LEVEL=info']],
  ['what a Prisma schema names', [], [], ['@prisma/client'], ['DATABASE_URL secret']],
  ['what pg reads when nothing tells it a server', [], [], ['pg'], ['PGDATABASE', 'PGHOST', 'PGPASSWORD secret', 'PGPORT', 'PGUSER']],
  ['not that when something does', [], ['DATABASE_URL'], ['pg'], ['DATABASE_URL secret']],
])('a slice is given %s', (_title, planned, reached, packages, expected) => {
  const id = toServiceId('books');
  const environment = planned.map((one) => ({ name: one.split('=')[0], default: one.split('=')[1], secret: false, at }));
  const closure = {
    environment: reached.map((name) => ({ name, at })),
    packages: packages.map((name) => ({ name, typeOnly: false, importedBy: ['src/app.ts'] })),
  };
  const input = {
    closures: new Map([[id, closure]]),
    tree: { assets: [{ path: 'schema.prisma', kind: 'prisma' }] },
    readSource: () => schema,
  } as unknown as GeneratorInput;
  const found = sliceVariables(input, { id, environment } as unknown as PlannedService);
  expect(
    found.map(({ name, secret, default: fallback }) => `${name}${secret ? ' secret' : ''}${fallback === undefined ? '' : `=${fallback}`}`),
  ).toEqual(expected);
});
