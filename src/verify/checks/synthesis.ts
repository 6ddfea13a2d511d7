import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckResult } from '../../model/verification.ts';
import { linkPackages } from '../../serve/function-runtime/link-packages.ts';
import { type CheckInput, defineCheck } from './check.ts';
import { runProgram } from './run-program.ts';

/** The CDK app turns into CloudFormation templates, without network and without credentials. */
export const synthesisCheck = defineCheck({
  name: 'synthesis',
  run: async (input) => {
    const folder = join(input.out, 'infrastructure');
    if (!existsSync(join(folder, 'bin', 'app.ts'))) return [skipped('there is no infrastructure/bin/app.ts')];
    if ([...input.missingPackages.values()].some((missing) => missing.length > 0)) {
      return [skipped('packages of a slice are not installed, and the functions are bundled from them')];
    }
    const links = linkPackages(folder, input.root);
    try {
      return [await synthesise(folder, input)];
    } finally {
      links.undo();
    }
  },
});

const skipped = (summary: string): CheckResult => ({ name: 'synthesis', status: 'skipped', summary, details: [] });

async function synthesise(folder: string, { signal, events }: CheckInput): Promise<CheckResult> {
  const loader = resolveTool('tsx', folder);
  if (loader === undefined || resolveTool('aws-cdk-lib', folder) === undefined) {
    return skipped('aws-cdk-lib and tsx are not installed: run `npm install` in the infrastructure folder');
  }
  events({ type: 'log', text: 'synthesising the infrastructure' });
  const assembly = await mkdtemp(join(tmpdir(), 'banyan-cdk-'));
  try {
    const { code, output } = await runProgram(['--import', pathToFileURL(loader).href, 'bin/app.ts'], {
      directory: folder,
      environment: synthesisEnvironment(assembly),
      signal,
    });
    const hasTemplates = readdirSync(assembly).some((name) => name.endsWith('.template.json'));
    if (code === 0 && hasTemplates) return { name: 'synthesis', status: 'passed', summary: describeAssembly(assembly), details: [] };
    const summary =
      code === 0 ? 'the app ended without an error and made no template' : (findError(output) ?? `the app exited with code ${code}`);
    return { name: 'synthesis', status: 'failed', summary, details: output };
  } finally {
    await rm(assembly, { recursive: true, force: true });
  }
}

/** The line that says most: an error's own, else one the CDK marks, else any that speaks of an error. */
function findError(output: readonly string[]): string | undefined {
  const forms = [/^\s*\w*Error\b/, /^\s*\[?«\w+»/, /\berror\b/i];
  return forms.flatMap((form) => output.filter((line) => form.test(line)))[0]?.trim();
}

/** Nothing of the caller's but where programs and caches are: a template must not depend on who makes it. */
function synthesisEnvironment(assembly: string): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'SYSTEMROOT', 'TEMP'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    CDK_OUTDIR: assembly,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
  };
}

/** From the infrastructure folder, else from where Banyan is installed. */
function resolveTool(name: string, folder: string): string | undefined {
  for (const from of [join(folder, 'x.js'), import.meta.url]) {
    try {
      return createRequire(from).resolve(name);
    } catch {
      // The next place may have it.
    }
  }
  return undefined;
}

function describeAssembly(assembly: string): string {
  const templates = readdirSync(assembly).filter((name) => name.endsWith('.template.json'));
  const resources = templates.map((name) => {
    const { Resources } = JSON.parse(readFileSync(join(assembly, name), 'utf8')) as { readonly Resources?: object };
    return Object.keys(Resources ?? {}).length;
  });
  return `${templates.length} ${templates.length === 1 ? 'template' : 'templates'} with ${resources.reduce((sum, count) => sum + count, 0)} resources`;
}
