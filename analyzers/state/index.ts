import type { Analyzer } from '../../src/analyze/analyzer.ts';
import { libraryState } from './library-state.ts';
import { localFiles } from './local-files.ts';
import { moduleState } from './module-state.ts';

/** Analyzers that find what code keeps between requests. */
export const stateAnalyzers: readonly Analyzer[] = [moduleState, libraryState, localFiles];
