// Compares Banyan's import graph with madge's on one tree and prints every difference.
// Usage: node test/bench/import-graph.mjs <dir> [--tsconfig file]     (after `npm run build`; or with tsx and --sources)
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import madge from 'madge';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tsconfig: { type: 'string' }, sources: { type: 'boolean', default: false } },
});
const [given = '.'] = positionals;
const root = resolve(given);
const load = (path) => import(values.sources ? `../../src/${path}.ts` : `../../dist/src/${path}.js`);

const [{ scan }, { createSourceReader }, { parseAll }, { createSyntaxTrees }, { link }, { createModuleResolver }] = await Promise.all(
  ['scan/scan', 'scan/source-reader', 'parse/parse-all', 'parse/syntax-trees', 'link/link', 'link/module-resolver'].map(load),
);

const before = process.cpuUsage();
const { value: tree } = await scan(root, { exclude: [] });
const reader = createSourceReader(root);
const resolver = createModuleResolver(root, tree);
const trees = createSyntaxTrees(reader.text, { mostKept: 0 });
const { value: syntaxes } = parseAll({ tree, readSource: reader.text, trees, events: () => {}, resolve: resolver.resolve });
const { program } = link({ tree, syntaxes, resolver }).value;
const ours = seconds(before);

const beforeMadge = process.cpuUsage();
const tsConfig = values.tsconfig
  ? resolve(values.tsconfig)
  : ['tsconfig.json', 'tsconfig.base.json'].map((name) => join(root, name)).find(existsSync);
const graph = (await madge(root, { baseDir: root, fileExtensions: ['ts', 'tsx', 'js', 'jsx'], ...(tsConfig ? { tsConfig } : {}) })).obj();
const theirs = seconds(beforeMadge);

const known = new Set(tree.files.map(({ path }) => path));
const kinds = new Map();
for (const { from, kind, target } of program.imports) {
  if (target.kind === 'module' && target.module !== from) kinds.set(`${from} → ${target.module}`, kind);
}
// Files that only one of the two looks at cannot be compared.
const madgeEdges = new Set();
for (const [from, targets] of Object.entries(graph)) {
  for (const to of targets) if (known.has(from) && known.has(to) && from !== to) madgeEdges.add(`${from} → ${to}`);
}
const onlyOurs = [...kinds.keys()].filter((edge) => !madgeEdges.has(edge)).sort();
const onlyTheirs = [...madgeEdges].filter((edge) => !kinds.has(edge)).sort();
for (const edge of onlyOurs) console.log(`only Banyan (${kinds.get(edge)}): ${edge}`);
for (const edge of onlyTheirs) console.log(`only madge: ${edge}`);
console.log(`edges    Banyan ${kinds.size}, madge ${madgeEdges.size}, only Banyan ${onlyOurs.length}, only madge ${onlyTheirs.length}`);
console.log(`files    Banyan ${known.size}, madge ${Object.keys(graph).length}`);
console.log(`CPU s    Banyan scan+parse+link ${ours.toFixed(2)}, madge ${theirs.toFixed(2)}, ratio ${(ours / theirs).toFixed(2)}`);

function seconds(start) {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
