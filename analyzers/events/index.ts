import type { Analyzer } from '../../src/analyze/analyzer.ts';
import { medusaSubscribers } from './medusa-subscribers.ts';
import { nestEventsAnalyzer } from './nest-events.ts';
import { nestMessagesAnalyzer } from './nest-messages.ts';
import { nodeEventsAnalyzer } from './node-events.ts';

/** Analyzers that find event subscriptions. */
export const eventAnalyzers: readonly Analyzer[] = [nodeEventsAnalyzer, nestEventsAnalyzer, nestMessagesAnalyzer, medusaSubscribers];
