import type { Analyzer } from '../../src/analyze/analyzer.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';
import { hapiModels, hapiRoutesAnalyzer } from './hapi.ts';
import { honoModels, honoRoutesAnalyzer } from './hono.ts';
import { koaModels, koaRoutesAnalyzer } from './koa.ts';

/** Frameworks whose routes stand on applications and routers that code builds, beside Express and Fastify. */
export const routerFrameworkAnalyzers: readonly Analyzer[] = [hapiRoutesAnalyzer, honoRoutesAnalyzer, koaRoutesAnalyzer];
export const routerFrameworkModels: readonly LibraryModel[] = [...hapiModels, ...honoModels, ...koaModels];
