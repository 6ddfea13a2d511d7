import { describe, expect, test } from 'vitest';
import { sliceTsconfig } from '../../../generators/package/slice-tsconfig.ts';
import { effectiveOptions } from '../../../src/generate/compiler-options.ts';
import { type ModuleId, toModuleId } from '../../../src/model/ids.ts';

const effective = (files: Readonly<Record<string, string>>, module = 'src/app.ts') =>
  effectiveOptions(
    toModuleId(module),
    Object.keys(files)
      .filter((path) => path.includes('tsconfig'))
      .map(toModuleId),
    (path: ModuleId) => files[path],
  );

describe('the options that govern a module', () => {
  test.each([
    ['none without a file', {}, 'src/app.ts', {}],
    [
      'comments and trailing commas',
      { 'tsconfig.json': '{ /* x */ "compilerOptions": { "strict": true, } }' },
      'src/app.ts',
      { strict: true },
    ],
    [
      'a base without its ending',
      { 'tsconfig.json': '{ "extends": "./base" }', 'base.json': '{ "compilerOptions": { "strict": true } }' },
      'src/app.ts',
      { strict: true },
    ],
    [
      'several bases, the last wins',
      {
        'tsconfig.json': '{ "extends": ["./a.json", "./b.json"] }',
        'a.json': '{ "compilerOptions": { "target": "es2020", "strict": true } }',
        'b.json': '{ "compilerOptions": { "target": "es2022" } }',
      },
      'src/app.ts',
      { target: 'es2022', strict: true },
    ],
    [
      'a circle ends',
      { 'tsconfig.json': '{ "extends": "./tsconfig.json", "compilerOptions": { "strict": true } }' },
      'src/app.ts',
      { strict: true },
    ],
    [
      'the nearest file',
      {
        'tsconfig.json': '{ "compilerOptions": { "strict": false } }',
        'apps/shop/tsconfig.json': '{ "compilerOptions": { "strict": true } }',
      },
      'apps/shop/src/app.ts',
      { strict: true },
    ],
    [
      'the first project of a solution that is not for tests',
      {
        'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.spec.json" }, { "path": "./server" }] }',
        'tsconfig.spec.json': '{ "compilerOptions": { "strict": false } }',
        'server/tsconfig.json': '{ "compilerOptions": { "strict": true } }',
      },
      'src/app.ts',
      { strict: true },
    ],
    [
      'a package below the root',
      {
        'tsconfig.json': '{ "extends": "@tsconfig/node20/tsconfig.json" }',
        'node_modules/@tsconfig/node20/tsconfig.json': '{ "compilerOptions": { "target": "es2022" } }',
      },
      'src/app.ts',
      { target: 'es2022' },
    ],
  ])('%s', (_title, files, module, expected) => expect(effective(files, module)).toEqual(expected));
});

describe('the options of the slice', () => {
  test.each([
    [
      'keep what decides meaning',
      { strict: true, experimentalDecorators: true, useDefineForClassFields: false },
      { strict: true, experimentalDecorators: true, useDefineForClassFields: false },
    ],
    [
      'drop places and emit',
      { outDir: 'dist', paths: {}, baseUrl: '.', composite: true, plugins: [] },
      { outDir: undefined, paths: undefined, baseUrl: undefined, composite: undefined, plugins: undefined },
    ],
    ['do not nag about unused code', { noUnusedLocals: true }, { noUnusedLocals: undefined }],
    ['raise a target that is gone', { target: 'ES5' }, { target: 'es2015' }],
    ['keep a target', { target: 'ES2017' }, { target: 'es2017' }],
    ['raise the library for generated code', { lib: ['ES2019', 'DOM'] }, { lib: ['es2022', 'dom'] }],
    ['keep a newer library', { lib: ['es2023'] }, { lib: ['es2023'] }],
    ['resolve as Node 10 did', { module: 'commonjs' }, { resolvePackageJsonExports: false }],
    ['resolve as Node does', { module: 'NodeNext' }, { resolvePackageJsonExports: undefined }],
  ])('%s', (_title, options, expected) => {
    const { compilerOptions } = sliceTsconfig(options, ['node']) as { readonly compilerOptions: Readonly<Record<string, unknown>> };
    const picked = Object.fromEntries(Object.keys(expected).map((name) => [name, compilerOptions[name]]));
    expect(picked).toEqual(expected);
  });
});
