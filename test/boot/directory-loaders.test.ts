import { describe, expect, test } from 'vitest';
import { httpRouteAnalyzers } from '../../analyzers/http-routes/index.ts';
import type { Sources } from '../support/program.ts';
import { analyzeTraced, traceOf } from '../support/trace.ts';

const router = (path: string): string =>
  `import { Router } from 'express';\nconst router = Router();\nrouter.get('${path}', (req, res) => res.end());\nexport default router;`;
const commonJs = (path: string): string =>
  `const router = require('express').Router();\nrouter.get('${path}', (req, res) => res.end());\nmodule.exports = router;`;
const library: Sources = { 'src/routes/books.ts': router('/books'), 'src/routes/loans.ts': router('/loans') };
const inJavaScript: Sources = { 'src/routes/books.js': commonJs('/books'), 'src/routes/loans.js': commonJs('/loans') };
const typescript = (code: string): string =>
  `import express from 'express';\nimport fs from 'node:fs';\nimport path from 'node:path';\nconst app = express();\n${code}\napp.listen(1);`;
const javascript = (code: string): string =>
  `const express = require('express');\nconst fs = require('fs');\nconst path = require('path');\nconst app = express();\n${code}\napp.listen(1);`;

const read = (main: string, more: Sources) => {
  const entry = Object.keys(more).some((path) => path.endsWith('.js')) ? 'src/main.js' : 'src/main.ts';
  const traced = traceOf({ files: { [entry]: main, ...more } }, { entries: [entry] });
  const { value } = analyzeTraced(traced, httpRouteAnalyzers);
  return { ...traced, routes: value.flatMap((fact) => (fact.kind === 'route' ? [fact.id] : [])).sort() };
};

const BOTH = ['GET /books', 'GET /loans'];

