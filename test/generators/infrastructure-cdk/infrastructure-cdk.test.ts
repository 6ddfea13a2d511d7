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

test('keys of slices that are names of other things, or nearly the same, never meet', () => {
  const found = [...infrastructureCdk.generate(handMadeInput(`${folder}hard-names/input`, createRender()))].filter((one) => 'path' in one);
  const own = found.filter(({ path }) => path.startsWith('infrastructure/lib/slices/') || path === 'infrastructure/bin/app.ts');
  expectArtifacts(`${folder}hard-names/expected`, own);
  const texts = own.map(({ content }) => String(content));
  for (const pattern of [/export class (\w+)/g, /new Slice\w+\(app, '([^']+)'/g, /functionName: '([^']+)'/g, /namespace: '?([^']+)/g]) {
    const names = texts.flatMap((text) => Array.from(text.matchAll(pattern), ([, name]) => name));
    expect(new Set(names).size).toBe(names.length);
  }
});
