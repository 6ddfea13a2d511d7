import type { Analyzer } from '../../src/analyze/analyzer.ts';
import { agendaAnalyzer } from './agenda.ts';
import { schedulesAnalyzer } from './cron.ts';
import { medusaJobs } from './medusa-jobs.ts';
import { nestSchedulesAnalyzer } from './nest-schedule.ts';
import { timersAnalyzer } from './timers.ts';

/** Analyzers that find work started by the clock. */
export const scheduleAnalyzers: readonly Analyzer[] = [
  schedulesAnalyzer,
  agendaAnalyzer,
  nestSchedulesAnalyzer,
  timersAnalyzer,
  medusaJobs,
];
