import { expect, test } from 'vitest';
import { chainLines } from '../../../support/http-routes.ts';

const functions = `const rest = () => {}; const list = () => {};\n`;

/** A route for everything, and a later one for `GET /books`. */
test.each<[string, string, readonly string[]]>([
  [
    'express',
    `import express from 'express'; const app = express(); app.all('*', rest); app.get('/books', list); app.listen(80);`,
    ['middleware rest', 'handler list'],
  ],
  [
    'hono',
    `import { Hono } from 'hono'; const app = new Hono(); app.all('*', rest); app.get('/books', list); export default app;`,
    ['middleware rest', 'handler list'],
  ],
  [
    'hapi',
    `import Hapi from '@hapi/hapi'; const server = Hapi.server(); server.route({ method: '*', path: '/{any*}', handler: rest }); server.register({ name: 'books', register(own) { own.route({ method: 'GET', path: '/books', handler: list }); } }); server.start();`,
    ['handler list'],
  ],
  ['elysia', `import { Elysia } from 'elysia'; new Elysia().all('/*', rest).get('/books', list).listen(80);`, ['handler list']],
  [
    'h3',
    `import { createApp, createRouter, eventHandler } from 'h3'; const app = createApp(); const router = createRouter(); router.use('/**', eventHandler(rest)); router.get('/books', eventHandler(list)); app.use(router);`,
    ['handler list'],
  ],
])('a route for everything before another: %s', (_framework, code, expected) => {
  expect(chainLines({ 'src/main.ts': functions + code }, 'GET /books')).toEqual(expected);
});
