#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

// An analysis is one short burst of work: most functions run too seldom to repay V8's optimizing compilers, which do
// their work on other threads and so cost CPU without saving time. Measured, the flags halve the CPU of a small analysis
// and take a quarter off a large one. They change when code is compiled, never what it does, and V8 ignores flags that
// it does not know.
const flags = [
  // The grammar of Postgres is WebAssembly: one of its functions takes the optimizing compiler 0.3 s and 300 MB.
  ...['--liftoff-only', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering'],
  // Node 24 has a middle compiler that is cheap enough; before it the baseline compiler takes its place.
  ...(Number.parseInt(process.versions.node, 10) < 24 ? ['--sparkplug', '--interrupt-budget=2000000'] : []),
];
for (const flag of flags) setFlagsFromString(flag);

const { run } = await import('../dist/bin/main.js');
process.exitCode = await run(process.argv.slice(2), process);
