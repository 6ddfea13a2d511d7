// Compiles the sources to dist/ and ships what the compiler leaves behind: templates, and scripts that generated code carries a copy of.
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = createRequire(import.meta.url)
  .resolve('typescript7/package.json')
  .replace('package.json', 'bin/tsc');

rmSync(`${root}dist`, { recursive: true, force: true });
execFileSync(process.execPath, [compiler, '-p', `${root}bin/tsconfig.build.json`], { stdio: 'inherit' });
for (const folder of ['generators', 'src/lib/left-out']) {
  cpSync(`${root}${folder}`, `${root}dist/${folder}`, { recursive: true, filter: (path) => !/\.m?tsx?$/.test(path) });
}
await bundle(`${root}dist`);
