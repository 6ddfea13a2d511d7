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
  ['as short properties', 'const { __dirname: folder, __filename: file } = { __dirname, __filename };\nshow(folder, file);'],
  ['beside a function of its own', 'const moduleFolder = (): string => __dirname;\nshow(moduleFolder(), __filename);'],
  ['beside a constant that is left out', 'const unused = 1, folder = __dirname, file = __filename;\nshow(folder, file);'],
  ['below a parameter', 'const both = (moduleFile: string): void => show(moduleFile, __filename);\nboth(__dirname);'],
  [
    'below two names',
    'const moduleFile2 = __dirname;\nconst both = (moduleFile: string): void => show(moduleFile, __filename);\nboth(moduleFile2);',
  ],
])('a bundled module knows its own place %s', async (_title, written) => {
  const shelves = `const show = (...places: string[]) => console.log(places.map((each) => each.replace(process.cwd(), '')).join(' '));
${written}
export {};
`;
  expect(await runSlice({ 'src/main.ts': MAIN, 'src/shelves.ts': shelves }, OPTIONS)).toEqual(['/src /src/shelves.ts']);
});
