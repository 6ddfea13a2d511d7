import type { Analyzer } from '../../src/analyze/analyzer.ts';
import { nodeEventsAnalyzer } from './node-events.ts';

/** Analyzers that find event subscriptions. */
export const eventAnalyzers: readonly Analyzer[] = [nodeEventsAnalyzer];
