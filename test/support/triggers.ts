import type { Analyzer } from '../../src/analyze/analyzer.ts';
import type { TriggerFact } from '../../src/model/fact.ts';
import { nameOf } from '../../src/model/ids.ts';
import { analyzeTraced, traceOf } from './trace.ts';

/** `schedule 0 3 * * * report (node-cron)` for each trigger of one file. */
export const triggerSummaries = (code: string, analyzers: readonly Analyzer[]): readonly string[] =>
  analyzeTraced(traceOf({ files: { 'src/main.ts': code } }, { entries: ['src/main.ts'] }), analyzers)
    .value.filter((fact): fact is TriggerFact => fact.kind === 'trigger')
    .map(
      ({ trigger, detail, handler, library }) =>
        `${trigger} ${detail ?? 'unknown'} ${handler === undefined ? 'unknown' : nameOf(handler.symbol)} (${library})`,
    );
