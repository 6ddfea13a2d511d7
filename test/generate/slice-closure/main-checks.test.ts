import { expect, test } from 'vitest';
import { runSlice } from '../../support/run-slice.ts';
import { closeSliceOf } from '../../support/slice.ts';

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

const IMPORTS = `import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
`;

const startedIf = (check: string, before = ''): string => `import express from 'express';
${IMPORTS}
const app = express();
app.get('/books', (_request, response) => response.json([]));
${before}
if (${check}) app.listen(3000);
`;

test.each<[string, string?]>([
  ["process.argv[1].endsWith('main.js')"],
  ["process.argv[1]?.endsWith('/src/main.ts')"],
  ["path.basename(process.argv[1]) === 'main.js'"],
  ["'main' === path.basename(process.argv[1], '.js')"],
  ["path.parse(process.argv[1]).name === 'main'"],
  ["process.argv[1] && process.argv[1].includes('main')"],
  ['import.meta.url.endsWith(process.argv[1])'],
  ["import.meta.url.includes(process.argv[1] ?? '')"],
  ['process.argv[1].endsWith(path.basename(fileURLToPath(import.meta.url)))'],
  ['pathToFileURL(process.argv[1]).href === import.meta.url'],
  ['address === import.meta.url', 'const script = process.argv[1];\nconst address = pathToFileURL(script).href;'],
])('a slice starts that the monolith starts if %s', async (check, before) => {
  const files = { 'src/main.ts': startedIf(check, before) };
  expect(await runSlice(files, { ...OPTIONS, path: '/books' })).toEqual(['200 []']);
  expect(findings(files)).toEqual([]);
});

test.each([
  ["process.argv[1].endsWith('shelves.js')", 'false'],
  ["process.argv[1].endsWith('main.js')", 'true'],
  ['require.main && require.main.filename === __filename', 'false'],
  ['require.main !== undefined', 'true'],
  ["path.basename(process.argv[1]) !== 'shelves.js'", 'true'],
  ['import.meta.url.endsWith(process.argv[1])', 'false'],
])('in a module that another one loads, %s is %s', async (check, expected) => {
  const files = { 'src/main.ts': MAIN, 'src/shelves.ts': `${IMPORTS}console.log(${check});\n` };
  expect(await runSlice(files, OPTIONS)).toEqual([expected]);
  expect(findings(files)).toEqual([]);
});

test.each([
  ['a pattern', '/main/.test(process.argv[1])'],
  ['a folder only the build knows', "process.argv[1].endsWith('dist/main.js')"],
  ['a name that the entry does not have', "process.argv[1].endsWith('server.js')"],
  ['an ending', "process.argv[1].endsWith('.ts')"],
  ['a folder', 'path.dirname(process.argv[1]) === path.dirname(__filename)'],
])('asking for the script by %s is a finding', (_title, check) => {
  expect(findings({ 'src/main.ts': startedIf(check) })).toEqual([`8 if (${check}) app.listen(3000);`]);
});

test.each([
  ['console.log(module.parent && module.parent.filename);'],
  ['console.log(module.parent?.id);'],
  ['console.log(require.main.path);'],
  ['console.log(require.main && require.main.path);'],
  ['fetch(process.argv[1]);'],
])('the value in %s is a finding', (statement) => {
  expect(findings({ 'src/main.ts': MAIN, 'src/shelves.ts': `${statement}\nexport {};\n` })).toEqual([`1 ${statement}`]);
});

const findings = (files: Readonly<Record<string, string>>): readonly string[] =>
  closeSliceOf(files, OPTIONS).diagnostics.flatMap(({ code, data, at }) =>
    code === 'main-script-asked' ? [`${at?.line} ${data.text}`] : [],
  );
