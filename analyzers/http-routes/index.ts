import type { Analyzer } from '../../src/analyze/analyzer.ts';
import { expressRoutesAnalyzer } from './express.ts';

/** Analyzers that find HTTP routes, one for each framework. */
export const httpRouteAnalyzers: readonly Analyzer[] = [expressRoutesAnalyzer];
