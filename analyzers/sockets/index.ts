import type { Analyzer } from '../../src/analyze/analyzer.ts';
import { nestGatewaysAnalyzer } from './nest-gateways.ts';
import { socketsAnalyzer } from './sockets.ts';

/** Analyzers that find socket endpoints. */
export const socketAnalyzers: readonly Analyzer[] = [nestGatewaysAnalyzer, socketsAnalyzer];
