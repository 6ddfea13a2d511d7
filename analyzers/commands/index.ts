import type { Analyzer } from '../../src/analyze/analyzer.ts';
import { commandLines } from './command-line.ts';
import { nestCommandsAnalyzer } from './nest-commands.ts';
import { nestLifecycleAnalyzer } from './nest-lifecycle.ts';
import { startUpWork } from './start-up-work.ts';

/** Analyzers that find commands of command lines, and work that every start does. */
export const commandAnalyzers: readonly Analyzer[] = [commandLines, nestCommandsAnalyzer, nestLifecycleAnalyzer, startUpWork];
