import { expect, test } from 'vitest';
import { infrastructureCdk } from '../../../generators/infrastructure-cdk/infrastructure-cdk.ts';
import { createRender } from '../../../src/generate/templating/create-render.ts';
import { expectArtifacts } from '../expect-artifacts.ts';
import { handMadeInput } from '../hand-made-input.ts';

const folder = new URL('./', import.meta.url).pathname;

test.each([
  ['functions and a container, secrets, a database', 'bookshop'],
  ['one function that needs nothing', 'kiosk'],
])('%s', (_title, name) => {
  const found = [...infrastructureCdk.generate(handMadeInput(`${folder}${name}/input`, createRender()))];
  expect(found.filter((one) => 'code' in one)).toEqual([]);
  expectArtifacts(
    `${folder}${name}/expected`,
    found.filter((one) => 'path' in one),
  );
});
