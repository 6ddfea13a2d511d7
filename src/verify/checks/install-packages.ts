import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EventPort } from '../../model/events.ts';
import type { ServiceId } from '../../model/ids.ts';
import type { CheckResult } from '../../model/verification.ts';
import { describeExit, runCommand } from '../../serve/running-command.ts';
import { sliceFolder } from './check.ts';

/** Installs the packages of each slice from its own lock file, else from its manifest. */
export async function installPackages(
  services: readonly ServiceId[],
  options: { readonly out: string; readonly environment: NodeJS.ProcessEnv; readonly events: EventPort; readonly signal: AbortSignal },
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const service of services) {
    const directory = join(options.out, sliceFolder(service));
    const command = existsSync(join(directory, 'package-lock.json')) ? 'npm ci' : 'npm install';
    options.events({ type: 'log', text: `${service}: ${command}` });
    const { environment, signal } = options;
    const { exit, lastLines } = await runCommand({ command: `${command} --no-audit --no-fund`, directory, environment, signal });
    const passed = 'code' in exit && exit.code === 0;
    results.push({
      name: 'install',
      service,
      status: passed ? 'passed' : 'failed',
      summary: passed
        ? `${command} succeeded`
        : `${command} ${describeExit(exit)}: ${lastLines.find((line) => /\bERR|error/.test(line)) ?? ''}`,
      details: passed ? [] : lastLines,
    });
  }
  return results;
}
