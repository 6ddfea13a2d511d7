import type { Analyzer } from '../../src/analyze/analyzer.ts';
import { commandLines } from './command-line.ts';

/** Analyzers that find commands of command lines. */
export const commandAnalyzers: readonly Analyzer[] = [commandLines];
