import { expect, test } from 'vitest';
import { runSlice } from '../../support/run-slice.ts';
import { closeSliceOf } from '../../support/slice.ts';

const main = (settings: string): string => `import express from 'express';
import path from 'node:path';
import registerViews from './views';
const app = express();
${settings}
app.get('/books', (_request, response) => response.render('books', { title: 'Emma' }));
app.listen(3000);
`;

const VIEWS = `module.exports = (app: any) => {
  app.engine('hbs', (file: string, options: { title: string }, done: (failure: null, text: string) => void) => done(null, 'own ' + options.title));
};
`;

const engine = (name: string): string =>
  `exports.__express = (file, options, done) => done(null, ${JSON.stringify(name)} + ' ' + options.title);\n`;

const OPTIONS = { routes: ['GET /books'], entries: ['src/main.ts'] };

const FOLDER = "app.set('views', path.join(__dirname, '..', 'views'))";

test.each([
  ['behind other settings', `${FOLDER}.set('view engine', 'pug');`, '200 pug Emma'],
  ['before other settings', "app.set('view engine', 'pug').set('views', path.join(__dirname, '..', 'views'));", '200 pug Emma'],
  ['as a branch', `${FOLDER};\nif (process.env.PLAIN) app.set('view engine', 'ejs'); else app.set('view engine', 'pug');`, '200 pug Emma'],
  ['without semicolons', `${FOLDER}\napp.set('view engine', 'pug')`, '200 pug Emma'],
  ['by a constant', `${FOLDER};\nconst ENGINE = 'pug';\napp.set('view engine', ENGINE);`, '200 pug Emma'],
  ['as a value', `${FOLDER};\nconst configured = app.set('view engine', 'pug');\nconfigured.disable('etag');`, '200 pug Emma'],
  [
    'beside a constant that is left out',
    `${FOLDER};\nconst unused = 1, configured = app.set('view engine', 'pug');\nconfigured.disable('etag');`,
    '200 pug Emma',
  ],
  ['with an engine of another module', `registerViews(app);\n${FOLDER}.set('view engine', 'hbs');`, '200 own Emma'],
])('renders with the view engine that is set %s', async (_title, settings, expected) => {
  const files = {
    'src/main.ts': main(settings).replace(settings.includes('registerViews') ? '' : /import registerViews.*\n/, ''),
    'src/views.ts': VIEWS,
  };
  const installed = {
    'pug/index.js': engine('pug'),
    'ejs/index.js': engine('ejs'),
    'hbs/index.js': engine('hbs'),
    '../views/books.pug': '',
    '../views/books.hbs': '',
  };
  expect(await runSlice(files, { ...OPTIONS, installed, path: '/books' })).toEqual([expected]);
});

test('adds no package for an engine that another module registers', () => {
  const { closure } = closeSliceOf(
    { 'src/main.ts': main("registerViews(app);\napp.set('view engine', 'hbs');"), 'src/views.ts': VIEWS },
    OPTIONS,
  );
  expect(closure?.packages.map(({ name }) => name)).toEqual(['express']);
});
