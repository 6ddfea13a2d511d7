import { expect, test } from 'vitest';
import { routeLines } from '../support/http-routes.ts';

const settings = { 'src/settings.json': '{ "prefix": "/shop", "paths": ["/a", "/b"] }', 'src/broken.json': '{ bad' };

test.each([
  ['by default', `import settings from './settings.json';`, 'settings'],
  ['as a namespace', `import * as settings from './settings.json';`, 'settings'],
  ['by name', `import { prefix, paths } from './settings.json';`, '({ prefix, paths })'],
  ['by require', `const settings = require('./settings.json');`, 'settings'],
])('reads the values of a JSON file imported %s', (_title, code, name) => {
  const main = `import express from 'express';\n${code}\nconst app = express();\nfor (const path of ${name}.paths) app.get(${name}.prefix + path, (request, response) => response.end());\napp.listen(1);`;
  expect(routeLines({ 'src/main.ts': main, ...settings }).map((line) => line.split(' →')[0])).toEqual(['GET /shop/a', 'GET /shop/b']);
});

test('a broken one is not known', () => {
  const main = `import express from 'express'; import settings from './broken.json'; const app = express(); app.get(settings.path, (request, response) => response.end()); app.listen(1);`;
  expect(routeLines({ 'src/main.ts': main, ...settings }).map((line) => line.split(' →')[0])).toEqual(['GET /<settings.path>']);
});
