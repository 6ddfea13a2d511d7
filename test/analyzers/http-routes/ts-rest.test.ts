import { expect, test } from 'vitest';
import { httpRouteAnalyzers } from '../../../analyzers/http-routes/index.ts';
import { analyzeTraced, traceOf } from '../../support/trace.ts';

const contract = `import { initContract } from '@ts-rest/core';
import { z } from 'zod';
const c = initContract();
export const contract = c.router({
  books: c.router({
    find: { method: 'GET', path: '/books/:id', responses: { 200: z.string() } },
    add: c.mutation({ method: 'POST', path: '/books', body: z.object({}), responses: { 201: z.string() } }),
  }),
  ping: { method: 'GET', path: '/ping', responses: { 200: z.string() } },
}, { pathPrefix: '/v1' });
`;

const handlers = `const find = async () => ({ status: 200, body: '' });
const add = async () => ({ status: 201, body: '' });
const check = (req, res, next) => next();`;

const routes = (main: string): readonly string[] => {
  const files = { 'src/main.ts': `import { contract } from './contract';\n${handlers}\n${main}`, 'src/contract.ts': contract };
  const { value } = analyzeTraced(traceOf({ files }, { entries: ['src/main.ts'] }), httpRouteAnalyzers);
  return value
    .flatMap((fact) =>
      fact.kind === 'route'
        ? [`${fact.id} ${fact.framework}: ${fact.chain.map(({ name }) => name).join(' ')} ${Object.keys(fact.shapes ?? {})}`]
        : [],
    )
    .sort();
};

test.each([
  [
    'Express',
    `import express from 'express'; import { createExpressEndpoints, initServer } from '@ts-rest/express';
const s = initServer(); const router = s.router(contract, { books: { find, add: { middleware: [check], handler: add } }, ping: find });
const app = express(); createExpressEndpoints(contract, router, app); app.listen(1);`,
    [
      'GET /v1/books/{id} ts-rest: find responses',
      'GET /v1/ping ts-rest: find responses',
      'POST /v1/books ts-rest: check add body,responses',
    ],
  ],
  [
    'Fastify',
    `import Fastify from 'fastify'; import { initServer } from '@ts-rest/fastify';
const s = initServer(); const router = s.router(contract, { books: { find, add }, ping: find });
const app = Fastify(); app.register(s.plugin(router)); app.listen({ port: 1 });`,
    ['GET /v1/books/{id} ts-rest: find responses', 'GET /v1/ping ts-rest: find responses', 'POST /v1/books ts-rest: add body,responses'],
  ],
  [
    'Fastify, by the function that registers',
    `import Fastify from 'fastify'; import { initServer } from '@ts-rest/fastify';
const s = initServer(); const app = Fastify(); s.registerRouter(contract, s.router(contract, { books: { find, add }, ping: find }), app); app.listen({ port: 1 });`,
    ['GET /v1/books/{id} ts-rest: find responses', 'GET /v1/ping ts-rest: find responses', 'POST /v1/books ts-rest: add body,responses'],
  ],
])('contracts that functions answer on %s', (_title, main, expected) => expect(routes(main)).toEqual(expected));
