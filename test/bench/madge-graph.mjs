// The peer of the benchmark: madge's import graph of the TypeScript and JavaScript sources of a tree.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import madge from 'madge';

const root = process.argv[2];
const tsConfig = join(root, 'tsconfig.json');
const graph = await madge(root, {
  baseDir: root,
  fileExtensions: ['ts', 'tsx', 'js', 'jsx'],
  excludeRegExp: [/(^|\/)(node_modules|dist|build|banyan-out)\//],
  ...(existsSync(tsConfig) ? { tsConfig } : {}),
});
const edges = Object.values(graph.obj()).reduce((sum, targets) => sum + targets.length, 0);
process.stdout.write(`${edges} edges\n`);
