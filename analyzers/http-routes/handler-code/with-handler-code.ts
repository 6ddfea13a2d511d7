import type { Analyzer } from '../../../src/analyze/analyzer.ts';
import { createSignedRequests } from './signed-requests.ts';
import { createUploads } from './uploads.ts';

/** An analyzer of routes that also tells what their code does with requests, whatever framework calls it. */
export const withHandlerCode = (analyzer: Analyzer): Analyzer => ({
  ...analyzer,
  *analyze(input) {
    const [withSignature, withUpload] = [createSignedRequests(input.program), createUploads(input.program)];
    for (const found of analyzer.analyze(input)) yield 'kind' in found && found.kind === 'route' ? withUpload(withSignature(found)) : found;
  },
});
