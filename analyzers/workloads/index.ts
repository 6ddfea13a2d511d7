import type { Analyzer } from '../../src/analyze/analyzer.ts';
import { longLoops } from './long-loops.ts';
import { workloads } from './workloads.ts';

/** Analyzers that find work that says where code can run. */
export const workloadAnalyzers: readonly Analyzer[] = [workloads, longLoops];