describe('modules of a folder', () => {
  test.each<[string, string, Sources, readonly string[]]>([
    [
      'required one after the other',
      javascript(
        `fs.readdirSync(path.join(__dirname, 'routes')).forEach((file) => app.use(require(path.join(__dirname, 'routes', file))));`,
      ),
      inJavaScript,
      BOTH,
    ],
    [
      'filtered by extension and index, mounted by their names',
      javascript(`require('./routes')(app);`),
      {
        'src/routes/index.js': `const fs = require('fs');\nconst path = require('path');\nconst own = path.basename(__filename);\nmodule.exports = (app) => {\n  fs.readdirSync(__dirname).filter((file) => file.indexOf('.') !== 0 && file !== own && file.slice(-3) === '.js').forEach((file) => {\n    const name = file.split('.')[0];\n    app.use('/' + name, require('./' + file));\n  });\n};`,
        'src/routes/books.js': commonJs('/'),
        'src/routes/notes.md': '',
      },
      ['GET /books'],
    ],
    [
      'listed by promises, folders below included',
      typescript(
        `const walk = async (folder: string): Promise<string[]> => {\n  const found: string[] = [];\n  for (const entry of await fs.promises.readdir(folder, { withFileTypes: true })) {\n    const full = path.join(folder, entry.name);\n    if (entry.isDirectory()) { found.push(...(await walk(full))); continue; }\n    if (entry.isFile() && entry.name.endsWith('.routes.ts')) found.push(full);\n  }\n  return found.sort((a, b) => a.localeCompare(b));\n};\nfor (const file of await walk(path.join(import.meta.dirname, 'modules'))) app.use((await import(file)).default);`,
      ),
      {
        'src/modules/books/books.routes.ts': router('/books'),
        'src/modules/loans/v1/loans.routes.ts': router('/loans'),
        'src/modules/loans/store.ts': 'export {};',
      },
      BOTH,
    ],
    [
      'in folders of any depth',
      javascript(
        `const load = (folder) => fs.readdirSync(folder).forEach((name) => {\n  const full = path.join(folder, name);\n  if (fs.statSync(full).isDirectory()) load(full);\n  else if (/\\.route\\.js$/.test(name)) app.use(require(full));\n});\nload(path.join(__dirname, 'modules'));`,
      ),
      { 'src/modules/books.route.js': commonJs('/books'), 'src/modules/a/b/c/d/e/loans.route.js': commonJs('/loans') },
      BOTH,
    ],
    [
      'by their addresses',
      typescript(
        `import { pathToFileURL } from 'node:url';\nconst folder = new URL('./routes/', import.meta.url);\nfor (const file of fs.readdirSync(folder)) app.use((await import(pathToFileURL(path.join(import.meta.dirname, 'routes', file)).href)).default);`,
      ),
      library,
      BOTH,
    ],
    [
      'under the names that the compiler gives them',
      typescript(
        `fs.readdirSync(path.join(__dirname, 'routes')).filter((file) => file.endsWith('.js')).forEach((file) => app.use(require(path.join(__dirname, 'routes', file)).default));`,
      ),
      library,
      BOTH,
    ],
    [
      'in the folder of the compiled files',
      typescript(`fs.readdirSync('./dist/routes').forEach((file) => app.use(require(path.resolve('./dist/routes', file)).default));`),
      library,
      BOTH,
    ],
    [
      'by a pattern of compiled files',
      typescript(
        `import { globSync } from 'glob';\nfor (const file of globSync(path.join(__dirname, 'routes/**/*.js'))) app.use(require(file).default);`,
      ),
      library,
      BOTH,
    ],
    [
      'by a pattern with sets of letters, in the folder of the compiled files',
      typescript(
        `import { glob } from 'glob';\nfor (const file of glob.sync(path.join(process.env.NODE_ENV === 'test' ? '' : 'build', 'src/*/!(*.test|index).[jt]s'))) app.use(require(path.join(process.cwd(), file)).default);`,
      ),
      library,
      BOTH,
    ],
    [
      'by several patterns, one of them broken',
      typescript(
        `import fg from 'fast-glob';\nfor (const file of await fg(['routes/*.ts', 'routes/[z-a]*.ts', 'routes/(a.ts'], { cwd: import.meta.dirname, absolute: true })) app.use((await import(file)).default);`,
      ),
      library,
      BOTH,
    ],
    [
      'without those that a pattern excludes',
      typescript(
        `import fg from 'fast-glob';\nfor (const file of await fg(['routes/*.ts', '!routes/loans.ts'], { cwd: import.meta.dirname, absolute: true })) app.use((await import(file)).default);`,
      ),
      library,
      ['GET /books'],
    ],
    [
      'by require-all',
      javascript(
        `const all = require('require-all')({ dirname: path.join(__dirname, 'routes'), filter: /(.+)\\.js$/ });\nObject.values(all).forEach((router) => app.use(router));`,
      ),
      inJavaScript,
      BOTH,
    ],
    [
      'by import.meta.glob',
      typescript(`for (const load of Object.values(import.meta.glob('./routes/*.ts'))) app.use((await load()).default);`),
      library,
      BOTH,
    ],
    [
      'by require.context',
      typescript(
        `const context = require.context('./routes', true, /\\.ts$/);\ncontext.keys().forEach((key) => app.use(context(key).default));`,
      ),
      library,
      BOTH,
    ],
    [
      'by a list of names',
      typescript("for (const name of ['books', 'loans']) app.use((await import(`./routes/${name}`)).default);"),
      library,
      BOTH,
    ],
    ['by names of which one is chosen', typescript('app.use((await import(`./routes/${process.env.MODE}`)).default);'), library, BOTH],
  ])('%s', (_title, main, more, expected) => {
    const { routes, diagnostics, trace } = read(main, more);
    expect(routes).toEqual(expected);
    expect(diagnostics.filter(({ code }) => code === 'unknown-module')).toEqual([]);
    expect(trace.loads?.flatMap(({ modules }) => modules)).not.toEqual([]);
  });
});

test('what cannot be enumerated is told at its place', () => {
  const { diagnostics } = read(typescript('for (const name of plugins()) app.use(require(name));'), library);
  expect(diagnostics.filter(({ code }) => code === 'unknown-module')).toEqual([
    { code: 'unknown-module', data: { text: 'require(name)' }, at: { file: 'src/main.ts', line: 5, column: 39 } },
  ]);
});

test('tests beside the modules are not loaded', () => {
  const code = `fs.readdirSync(path.join(__dirname, 'routes')).forEach((file) => app.use(require(path.join(__dirname, 'routes', file)).default));`;
  expect(read(typescript(code), { ...library, 'src/routes/books.test.ts': router('/test') }).routes).toEqual(BOTH);
});
