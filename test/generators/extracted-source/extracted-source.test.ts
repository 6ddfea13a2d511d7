import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { extractedSource } from '../../../generators/extracted-source/extracted-source.ts';
import { generateSliceOf } from '../../support/slice.ts';
import { expectArtifacts } from '../expect-artifacts.ts';

interface CaseFile {
  readonly routes: readonly string[];
  readonly entries: readonly string[];
}

const here = import.meta.dirname;
const cases = readdirSync(here).filter((name) => statSync(join(here, name)).isDirectory());

test.each(cases)('%s', (name) => {
  const { routes, entries } = JSON.parse(readFileSync(join(here, name, 'case.json'), 'utf8')) as CaseFile;
  const run = () =>
    generateSliceOf([extractedSource], filesBelow(join(here, name, 'input')), { routes, entries, aliases: { '@/': 'src' } });
  const first = run();
  expect(run()).toEqual(first);
  const texts = first.value.map((artifact) => ({ ...artifact, content: Buffer.from(artifact.content as string).toString('utf8') }));
  expectArtifacts(join(here, name, 'expected'), texts);
});

const filesBelow = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(folder, path)).isFile())
      .sort()
      .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
  );
