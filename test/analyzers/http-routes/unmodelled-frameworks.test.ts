import { expect, test } from 'vitest';
import { frameworksWithoutModel, unmodelledFrameworks } from '../../../analyzers/http-routes/unmodelled-frameworks.ts';
import { libraryModels } from '../../../analyzers/library-models.ts';
import { findingsOf } from '../../support/findings.ts';

test.each([
  [
    'a framework without a model',
    { 'src/main.ts': "import Koa from 'koa';\nexport const app = new Koa();" },
    ['! framework-without-model: koa'],
  ],
  [
    'once for each package',
    {
      'src/a.ts': "import { Hono } from 'hono';\nimport { serve } from 'hono/serve';\nexport { Hono, serve };",
      'src/b.ts': "import { Hono } from 'hono';\nimport fastify from 'fastify';\nexport { Hono, fastify };",
    },
    ['! framework-without-model: fastify', '! framework-without-model: hono'],
  ],
  ['its types only', { 'src/a.ts': "import type { Context } from 'koa';\nexport type C = Context;" }, []],
  ['a test', { 'src/a.test.ts': "import fastify from 'fastify';\nfastify();" }, []],
  ['a framework with a model', { 'src/a.ts': "import express from 'express';\nexpress();" }, []],
])('%s', async (_title, sources, expected) => {
  expect(await findingsOf(unmodelledFrameworks, sources)).toEqual(expected);
});

test('no package has both a model and a place in the list', () => {
  expect(libraryModels.flatMap(({ packages }) => packages).filter((name) => frameworksWithoutModel.has(name))).toEqual([]);
});
