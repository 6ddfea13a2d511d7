import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EventPort } from '../../model/events.ts';
import type { ServiceId } from '../../model/ids.ts';
import type { CheckResult } from '../../model/verification.ts';
import { describeExit, runCommand } from '../../serve/running-command.ts';
import { maskValues, secretValues } from '../../serve/secret-values.ts';
import { sliceFolder } from './check.ts';
import { explainNpmFailure } from './npm-failure.ts';

export interface InstallOptions {
  readonly out: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly events: EventPort;
  readonly signal: AbortSignal;
}

/** Installs the packages of each slice from its own lock file, else from its manifest. */
export async function installPackages(services: readonly ServiceId[], options: InstallOptions): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const service of services) results.push(await installSlice(service, options));
  return results;
}

async function installSlice(service: ServiceId, { out, environment, events, signal }: InstallOptions): Promise<CheckResult> {
  const directory = join(out, sliceFolder(service));
  const command = existsSync(join(directory, 'package-lock.json')) ? 'npm ci' : 'npm install';
  events({ type: 'log', text: `${service}: ${command}` });
  const secrets = secretValues(Object.keys(environment), environment);
  const output: string[] = [];
  const onLine = (line: string): void => void output.push(maskValues(line, secrets));
  const { exit } = await runCommand({ command: `${command} --no-audit --no-fund`, directory, environment, signal, onLine });
  if ('code' in exit && exit.code === 0) {
    return { name: 'install', service, status: 'passed', summary: `${command} succeeded`, details: [] };
  }
  const { cause, nextStep, lines } = explainNpmFailure(output);
  const why = cause === '' ? '' : `: ${cause}`;
  return {
    name: 'install',
    service,
    status: 'failed',
    summary: `${command} ${describeExit(exit)}${why}; ${nextStep}`,
    details: lines,
  };
}
