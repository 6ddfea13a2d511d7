import type { Analyzer } from '../../src/analyze/analyzer.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';
import { elysiaModels, elysiaRoutesAnalyzer } from './elysia.ts';
import { findMyWayModels, findMyWayRoutesAnalyzer } from './find-my-way.ts';
import { hapiModels, hapiRoutesAnalyzer } from './hapi.ts';
import { honoModels, honoRoutesAnalyzer } from './hono.ts';
import { ittyModels, ittyRoutesAnalyzer } from './itty-router.ts';
import { koaModels, koaRoutesAnalyzer } from './koa.ts';
import { nodeClusterModel } from './node-cluster.ts';
import { polkaModels, polkaRoutesAnalyzer } from './polka.ts';
import { restifyModels, restifyRoutesAnalyzer } from './restify.ts';

import { runtimeServersModel } from './runtime-servers.ts';

/** Frameworks whose routes stand on applications and routers that code builds, beside Express and Fastify. */
export const routerFrameworkAnalyzers: readonly Analyzer[] = [
  hapiRoutesAnalyzer,
  honoRoutesAnalyzer,
  koaRoutesAnalyzer,
  elysiaRoutesAnalyzer,
  findMyWayRoutesAnalyzer,
  ittyRoutesAnalyzer,
  polkaRoutesAnalyzer,
  restifyRoutesAnalyzer,
];
export const routerFrameworkModels: readonly LibraryModel[] = [
  nodeClusterModel,
  runtimeServersModel,
  ...hapiModels,
  ...honoModels,
  ...koaModels,
  ...elysiaModels,
  ...findMyWayModels,
  ...ittyModels,
  ...polkaModels,
  ...restifyModels,
];
