import type { Analyzer } from '../../src/analyze/analyzer.ts';
import { controllerFrameworkAnalyzers } from './controller-frameworks.ts';
import { expressRoutesAnalyzer } from './express.ts';
import { fastifyRoutesAnalyzer } from './fastify.ts';
import { fileFrameworkAnalyzers } from './file-frameworks.ts';
import { graphqlAnalyzer } from './graphql.ts';
import { withHandlerCode } from './handler-code/with-handler-code.ts';
import { nestRoutesAnalyzer } from './nest.ts';
import { octokitRoutesAnalyzer } from './octokit.ts';
import { routerFrameworkAnalyzers } from './router-frameworks.ts';
import { trpcRoutesAnalyzer } from './trpc.ts';
import { unmodelledFrameworks } from './unmodelled-frameworks.ts';

/** Analyzers that find HTTP routes, one for each framework, and one that names the frameworks without. */
export const httpRouteAnalyzers: readonly Analyzer[] = [
  ...[
    expressRoutesAnalyzer,
    fastifyRoutesAnalyzer,
    ...routerFrameworkAnalyzers,
    nestRoutesAnalyzer,
    ...controllerFrameworkAnalyzers,
    ...fileFrameworkAnalyzers,
    trpcRoutesAnalyzer,
    graphqlAnalyzer,
    octokitRoutesAnalyzer,
  ].map(withHandlerCode),
  unmodelledFrameworks,
];
