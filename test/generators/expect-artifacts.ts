import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { Artifact } from '../../src/model/artifact.ts';

/** Compares artifacts with the files of `folder`; `UPDATE_EXPECTED=1` writes them instead, to be reviewed as code. */
export function expectArtifacts(folder: string, artifacts: readonly Artifact[]): void {
  if (process.env.UPDATE_EXPECTED === '1') {
    rmSync(folder, { recursive: true, force: true });
    for (const { path, content } of artifacts) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  }
  expect(artifacts.map(({ path }) => path).sort()).toEqual(filesBelow(folder));
  for (const { path, content } of artifacts) expect(textOf(content), path).toBe(readFileSync(join(folder, path), 'utf8'));
}

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'))
    .sort();

const textOf = (content: Artifact['content']): string => (typeof content === 'string' ? content : Buffer.from(content).toString('utf8'));
