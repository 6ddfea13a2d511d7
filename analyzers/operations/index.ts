import type { Analyzer } from '../../src/analyze/analyzer.ts';
import { nestGraphqlAnalyzer } from './nest-graphql.ts';

/** Analyzers that find operations of schemas. */
export const operationAnalyzers: readonly Analyzer[] = [nestGraphqlAnalyzer];
