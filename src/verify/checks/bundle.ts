import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckResult } from '../../model/verification.ts';
import { type BundleResult, bundleFunctions, type FunctionBundle } from '../../serve/function-runtime/bundle-functions.ts';
import { defineCheck, skippedForPackages } from './check.ts';

/** Each function becomes one file that Lambda takes. */
export const bundleCheck = defineCheck({
  name: 'bundle',
  run: async (input) => {
    const folder = await mkdtemp(join(tmpdir(), 'banyan-bundle-'));
    try {
      const results: CheckResult[] = [];
      for (const { id } of input.services) {
        input.signal.throwIfAborted();
        const functions = input.table.functions.filter((definition) => definition.service === id);
        const skipped = skippedForPackages('bundle', id, input);
        results.push(skipped ?? { name: 'bundle', service: id, ...judge(await bundleFunctions(functions, { out: input.out, folder })) });
      }
      return results;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});

/** Lambda's limit for the unzipped package: 250 MB (AWS documentation, read 2026-11). */
const PACKAGE_LIMIT_BYTES = 250 * 1024 * 1024;

function judge(results: readonly BundleResult[]): Pick<CheckResult, 'status' | 'summary' | 'details'> {
  const errors = results.flatMap((result) => (result.kind === 'failed' ? result.errors.map((text) => `${result.name}: ${text}`) : []));
  const [first] = errors;
  if (first !== undefined)
    return { status: 'failed', summary: errors.length > 1 ? `${first} (and ${errors.length - 1} more)` : first, details: errors };
  const bundles = results.flatMap((result) => (result.kind === 'bundled' ? [result.bundle] : []));
  if (bundles.length === 0) return { status: 'failed', summary: 'the gateway table names no function of it', details: [] };
  const tooBig = bundles.find(({ bytes, packageBytes }) => bytes + packageBytes > PACKAGE_LIMIT_BYTES);
  const details = bundles.flatMap(({ name, external }) =>
    external.map((left) => `${name}: ${left.name} is left out of the bundle (${left.reason})`),
  );
  if (tooBig !== undefined) return { status: 'failed', summary: describeExcess(tooBig), details };
  return { status: 'passed', summary: describeBundles(bundles), details };
}

const describeExcess = ({ name, bytes, packageBytes }: FunctionBundle): string =>
  `${name} is over Lambda's 250 MB: ${describeSize(bytes)} of code and ${describeSize(packageBytes)} of packages that cannot be bundled; ` +
  'drop some of them, or place the service on Fargate';

const LISTED_BUNDLES = 3;

function describeBundles(bundles: readonly FunctionBundle[]): string {
  if (bundles.length <= LISTED_BUNDLES) return bundles.map((one) => `${one.name} ${describeParts(one)}`).join(', ');
  const sizes = bundles.map(({ bytes, packageBytes }) => bytes + packageBytes);
  return `${bundles.length} functions, ${describeSize(Math.min(...sizes))} to ${describeSize(Math.max(...sizes))} each`;
}

const describeParts = ({ bytes, packageBytes }: FunctionBundle): string =>
  packageBytes === 0 ? describeSize(bytes) : `${describeSize(bytes)} and ${describeSize(packageBytes)} of packages beside it`;

const describeSize = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
