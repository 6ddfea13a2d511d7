import type { LibraryModel } from '../src/model/boot-trace.ts';
import { commanderModel, yargsModel } from './commands/command-line.ts';
import { nestCommanderModel, nestConsoleModel } from './commands/nest-commands.ts';
import { awilixModel } from './configuration/awilix.ts';
import { containersModel, inversifyModel } from './configuration/containers.ts';
import { nestConfigModel } from './configuration/nest-config.ts';
import { deepmergeModel, lodashModels, mergeFunctionsModel } from './configuration/object-merging.ts';
import { knexModel, pgModel, prismaModel } from './data-access/data-clients.ts';
import { nestCqrsModel, nestEventEmitterModel } from './events/nest-events.ts';
import { nestMicroservicesModel } from './events/nest-messages.ts';
import { nodeEventsModel } from './events/node-events.ts';
import { controllerFrameworkModels } from './http-routes/controller-frameworks.ts';
import {
  celebrateModel,
  expressModel,
  expressPromiseRouterModel,
  expressSessionModel,
  handlerWrappersModel,
  passportModel,
} from './http-routes/express.ts';
import { fastifyAutoloadModel, fastifyModel, fastifyPluginModel } from './http-routes/fastify.ts';
import { fileFrameworkModels } from './http-routes/file-frameworks.ts';
import { graphqlModels } from './http-routes/graphql.ts';
import { nestCommonModel, nestCoreModel, nestToolsModel } from './http-routes/nest/model.ts';
import { nodeHttpModel } from './http-routes/node-http.ts';
import { routerFrameworkModels } from './http-routes/router-frameworks.ts';
import { trpcModels } from './http-routes/trpc.ts';
import { tsRestModels } from './http-routes/ts-rest/model.ts';
import { nestGraphqlModel } from './operations/nest-graphql.ts';
import { queueModels } from './queues/index.ts';
import { agendaModel } from './schedules/agenda.ts';
import { cronModel, nodeCronModel, nodeScheduleModel } from './schedules/cron.ts';
import { nestScheduleModel } from './schedules/nest-schedule.ts';
import { timersModel } from './schedules/timers.ts';
import { nestGatewaysModel } from './sockets/nest-gateways.ts';
import { socketIoModel, wsModel } from './sockets/sockets.ts';

/** What the evaluation of start-up code knows of libraries. */
export const libraryModels: readonly LibraryModel[] = [
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
  ...routerFrameworkModels,
  nestCommonModel,
  nestCoreModel,
  nestToolsModel,
  nestScheduleModel,
  nestEventEmitterModel,
  nestCqrsModel,
  nestMicroservicesModel,
  nestGatewaysModel,
  nestGraphqlModel,
  nestCommanderModel,
  nestConsoleModel,
  nodeHttpModel,
  ...controllerFrameworkModels,
  ...fileFrameworkModels,
  nodeCronModel,
  nodeScheduleModel,
  cronModel,
  agendaModel,
  ...queueModels,
  commanderModel,
  yargsModel,
  timersModel,
  nodeEventsModel,
  wsModel,
  socketIoModel,
  deepmergeModel,
  ...lodashModels,
  mergeFunctionsModel,
  nestConfigModel,
  awilixModel,
  containersModel,
  inversifyModel,
  pgModel,
  knexModel,
  prismaModel,
];
