import type { LibraryModel } from '../../src/model/boot-trace.ts';
import { controllerFrameworkModels } from './controller-frameworks.ts';
import {
  celebrateModel,
  expressModel,
  expressPromiseRouterModel,
  expressSessionModel,
  handlerWrappersModel,
  passportModel,
} from './express.ts';
import { fastifyAutoloadModel, fastifyModel, fastifyPluginModel } from './fastify.ts';
import { fileFrameworkModels } from './file-frameworks.ts';
import { graphqlModels } from './graphql.ts';
import { nestCommonModel, nestCoreModel, nestToolsModel } from './nest/model.ts';
import { nodeHttpModel } from './node-http.ts';
import { octokitWebhooksModel } from './octokit.ts';
import { routerFrameworkModels } from './router-frameworks.ts';
import { trpcModels } from './trpc.ts';
import { tsRestModels } from './ts-rest/model.ts';

/** What the evaluation of start-up code knows of libraries that answer requests. */
export const httpModels: readonly LibraryModel[] = [
  expressModel,
  expressPromiseRouterModel,
  expressSessionModel,
  handlerWrappersModel,
  passportModel,
  celebrateModel,
  fastifyModel,
  fastifyPluginModel,
  fastifyAutoloadModel,
  ...graphqlModels,
  ...trpcModels,
  ...tsRestModels,
  octokitWebhooksModel,
  ...routerFrameworkModels,
  nestCommonModel,
  nestCoreModel,
  nestToolsModel,
  ...controllerFrameworkModels,
  ...fileFrameworkModels,
  nodeHttpModel,
];
