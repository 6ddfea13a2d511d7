import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { OxcError } from 'oxc-parser';
import { jsonParseAst } from 'oxc-parser/src-js/wrap';
import type { NativeParse } from './native-parse.ts';

/** Most files that need it take a part of a second. */
const LONGEST_MILLISECONDS = 60_000;

/**
 * A process with room for so many kilobytes: a parser that tries each level of a text twice takes all memory there is.
 * Systems that know no such bound run it without.
 */
const BOUNDED = 'ulimit -v 4000000 2>/dev/null; exec "$0" "$@"';

/**
 * Parses in a process of its own, on a stack thirty times as large: a text that exhausts even that ends this process alone.
 * It throws where the parser gave nothing.
 */
export const parseIsolated: NativeParse = (path, text, options) => {
  const bindings = pathToFileURL(createRequire(import.meta.url).resolve('oxc-parser/src-js/bindings')).href;
  const { stdout, status, error } = spawnSync(...boundedCommand(process.execPath, '-e', OUTER), {
    input: JSON.stringify({ bindings, path, text, options }),
    encoding: 'utf8',
    maxBuffer: Number.POSITIVE_INFINITY,
    timeout: LONGEST_MILLISECONDS,
    stdio: ['pipe', 'pipe', 'ignore'],
    // Out of memory, the parser would wait for memory to tell where.
    env: { ...process.env, RUST_BACKTRACE: '0' },
  });
  if (error !== undefined || status !== 0) throw new Error('code is nested too deeply for the parser');
  const end = stdout.indexOf('\n');
  const errors: OxcError[] = JSON.parse(stdout.slice(0, end));
  return { program: jsonParseAst(stdout.slice(end + 1)), errors };
};

/** Windows has neither the shell nor the bound. */
const boundedCommand = (command: string, ...given: readonly string[]): [command: string, given: readonly string[]] =>
  process.platform === 'win32' ? [command, given] : ['sh', ['-c', BOUNDED, command, ...given]];

/** The thread that parses: only a thread can have a stack of another size on every system. */
const INNER = `
const { parentPort, workerData } = require('node:worker_threads');
const { bindings, path, text, options } = workerData;
import(bindings).then(({ parseSync }) => {
  const result = parseSync(path, text, options);
  const errors = JSON.stringify(result.errors);
  parentPort.postMessage(errors + '\\n' + result.program);
});
`;

const OUTER = `
const { readFileSync, writeSync } = require('node:fs');
const { Worker } = require('node:worker_threads');
const workerData = JSON.parse(readFileSync(0, 'utf8'));
const worker = new Worker(${JSON.stringify(INNER)}, { eval: true, workerData, resourceLimits: { stackSizeMb: 256 } });
worker.on('message', (result) => process.stdout.write(result));
`;
