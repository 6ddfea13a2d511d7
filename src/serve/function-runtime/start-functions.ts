import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventPort } from '../../model/events.ts';
import type { GatewayFunction } from '../../model/gateway-table.ts';
import { type Attempt, done, failed } from '../attempt.ts';
import { type BundleResult, bundleFunctions } from './bundle-functions.ts';
import { createFunctionPool, type FunctionPool, type FunctionPoolOptions } from './function-pool.ts';
import { linkPackages } from './link-packages.ts';

export interface FunctionsOptions {
  readonly functions: readonly GatewayFunction[];
  /** The output folder, which the functions' entries are relative to. */
  readonly out: string;
  /** The monolith, whose installed packages are used where a slice has none of its own. */
  readonly root: string;
  /** Where declared variables take their values from. */
  readonly values: NodeJS.ProcessEnv;
  readonly proof: 'on' | 'off';
  readonly instances: FunctionPoolOptions['instances'];
  readonly events: EventPort;
}

/** Bundles the functions into a temporary folder and readies them; stopping the pool removes the folder. */
export async function startFunctions(options: FunctionsOptions): Promise<Attempt<FunctionPool>> {
  const folder = await mkdtemp(join(tmpdir(), 'banyan-functions-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const results = await bundleWithLinks(options, folder);
    const errors = results.flatMap((result) => (result.kind === 'failed' ? result.errors.map((text) => `${result.name}: ${text}`) : []));
    if (errors.length > 0) {
      await remove();
      return failed(`${errors[0]}`, 'Run `banyan verify` and see the check "bundle"; `--install` installs packages.', errors);
    }
    tellMissingVariables(options);
    const pool = await createFunctionPool({
      functions: options.functions,
      taskRoots: new Map(results.flatMap((result) => (result.kind === 'bundled' ? [[result.bundle.name, result.bundle.folder]] : []))),
      folder,
      values: options.values,
      proof: options.proof,
      instances: options.instances,
      onLine: (name, line) => options.events({ type: 'log', text: `${name} | ${line}` }),
    });
    return done({ ...pool, stop: () => pool.stop().then(remove) });
  } catch (error) {
    await remove();
    throw error;
  }
}

async function bundleWithLinks(options: FunctionsOptions, folder: string): Promise<readonly BundleResult[]> {
  const services = new Set(options.functions.map((definition) => definition.service));
  const links = Array.from(services, (service) => linkPackages(join(options.out, 'services', service), options.root));
  try {
    return await bundleFunctions(options.functions, { out: options.out, folder });
  } finally {
    for (const link of links) link.undo();
  }
}

function tellMissingVariables({ functions, values, events }: FunctionsOptions): void {
  for (const { name, environment } of functions) {
    const missing = environment.filter((variable) => values[variable] === undefined);
    if (missing.length > 0) events({ type: 'log', text: `${name}: no value for ${missing.join(', ')}` });
  }
}
