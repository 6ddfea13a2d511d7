// Compiles the sources to dist/ and ships what the compiler leaves behind: the Handlebars templates.
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = createRequire(import.meta.url)
  .resolve('typescript7/package.json')
  .replace('package.json', 'bin/tsc');

rmSync(`${root}dist`, { recursive: true, force: true });
execFileSync(process.execPath, [compiler, '-p', `${root}bin/tsconfig.build.json`], { stdio: 'inherit' });
cpSync(`${root}generators`, `${root}dist/generators`, {
  recursive: true,
  filter: (path) => !/\.tsx?$/.test(path),
});
