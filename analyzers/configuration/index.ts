import type { Analyzer } from '../../src/analyze/analyzer.ts';
import { environmentReads } from './environment-reads.ts';

/** Analyzers that find what a service must be given. */
export const configurationAnalyzers: readonly Analyzer[] = [environmentReads];
