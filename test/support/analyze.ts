import { analyzers } from '../../analyzers/analyzers.ts';
import { libraryModels } from '../../analyzers/library-models.ts';
import { defaultConfiguration } from '../../src/config/default-configuration.ts';
import { type Analysis, analyzeMonolith } from '../../src/pipeline/analyze-monolith.ts';

/** What `banyan analyze` finds in a folder, in this process. */
export const analyzeFolder = (root: string): Promise<Analysis> =>
  analyzeMonolith({
    root,
    configuration: defaultConfiguration,
    analyzers,
    models: libraryModels,
    events: () => undefined,
    signal: new AbortController().signal,
  });
