import { expect, test } from 'vitest';
import { closeSliceOf } from '../../support/slice.ts';

const main = `import express from 'express';
import path from 'node:path';
const app = express();
app.get('/books', (_request, response) => response.sendFile(path.join(__dirname, 'shelf', response.locals.name)));
app.listen(3000);
`;

test.each([
  ['.env', false],
  ['.env.production', false],
  ['inner/.env', false],
  ['.npmrc', false],
  ['.netrc', false],
  ['server.key', false],
  ['server.PEM', false],
  ['store.p12', false],
  ['store.pfx', false],
  ['store.jks', false],
  ['debug.keystore', false],
  ['page.html', true],
  ['environment.html', true],
  ['keys.txt', true],
])('of a folder that a handler reads, %s comes along: %s', (name, isTaken) => {
  const files = { 'src/main.ts': main, 'src/shelf/page.html': '<p>', [`src/shelf/${name}`]: 'x' };
  const { closure } = closeSliceOf(files, { routes: ['GET /books'], entries: ['src/main.ts'] });
  const taken = closure?.assets.map(({ path }) => path) ?? [];
  expect(taken).toContain('src/shelf/page.html');
  expect(taken.includes(`src/shelf/${name}`)).toBe(isTaken);
  const note = `src/shelf/${name} may hold secrets and is not taken along`;
  expect(closure?.listing.notes.some(({ text }) => text.startsWith(note))).toBe(!isTaken);
});
