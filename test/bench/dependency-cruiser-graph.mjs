// A peer of the benchmark: dependency-cruiser's import graph of the TypeScript and JavaScript sources of a tree.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTypeScriptConfiguration from 'dependency-cruiser/config-utl/extract-ts-config';

const root = process.argv[2];
process.chdir(root);
const fileName = ['tsconfig.json', 'tsconfig.base.json'].find((name) => existsSync(join(root, name)));
const options = {
  baseDir: root,
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '(^|/)(node_modules|dist|build|banyan-out)/' },
  ...(fileName === undefined ? {} : { ruleSet: { options: { tsConfig: { fileName } } } }),
};
const tsConfig = fileName === undefined ? undefined : extractTypeScriptConfiguration(join(root, fileName));
const { output } = await cruise(['.'], options, undefined, tsConfig === undefined ? undefined : { tsConfig });
const edges = output.modules.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
process.stdout.write(`${edges} edges\n`);
