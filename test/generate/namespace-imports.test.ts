import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { keepNamespaceImports, withRequires } from '../../src/generate/namespace-imports.ts';
import type { SliceClosure } from '../../src/generate/slice-closure.ts';
import { toModuleId } from '../../src/model/ids.ts';

const EXPRESS = "import * as express from 'express';";
const REQUIRED = "import express = require('express');";

test.each([
  ['a call', `${EXPRESS}\nconst app = express();`, REQUIRED],
  ['a construction', `${EXPRESS}\nconst app = new express();`, REQUIRED],
  ['a base class', `${EXPRESS}\nclass App extends express {}`, REQUIRED],
  ['a template tag', `${EXPRESS}\nconst text = express\`x\`;`, REQUIRED],
  ['an argument', `${EXPRESS}\nuse(express);`, REQUIRED],
  ['an export', `${EXPRESS}\nexport default express;`, REQUIRED],
  ['members alone', `${EXPRESS}\nconst router = express.Router();`, EXPRESS],
  ['members taken apart', `${EXPRESS}\nconst { Router } = express;`, EXPRESS],
  ['types alone', `${EXPRESS}\nlet app: express.Application; let all: typeof express;`, EXPRESS],
  ['a member of the same name', `${EXPRESS}\nlibraries.express();`, EXPRESS],
  ['a key of the same name', `${EXPRESS}\nuse({ express: true });`, EXPRESS],
  ['a type import', "import type * as express from 'express';\nuse(express);", "import type * as express from 'express';"],
  ['a list in JSON', "import * as titles from './titles.json';\ntitles.map(String);", "import titles = require('./titles.json');"],
  ['an own module as a value', "import * as books from './books';\nuse(books);", "import * as books from './books';"],
  ['an own module that is called', "import * as books from './books';\nbooks();", "import books = require('./books');"],
])('%s', (_title, text, expected) => {
  expect(withRequires(text, 'src/app.ts').split('\n')[0]).toBe(expected);
});

test('bundled, it is what the compiler without interoperation makes of it', async () => {
  const text = "import * as EventEmitter from 'events';\nclass Shelf extends EventEmitter {}\nexport const kind = typeof new Shelf().on;";
  const kindOf = async (contents: string): Promise<string> => {
    const { outputFiles } = await build({
      stdin: { contents, loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      write: false,
      logLevel: 'silent',
    });
    const module = { exports: {} as { kind?: string } };
    new Function('module', 'require', outputFiles[0]?.text ?? '')(module, createRequire(import.meta.url));
    return module.exports.kind ?? '';
  };
  await expect(kindOf(text)).rejects.toThrow('Class extends value');
  expect(await kindOf(withRequires(text, 'src/shelf.ts'))).toBe('function');
});

test.each<[string, object, string, 'changed' | 'kept']>([
  ['CommonJS without interoperation', { module: 'CommonJS' }, '{}', 'changed'],
  ['the default of an old target', {}, '{}', 'changed'],
  ['with interoperation', { module: 'commonjs', esModuleInterop: true }, '{}', 'kept'],
  ['a Node system, which turns it on', { module: 'Node16' }, '{}', 'kept'],
  ['a Node system where it is off', { module: 'node16', esModuleInterop: false }, '{}', 'changed'],
  ['ES modules, bundled by something else', { module: 'esnext' }, '{}', 'kept'],
  ['a package of ES modules', { module: 'commonjs' }, '{"type":"module"}', 'kept'],
])('%s', (_title, compilerOptions, manifest, expected) => {
  const text = `${EXPRESS}\nexpress();\n`;
  const module = toModuleId('src/app.ts');
  const closure = { files: [{ module, path: 'src/app.ts', text, form: 'whole' }] } as unknown as SliceClosure;
  const type = (JSON.parse(manifest) as { readonly type?: 'module' }).type ?? 'commonjs';
  const packages = [
    { path: toModuleId('package.json'), directory: '.', type, scripts: {}, dependencies: {}, workspaces: [], private: true },
  ] as never;
  const kept = keepNamespaceImports(closure, {
    tree: { tsconfigs: [toModuleId('tsconfig.json')], packages },
    readSource: (path) => (path === 'tsconfig.json' ? JSON.stringify({ compilerOptions }) : undefined),
  });
  expect(kept.files[0]?.text === text ? 'kept' : 'changed').toBe(expected);
});
