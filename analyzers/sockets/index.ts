import type { Analyzer } from '../../src/analyze/analyzer.ts';
import { socketsAnalyzer } from './sockets.ts';

/** Analyzers that find socket endpoints. */
export const socketAnalyzers: readonly Analyzer[] = [socketsAnalyzer];
