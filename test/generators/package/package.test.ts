import { expect, test } from 'vitest';
import { packageFiles } from '../../../generators/package/package.ts';
import { createRender } from '../../../src/generate/templating/create-render.ts';
import { expectArtifacts } from '../expect-artifacts.ts';
import { handMadeInput } from '../hand-made-input.ts';

const folder = new URL('./bookshop/', import.meta.url).pathname;

test('writes the package of a slice of a bookshop', () => {
  const found = [...packageFiles.generate(handMadeInput(`${folder}input`, createRender()))];
  expect(found.filter((one) => 'code' in one)).toEqual([
    { code: 'package-version-unknown', data: { service: 'catalogue', package: 'left-out' } },
  ]);
  expectArtifacts(
    `${folder}expected`,
    found.filter((one) => 'path' in one),
  );
});
