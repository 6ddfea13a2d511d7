// Prints the CPU ratio of `banyan analyze` to madge's import graph on the same tree, both measured in this run: whole
// processes, user and system time of all threads. Both read every TypeScript and JavaScript file of the tree, tests and
// declaration files too, but those in output folders; Banyan takes only the imports of a test that no source imports,
// which is what madge takes of every file.
// Usage: npm run bench -- [dir] [--runs n]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const project = fileURLToPath(new URL('../..', import.meta.url));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: 'string', default: '5' } } });
const root = resolve(positionals[0] ?? join(project, 'fixtures/storefront'));
const runs = Number(values.runs);

const scratch = mkdtempSync(join(tmpdir(), 'banyan-bench-'));
const cpuFile = join(scratch, 'cpu');
const preload = `data:text/javascript,import{writeFileSync}from"node:fs";process.on("exit",()=>{const{user,system}=process.cpuUsage();writeFileSync(${JSON.stringify(cpuFile)},String((user+system)/1e6))})`;

const peers = {
  'banyan analyze': [join(project, 'bin/banyan.js'), 'analyze', root, '--quiet', '--fail-on', 'never'],
  'madge import graph': [fileURLToPath(new URL('madge-graph.mjs', import.meta.url)), root],
};

/** CPU seconds (user + system) of one whole process. */
function measure(args) {
  const result = spawnSync(process.execPath, ['--import', preload, ...args], { stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 28 });
  if (result.status !== 0) throw new Error(`${args[0]} ended with ${result.status}\n${result.stderr}`);
  return Number(readFileSync(cpuFile, 'utf8'));
}

const median = (figures) => [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)];

try {
  const seconds = Object.fromEntries(Object.keys(peers).map((name) => [name, []]));
  for (const args of Object.values(peers)) measure(args);
  for (let run = 0; run < runs; run += 1) {
    for (const [name, args] of Object.entries(peers)) seconds[name].push(measure(args));
  }
  const [banyan, madge] = Object.keys(peers).map((name) => median(seconds[name]));
  console.log(`tree      ${pathToFileURL(root).pathname.split('/').at(-1)} (${runs} runs each, median, whole-process CPU)`);
  for (const name of Object.keys(peers)) console.log(`${name.padEnd(20)} ${median(seconds[name]).toFixed(2)} s`);
  console.log(`ratio                ${(banyan / madge).toFixed(2)}× (bar: 0.30×)`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
