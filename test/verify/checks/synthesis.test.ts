import { expect, test, vi } from 'vitest';
import { toServiceId } from '../../../src/model/ids.ts';
import { synthesisCheck } from '../../../src/verify/checks/synthesis.ts';
import { makeFolder } from '../../serve/support.ts';

vi.setConfig({ testTimeout: 60_000 });

const synthesise = async (app: string | undefined, missing: readonly string[] = []) => {
  const files = app === undefined ? {} : { 'infrastructure/bin/app.ts': app, 'infrastructure/package.json': '{"type":"module"}' };
  const out = makeFolder(files);
  const [result] = await synthesisCheck.run({
    out,
    root: out,
    table: { version: 1, granularity: 'service', routes: [], functions: [] },
    services: [],
    missingPackages: new Map([[toServiceId('library'), missing]]),
    events: () => {},
    signal: new AbortController().signal,
  });
  return `${result?.status}: ${result?.summary}`;
};

const APP = `import { writeFileSync } from 'node:fs';
  const path: string = process.env.CDK_OUTDIR + '/Books.template.json';
  writeFileSync(path, JSON.stringify({ Resources: { Table: {}, ...(process.env.VITEST ? { Leaked: {} } : {}) } }));`;

test.each<[string, string | undefined, readonly string[], RegExp]>([
  ['an app that writes templates, without the environment of the caller', APP, [], /^passed: 1 template with 1 resources$/],
  ['an app that throws', "throw new Error('no such stack');", [], /^failed: .*Error: no such stack/],
  ['no app', undefined, [], /^skipped: there is no infrastructure\/bin\/app\.ts$/],
  ['functions whose packages are not there', APP, ['pg'], /^skipped: packages of a slice are not installed/],
])('%s', async (_title, app, missing, expected) => {
  expect(await synthesise(app, missing)).toMatch(expected);
});
