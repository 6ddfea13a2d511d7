// A peer of the benchmark: skott's import graph of the TypeScript and JavaScript sources of a tree.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import skott from 'skott';

const root = process.argv[2];
process.chdir(root);
const tsConfigPath = ['tsconfig.json', 'tsconfig.base.json'].find((name) => existsSync(join(root, name)));
const instance = await skott({
  cwd: root,
  includeBaseDir: false,
  incremental: false,
  verbose: false,
  fileExtensions: ['.ts', '.tsx', '.js', '.jsx'],
  ignorePatterns: ['**/{node_modules,dist,build,banyan-out}/**'],
  dependencyTracking: { builtin: false, thirdParty: false, typeOnly: true },
  ...(tsConfigPath === undefined ? {} : { tsConfigPath }),
});
const edges = Object.values(instance.getStructure().graph).reduce((sum, { adjacentTo }) => sum + adjacentTo.length, 0);
process.stdout.write(`${edges} edges\n`);
