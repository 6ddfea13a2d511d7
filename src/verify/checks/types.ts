import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { CheckResult } from '../../model/verification.ts';
import { readManifest } from '../../serve/function-runtime/package-folder.ts';
import { type CheckInput, defineCheck, skippedForPackages, sliceFolder } from './check.ts';
import { runProgram } from './run-program.ts';

/** Each slice compiles on its own: `tsc --noEmit` with the slice's compiler, else the monolith's, else Banyan's. */
export const typesCheck = defineCheck({
  name: 'types',
  run: async (input) => {
    const results: CheckResult[] = [];
    for (const { id } of input.services) {
      results.push(
        skippedForPackages('types', id, input) ?? {
          name: 'types',
          service: id,
          ...(await compile(join(input.out, sliceFolder(id)), input)),
        },
      );
    }
    return results;
  },
});

type Finding = Pick<CheckResult, 'status' | 'summary' | 'details'>;

async function compile(folder: string, { root, signal }: CheckInput): Promise<Finding> {
  if (!existsSync(join(folder, 'tsconfig.json'))) return { status: 'failed', summary: 'tsconfig.json is missing', details: [] };
  const compiler = findCompiler(folder, root);
  if (compiler === undefined) {
    return {
      status: 'skipped',
      summary: `no TypeScript from ${MINIMUM.join('.')} on is installed: run \`banyan verify --install\``,
      details: [],
    };
  }
  const { code, output } = await runProgram([compiler.path, '--noEmit', '--pretty', 'false', '-p', 'tsconfig.json'], {
    directory: folder,
    signal,
  });
  const errors = output.filter((line) => /error TS\d+/.test(line));
  if (code === 0) return { status: 'passed', summary: `compiles with TypeScript ${compiler.version}`, details: [] };
  const [first = output[0] ?? `the compiler exited with code ${code}`] = errors;
  return { status: 'failed', summary: errors.length > 1 ? `${first} (and ${errors.length - 1} more)` : first, details: output };
}

/** `module: preserve` in generated configurations is known from this version on. */
const MINIMUM = [5, 4] as const;

function findCompiler(folder: string, root: string): { readonly path: string; readonly version: string } | undefined {
  for (const from of [join(folder, 'x.js'), join(root, 'x.js'), import.meta.url]) {
    const manifestPath = resolveFrom(from, 'typescript/package.json');
    if (manifestPath === undefined) continue;
    const { version, bin } = readManifest(manifestPath);
    const tsc = typeof bin === 'object' && bin !== null && 'tsc' in bin ? bin.tsc : undefined;
    if (typeof version !== 'string' || typeof tsc !== 'string' || !isRecent(version)) continue;
    return { path: join(dirname(manifestPath), tsc), version };
  }
  return undefined;
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
}

function resolveFrom(from: string, specifier: string): string | undefined {
  try {
    return createRequire(from).resolve(specifier);
  } catch {
    return undefined;
  }
}
