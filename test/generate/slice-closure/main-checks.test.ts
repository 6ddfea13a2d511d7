import { expect, test } from 'vitest';
import { runSlice } from '../../support/run-slice.ts';

const MAIN = `import express from 'express';
import './shelves';
const app = express();
app.get('/books', (_request, response) => response.json([]));
app.listen(3000);
`;

const OPTIONS = { routes: ['GET /books'], entries: ['src/main.ts'] };

test.each([
  ['guards a read by its left side', "(module.parent && module.parent.filename) || 'none'", 'none'],
  ['guards a read in a condition', "module.parent ? module.parent.id : 'none'", 'none'],
  ['guards a read by a comparison', "module.parent === null ? 'none' : module.parent.id", 'none'],
  ['guards a read in parentheses', "(module.parent !== undefined && module.parent.id) || 'none'", 'none'],
  ['guards a read by its absence', '!module.parent || module.parent.id', 'true'],
  ['reads if there is something', 'module.parent?.filename', 'undefined'],
  ['is kept as a value', "(module.parent || { id: 'own' }).id", 'own'],
  ['is negated', '!module.parent', 'false'],
  ['is compared', 'module.parent == null', 'false'],
  ['chooses', "module.parent ? 'loaded' : 'main'", 'loaded'],
  ['is joined to others', "module.parent && process.argv.length > 0 ? 'loaded' : 'main'", 'loaded'],
])('loading a module whose `module.parent` %s does not break the bundle', async (_title, written, expected) => {
  expect(await runSlice({ 'src/main.ts': MAIN, 'src/shelves.ts': `console.log(${written});\nexport {};\n` }, OPTIONS)).toEqual([expected]);
});
