// Compares the import graph with madge's, over the files that both look at. madge takes imports of types for edges like any
// other and does not say so; ours tells the kind of each, so differences are explained by it.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import madge from 'madge';
import typescript from 'typescript';

export async function compareImports({ root, tree, program: { program } }, { places, tsconfig }) {
  const configFile = tsconfig ?? ['tsconfig.json', 'tsconfig.base.json'].map((name) => join(root, name)).find(existsSync);
  const options = { baseDir: root, fileExtensions: ['ts', 'tsx', 'js', 'jsx'], ...(configFile === undefined ? {} : withPaths(configFile)) };
  const graph = (await madge(root, options)).obj();
  const known = new Set(tree.files.map(({ path }) => path));
  const kinds = new Map();
  for (const { from, kind, target } of program.imports) {
    if (target.kind !== 'module' || target.module === from || !(from in graph)) continue;
    kinds.set(`${from} → ${target.module}`, kind);
  }
  const theirs = new Set();
  for (const [from, targets] of Object.entries(graph)) {
    for (const to of targets) if (known.has(from) && known.has(to) && from !== to) theirs.add(`${from} → ${to}`);
  }
  const onlyOurs = [...kinds.keys()].filter((edge) => !theirs.has(edge)).sort();
  const onlyTheirs = [...theirs].filter((edge) => !kinds.has(edge)).sort();
  console.log(`imports  Banyan ${kinds.size}, madge ${theirs.size}, both ${kinds.size - onlyOurs.length}`);
  printGroups(
    'only Banyan',
    groupBy(onlyOurs, (edge) => kinds.get(edge)),
    places,
  );
  printGroups(
    'only madge',
    groupBy(onlyTheirs, (edge) => reasonOf(program, edge)),
    places,
  );
}

/** madge resolves aliases only where a base is written, which newer configurations need not do. */
function withPaths(configFile) {
  const written = typescript.readJsonConfigFile(configFile, typescript.sys.readFile);
  const { options } = typescript.parseJsonSourceFileConfigFileContent(written, typescript.sys, dirname(configFile));
  return { tsConfig: { options: { baseUrl: dirname(configFile), ...options } } };
}

/** Why an edge that madge sees is none of ours. */
function reasonOf({ imports }, edge) {
  const [from] = edge.split(' → ');
  return imports.some((one) => one.from === from && one.target.kind === 'unresolved')
    ? 'an import of the file is not resolved'
    : 'not known';
}

function groupBy(edges, keyOf) {
  const groups = new Map();
  for (const edge of edges) groups.set(keyOf(edge), [...(groups.get(keyOf(edge)) ?? []), edge]);
  return groups;
}

function printGroups(title, groups, places) {
  for (const [kind, edges] of groups) {
    console.log(`         ${title}, ${kind}: ${edges.length}`);
    for (const edge of edges.slice(0, places)) console.log(`           ${edge}`);
  }
}
