import { describe, expect, test } from 'vitest';
import { belongsTo, unmodelledFrameworkList } from '../../../analyzers/http-routes/framework-packages.ts';
import { httpRouteAnalyzers } from '../../../analyzers/http-routes/index.ts';
import { unmodelledFrameworks } from '../../../analyzers/http-routes/unmodelled-frameworks.ts';
import { libraryModels } from '../../../analyzers/library-models.ts';
import { findingsOf } from '../../support/findings.ts';
import type { Sources } from '../../support/program.ts';
import { analyzeTraced, traceOf } from '../../support/trace.ts';

test.each<[string, Sources, readonly string[]]>([
  [
    'a framework without a model',
    { 'src/main.ts': "import { App } from 'uWebSockets.js';\nexport const app = App();" },
    ['! framework-without-model: uWebSockets.js, uWebSockets.js'],
  ],
  [
    'once for each framework',
    {
      'src/a.ts': "import { App } from 'uWebSockets.js';\nimport { App as serve } from 'uWebSockets.js';\nexport { App, serve };",
      'src/b.ts': "import { App } from 'uWebSockets.js';\nimport fastify from '@feathersjs/feathers';\nexport { App, fastify };",
    },
    ['! framework-without-model: Feathers, @feathersjs/feathers', '! framework-without-model: uWebSockets.js, uWebSockets.js'],
  ],
  [
    'a platform package of a framework',
    { 'src/main.js': "require('@tsed/platform-express').PlatformExpress.bootstrap(class Library {}, {})" },
    ['! framework-without-model: Ts.ED, @tsed/platform-express'],
  ],
  [
    'handlers that only types tell',
    {
      'src/orders.ts':
        "import type { APIGatewayProxyHandler } from 'aws-lambda';\nexport const handler: APIGatewayProxyHandler = async () => ({ statusCode: 200, body: '' });",
    },
    ['! framework-without-model: AWS Lambda handlers, aws-lambda'],
  ],
  [
    'a server of the runtime',
    { 'src/main.ts': 'Bun.serve({ fetch: () => new Response() });' },
    ['! framework-without-model: Bun HTTP server, Bun.serve'],
  ],
  ['its types only', { 'src/a.ts': "import type { Context } from 'uWebSockets.js';\nexport type C = Context;" }, []],
  [
    'a router of a package nobody knows, where it takes routes',
    {
      'src/books.ts':
        "import { Shelf } from 'some-router';\nimport { list } from './list';\nexport const books = new Shelf();\nbooks.get('/books', list);\nbooks.post('/books', () => {});",
      'src/list.ts': 'export const list = () => [];',
    },
    ['! framework-without-model: some-router, some-router'],
  ],
  [
    'no client, no simulator, no map',
    {
      'src/books.ts':
        "import axios from 'axios';\nimport { http } from 'msw';\nexport const all = () => axios.get('/books', { params: {} });\nhttp.get('/books', () => {});\nnew Map().get('/books');",
    },
    [],
  ],
  [
    'answers that others give',
    {
      'src/books.ts':
        "import $ from 'jquery';\nimport { Keys } from 'some-store';\nconst keys = new Keys();\nkeys.get('/books', (error, value) => {});\n$.get('/books', function (books) {});",
    },
    [],
  ],
  ['a test', { 'src/a.test.ts': "import { App } from 'uWebSockets.js';\nApp();" }, []],
  ['a framework with a model', { 'src/a.ts': "import express from 'express';\nexpress();" }, []],
])('%s', async (_title, sources, expected) => {
  expect(await findingsOf(unmodelledFrameworks, sources)).toEqual(expected);
});

test('a framework that finds its handlers by their files is told at the manifest', async () => {
  const sources = { 'api/controllers/books.js': 'module.exports = (request, response) => response.json([]);' };
  expect(await findingsOf(unmodelledFrameworks, sources, { dependencies: ['sails'] })).toEqual(['! framework-without-model: Sails, sails']);
  expect(await findingsOf(unmodelledFrameworks, sources, { dependencies: ['uWebSockets.js'] })).toEqual([]);
});

test('no package has both a model and a place in the list', () => {
  const modelled = libraryModels.flatMap(({ packages }) => packages);
  expect(modelled.filter((name) => unmodelledFrameworkList.some((framework) => belongsTo(framework, name)))).toEqual([]);
});

describe('a framework with a model of which no route was found', () => {
  test.each<[string, Sources, readonly string[]]>([
    [
      'an application that a library fills',
      {
        'src/main.ts':
          "import express from 'express';\nimport { fill } from 'bookshop-routes';\nconst app = express();\nfill(app);\napp.listen(1);",
      },
      ['framework-without-routes nothing-registered src/main.ts:3'],
    ],
    [
      'an application that start-up does not reach',
      {
        'src/main.ts': 'console.log(1);',
        'src/shop.ts': "import express, { type Request } from 'express';\nexport const make = () => express();",
      },
      ['framework-without-routes not-started src/shop.ts:1'],
    ],
    [
      'a second application that start-up does not reach',
      {
        'src/main.ts': "import express from 'express';\nconst app = express();\napp.get('/books', () => {});\napp.listen(1);",
        'src/admin.ts': "import express from 'express';\nexport const admin = express();\nadmin.get('/loans', () => {});",
      },
      ['framework-without-routes not-started src/admin.ts:1'],
    ],
    [
      'types of requests in code of another framework',
      {
        'src/main.ts':
          "import { Request, Response } from 'express';\nexport const find = (request: Request, response: Response) => response;",
      },
      [],
    ],
    [
      'an application with routes',
      { 'src/main.ts': "import express from 'express';\nconst app = express();\napp.get('/books', () => {});\napp.listen(1);" },
      [],
    ],
    [
      'a listener without a framework',
      { 'src/main.ts': "import { createServer } from 'node:http';\ncreateServer((request, response) => response.end()).listen(1);" },
      ['framework-without-model node:http src/main.ts:2'],
    ],
  ])('%s', (_title, files, expected) => {
    const { diagnostics } = analyzeTraced(traceOf({ files }, { entries: ['src/main.ts'] }), httpRouteAnalyzers);
    const shown = diagnostics.flatMap((found) => {
      const place = `${found.at?.file}:${found.at?.line}`;
      if (found.code === 'framework-without-routes') return [`${found.code} ${found.data.reason} ${place}`];
      return found.code === 'framework-without-model' ? [`${found.code} ${found.data.package} ${place}`] : [];
    });
    expect(shown).toEqual(expected);
  });
});
