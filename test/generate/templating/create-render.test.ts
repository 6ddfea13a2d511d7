import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { createRender } from '../../../src/generate/templating/create-render.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function print(template: string, view: object): Promise<string> {
  const folder = await temporaryFolder({ 'template.hbs': template });
  return createRender()(pathToFileURL(join(folder, 'template.hbs')), view);
}

test.each([
  ['prints values without escaping', '{{name}}', { name: '<a & b>' }, '<a & b>'],
  ['quotes through the helper', 'import {{literal from}};', { from: "it's" }, "import 'it\\'s';"],
  ['repeats and chooses', '{{#each names}}{{this}} {{/each}}{{#if last}}!{{/if}}', { names: ['a', 'b'], last: true }, 'a b !'],
])('%s', async (_title, template, view, expected) => {
  expect(await print(template, view)).toBe(expected);
});

test.each([
  ['a value the view does not have', '{{missing}}', {}],
  ['a helper it does not know', '{{lookup this "name"}}', { name: 'x' }],
])('refuses %s', async (_title, template, view) => {
  await expect(print(template, view)).rejects.toThrow();
});
