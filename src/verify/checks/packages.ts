import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineCheck, sliceFolder } from './check.ts';

/** Every run-time package a slice names is there: installed in the slice, in the monolith, or shipped with Banyan. */
export const packagesCheck = defineCheck({
  name: 'packages',
  run: async ({ out, services, missingPackages }) =>
    services.map(({ id }) => {
      if (!existsSync(join(out, sliceFolder(id), 'package.json'))) {
        return { name: 'packages', service: id, status: 'failed', summary: 'package.json is missing', details: [] };
      }
      const missing = missingPackages.get(id) ?? [];
      if (missing.length === 0) return { name: 'packages', service: id, status: 'passed', summary: 'all packages are found', details: [] };
      return {
        name: 'packages',
        service: id,
        status: 'failed',
        summary: `${missing.join(', ')} not installed: install the monolith's packages, or run \`banyan verify --install\``,
        details: missing,
      };
    }),
});
