import { expect, test } from 'vitest';
import { gateway } from '../../../generators/gateway/gateway.ts';
import { createRender } from '../../../src/generate/templating/create-render.ts';
import { expectArtifacts } from '../expect-artifacts.ts';
import { handMadeInput } from '../hand-made-input.ts';

const folder = new URL('./library/', import.meta.url).pathname;

test('writes the strangler table and OpenAPI for a library', () => {
  const found = [...gateway.generate(handMadeInput(`${folder}input`, createRender()))];
  expectArtifacts(
    `${folder}expected`,
    found.filter((one) => 'path' in one),
  );
  expect(found.filter((one) => 'code' in one).map(({ code, data }) => [code, data])).toEqual([
    ['route-cannot-move', { route: 'GET /isbn/{code}(\\d+)', reason: 'an HTTP API cannot express its path' }],
    [
      'route-cannot-move',
      { route: 'GET /authors/{name}', reason: 'GET /authors/{slug}, which stays, is registered before it and matches the same paths' },
    ],
    ['route-cannot-move', { route: 'PROPFIND /books', reason: 'an HTTP API has no method PROPFIND' }],
  ]);
});

test('says the same twice', () => {
  const [first, second] = [1, 2].map(() => JSON.stringify([...gateway.generate(handMadeInput(`${folder}input`, createRender()))]));
  expect(first).toBe(second);
});
