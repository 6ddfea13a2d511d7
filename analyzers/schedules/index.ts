import type { Analyzer } from '../../src/analyze/analyzer.ts';
import { schedulesAnalyzer } from './cron.ts';
import { timersAnalyzer } from './timers.ts';

/** Analyzers that find work started by the clock. */
export const scheduleAnalyzers: readonly Analyzer[] = [schedulesAnalyzer, timersAnalyzer];
