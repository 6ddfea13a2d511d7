#!/usr/bin/env node
import module from 'node:module';
import { setFlagsFromString } from 'node:v8';

// An analysis is one short burst of work: most functions run too seldom to repay V8's optimizing compiler, which by
// default starts after a few thousand steps and costs a third of the CPU. The cheap compiler takes its place; what stays
// hot is still optimized, later. V8 ignores flags that it does not know.
for (const flag of ['--sparkplug', '--interrupt-budget=2000000', '--liftoff-only']) setFlagsFromString(flag);
// Keeps compiled code between runs where Node can (22.8 and later).
module.enableCompileCache?.();

const { run } = await import('../dist/src/main.js');
process.exitCode = await run(process.argv.slice(2), process);
