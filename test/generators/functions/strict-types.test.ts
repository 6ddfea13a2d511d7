import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const source = (path: string): string => readFileSync(fileURLToPath(new URL(`../../../generators/${path}`, import.meta.url)), 'utf8');

/** Generated files that are the same in every slice, where a slice has them. */
const FILES: Readonly<Record<string, string>> = {
  '/shop/connection.ts': source('functions/templates/connection.ts.hbs'),
  '/shop/lambda.ts': source('functions/templates/lambda.ts.hbs'),
  '/shop/proof.ts': source('functions/templates/proof.ts.hbs'),
  '/shop/application.ts': source('extracted-source/templates/application.ts.hbs'),
  '/shop/request-scope.ts': source('extracted-source/templates/request-scope.ts.hbs'),
};

/** A slice keeps the monolith's checks, and its generated files must hold under all of them and under none. */
test.each<[string, ts.CompilerOptions]>([
  [
    'every check a monolith may ask for',
    {
      strict: true,
      exactOptionalPropertyTypes: true,
      noFallthroughCasesInSwitch: true,
      noImplicitOverride: true,
      noImplicitReturns: true,
      noPropertyAccessFromIndexSignature: true,
      noUncheckedIndexedAccess: true,
      isolatedModules: true,
    },
  ],
  ['no check', { strict: false }],
])('generated files compile with %s', { timeout: 60_000 }, (_title, checks) => {
  const options: ts.CompilerOptions = {
    ...checks,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    module: ts.ModuleKind.Preserve,
    types: ['node'],
    typeRoots: [fileURLToPath(new URL('../../../node_modules/@types', import.meta.url))],
    noEmit: true,
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const { directoryExists, fileExists, readFile, getSourceFile } = host;
  host.directoryExists = (path) => path === '/shop' || directoryExists?.(path) === true;
  host.fileExists = (path) => path in FILES || fileExists(path);
  host.readFile = (path) => FILES[path] ?? readFile(path);
  host.getSourceFile = (path, language) =>
    FILES[path] === undefined ? getSourceFile(path, language) : ts.createSourceFile(path, FILES[path], language);
  const program = ts.createProgram(Object.keys(FILES), options, host);
  expect(
    ts
      .getPreEmitDiagnostics(program)
      .map(({ file, messageText }) => `${file?.fileName} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
  ).toEqual([]);
});
