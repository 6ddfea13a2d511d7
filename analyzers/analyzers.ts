import type { Analyzer } from '../src/analyze/analyzer.ts';
import { commandAnalyzers } from './commands/index.ts';
import { configurationAnalyzers } from './configuration/index.ts';
import { dataAccessAnalyzers } from './data-access/index.ts';
import { eventAnalyzers } from './events/index.ts';
import { externalCallAnalyzers } from './external-calls/index.ts';
import { httpRouteAnalyzers } from './http-routes/index.ts';
import { operationAnalyzers } from './operations/index.ts';
import { queueAnalyzers } from './queues/index.ts';
import { scheduleAnalyzers } from './schedules/index.ts';
import { socketAnalyzers } from './sockets/index.ts';
import { stateAnalyzers } from './state/index.ts';
import { workloadAnalyzers } from './workloads/index.ts';

/** Every analyzer, by kind. The order does not matter. */
export const analyzers: readonly Analyzer[] = [
  ...httpRouteAnalyzers,
  ...scheduleAnalyzers,
  ...socketAnalyzers,
  ...eventAnalyzers,
  ...operationAnalyzers,
  ...queueAnalyzers,
  ...commandAnalyzers,
  ...dataAccessAnalyzers,
  ...stateAnalyzers,
  ...configurationAnalyzers,
  ...externalCallAnalyzers,
  ...workloadAnalyzers,
];
