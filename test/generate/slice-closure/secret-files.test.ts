import { expect, test } from 'vitest';
import { mayHoldSecrets } from '../../../src/generate/slice-closure/secret-files.ts';
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
  ['.envrc', false],
  ['shop.env', false],
  ['.npmrc', false],
  ['.yarnrc.yml', false],
  ['.netrc', false],
  ['.git-credentials', false],
  ['.pgpass', false],
  ['.my.cnf', false],
  ['.htpasswd', false],
  ['id_rsa', false],
  ['id_ed25519', false],
  ['login.ppk', false],
  ['push.p8', false],
  ['shop.kdbx', false],
  ['.docker/config.json', false],
  ['.kube/config', false],
  ['.aws/credentials', false],
  ['google-credentials.json', false],
  ['shop-service-account.json', false],
  ['shop-firebase-adminsdk-x1.json', false],
  ['secrets.yaml', false],
  ['client_secret.json', false],
  ['prod.tfvars', false],
  ['terraform.tfstate', false],
  ['server.key', false],
  ['server.PEM', false],
  ['store.p12', false],
  ['store.pfx', false],
  ['store.jks', false],
  ['debug.keystore', false],
  ['page.html', true],
  ['environment.html', true],
  ['keys.txt', true],
  ['id_rsa.pub', true],
  ['secretary.json', true],
  ['accounts.json', true],
])('of a folder that a handler reads, %s comes along: %s', (name, isTaken) => {
  const files = { 'src/main.ts': main, 'src/shelf/page.html': '<p>', [`src/shelf/${name}`]: 'x' };
  const { closure } = closeSliceOf(files, { routes: ['GET /books'], entries: ['src/main.ts'] });
  const taken = closure?.assets.map(({ path }) => path) ?? [];
  expect(taken).toContain('src/shelf/page.html');
  expect(taken.includes(`src/shelf/${name}`)).toBe(isTaken);
  const note = `src/shelf/${name} may hold secrets and is not taken along`;
  expect(closure?.listing.notes.some(({ text }) => text.startsWith(note))).toBe(!isTaken);
});

test.each([
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n', true],
  ['a private key in JSON', '{ "private_key": "-----BEGIN PRIVATE KEY-----\\nMIIE" }', true],
  ['a PGP key', '-----BEGIN PGP PRIVATE KEY BLOCK-----', true],
  ['a service account', '{ "type": "service_account" }', true],
  ['the token of a registry', '//npm.example/:_authToken=abc', true],
  ['keys of a cloud', '[default]\naws_secret_access_key = abc', true],
  ['a public key', '-----BEGIN PUBLIC KEY-----', false],
  ['a token that the environment gives', '//npm.example/:_authToken=${TOKEN}', false],
  ['other data', '{ "type": "account" }', false],
])('%s is known by what stands in the file', (_title, text, expected) => {
  expect(mayHoldSecrets('src/shelf/data.txt', () => Buffer.from(text))).toBe(expected);
});

test('what git ignores in a folder that a handler reads was written by the running monolith, and stays', () => {
  const files = { 'src/main.ts': main, 'src/shelf/page.html': '<p>', 'src/shelf/uploads/passport.png': 'x' };
  const { closure } = closeSliceOf(files, { routes: ['GET /books'], entries: ['src/main.ts'], ignored: ['src/shelf/uploads/'] });
  expect(closure?.assets.map(({ path }) => path)).toEqual(['src/shelf/page.html']);
  expect(closure?.listing.notes.map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/^1 file that git ignores is not taken along/),
  );
});
