// Prints the CPU ratio of `banyan analyze` to madge's import graph on the same tree, both measured in this run: whole
// processes, user and system time of all threads. Both read every TypeScript and JavaScript file of the tree, tests and
// declaration files too, but those in output folders; Banyan takes only the imports of a test that no source imports,
// which is what madge takes of every file.
// Beside them stand the analysis with TypeScript asked about undecided calls, and the import graphs of dependency-cruiser
// and skott, where those are installed; and the analysis after ten files were changed, with the cache of the run before.
// For each the most memory it took.
// Usage: npm run bench -- [dir] [--runs n]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { changeFiles, copyTree, pickFiles } from './warm-tree.mjs';

const project = fileURLToPath(new URL('../..', import.meta.url));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: 'string', default: '5' } } });
const root = resolve(positionals[0] ?? join(project, 'fixtures/storefront'));
const runs = Number(values.runs);

const scratch = mkdtempSync(join(tmpdir(), 'banyan-bench-'));
const cpuFile = join(scratch, 'cpu');
const preload = new URL('process-cpu.mjs', import.meta.url).href;

const beside = (name) => fileURLToPath(new URL(name, import.meta.url));
const command = join(project, 'bin/banyan.js');
const common = ['--quiet', '--no-history', '--fail-on', 'never'];
const analyze = [command, 'analyze', root, ...common, '--no-cache'];
const copy = copyTree(root, scratch);
const warm = [command, 'analyze', copy, ...common, '--types', 'never', '--cache-dir', join(scratch, 'cache')];
const BASE = 'madge import graph';
const programs = [
  { name: 'banyan analyze', args: [...analyze, '--types', 'never'], bar: 0.3 },
  { name: 'after 10 changes', args: warm, bar: 0.06, before: (changed, run) => changeFiles(copy, changed, run) },
  { name: 'banyan with types', args: [...analyze, '--types', 'always'], bar: 0.6 },
  { name: BASE, args: [beside('madge-graph.mjs'), root] },
  { name: 'dependency-cruiser', args: [beside('dependency-cruiser-graph.mjs'), root], package: 'dependency-cruiser' },
  { name: 'skott', args: [beside('skott-graph.mjs'), root], package: 'skott' },
];

/** CPU seconds (user + system) of one whole process and its children, and its peak memory. */
function measure(args) {
  const result = spawnSync(process.execPath, ['--import', preload, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 28,
    env: { ...process.env, BANYAN_CPU_FILE: cpuFile },
  });
  if (result.status !== 0) throw new Error(`${args[0]} ended with ${result.status}\n${result.stderr}`);
  return JSON.parse(readFileSync(cpuFile, 'utf8'));
}

/** A peer that is not there, or fails on this tree, is left out aloud. */
function isMeasurable({ name, args, package: peer }) {
  try {
    if (peer !== undefined) import.meta.resolve(peer);
    measure(args);
    return true;
  } catch (error) {
    if (peer === undefined) throw error;
    console.log(`${name} is left out: ${String(error.message).split('\n').slice(0, 4).join(' ')}`);
    return false;
  }
}

/** Files to change: of those that the analysis found. */
function filesToChange() {
  const { stdout } = spawnSync(process.execPath, [...warm, '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 30,
    encoding: 'utf8',
  });
  return pickFiles(
    JSON.parse(stdout).modules.map(({ id }) => id),
    10,
  );
}

const median = (figures) => [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)];

try {
  const changed = filesToChange();
  const measured = programs.filter(isMeasurable);
  const spent = new Map(measured.map(({ name }) => [name, []]));
  for (let run = 0; run < runs; run += 1) {
    for (const { name, args, before } of measured) {
      before?.(changed, run);
      spent.get(name).push(measure(args));
    }
  }
  const secondsOf = (name) => median(spent.get(name).map(({ seconds }) => seconds));
  const base = secondsOf(BASE);
  console.log(`tree ${pathToFileURL(root).pathname.split('/').at(-1)} (${runs} runs each, median, whole-process CPU)`);
  for (const { name, bar } of measured) {
    const seconds = secondsOf(name);
    const megabytes = Math.max(...spent.get(name).map((one) => one.megabytes)).toFixed(0);
    const ratio = `${(seconds / base).toFixed(2)}×${bar === undefined ? '' : ` (bar: ${bar.toFixed(2)}×)`}`;
    console.log(
      `${name.padEnd(20)} ${seconds.toFixed(2).padStart(8)} s ${megabytes.padStart(6)} MB   ${name === BASE ? '' : ratio}`.trimEnd(),
    );
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
