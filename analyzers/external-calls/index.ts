import type { Analyzer } from '../../src/analyze/analyzer.ts';
import { externalCalls } from './external-calls.ts';

/** Analyzers that find calls of other systems. */
export const externalCallAnalyzers: readonly Analyzer[] = [externalCalls];
