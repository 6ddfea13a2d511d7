import type { Analyzer } from '../../../src/analyze/analyzer.ts';
import { createSignedRequests } from './signed-requests.ts';

/** An analyzer of routes that also tells what their code does with requests, whatever framework calls it. */
export const withHandlerCode = (analyzer: Analyzer): Analyzer => ({
  ...analyzer,
  *analyze(input) {
    const signed = createSignedRequests(input.program);
    for (const found of analyzer.analyze(input)) yield 'kind' in found && found.kind === 'route' ? signed(found) : found;
  },
});
