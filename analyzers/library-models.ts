import type { LibraryModel } from '../src/model/boot-trace.ts';
import { commanderModel, yargsModel } from './commands/command-line.ts';
import { nestCommanderModel, nestConsoleModel } from './commands/nest-commands.ts';
import { awilixModel } from './configuration/awilix.ts';
import { containersModel, inversifyModel } from './configuration/containers.ts';
import { nestConfigModel } from './configuration/nest-config.ts';
import { deepmergeModel, lodashModels, mergeFunctionsModel } from './configuration/object-merging.ts';
import { betterSqliteModel, knexModel, objectionModel, pgModel, prismaModel } from './data-access/data-clients.ts';
import { medusaSubscribersModel } from './events/medusa-subscribers.ts';
import { nestCqrsModel, nestEventEmitterModel } from './events/nest-events.ts';
import { nestMicroservicesModel } from './events/nest-messages.ts';
import { nodeEventsModel } from './events/node-events.ts';
import { httpModels } from './http-routes/http-models.ts';
import { nestGraphqlModel } from './operations/nest-graphql.ts';
import { queueModels } from './queues/index.ts';
import { agendaModel } from './schedules/agenda.ts';
import { cronModel, nodeCronModel, nodeScheduleModel } from './schedules/cron.ts';
import { medusaJobsModel } from './schedules/medusa-jobs.ts';
import { nestScheduleModel } from './schedules/nest-schedule.ts';
import { timersModel } from './schedules/timers.ts';
import { nestGatewaysModel } from './sockets/nest-gateways.ts';
import { socketIoModel, wsModel } from './sockets/sockets.ts';

/** What the evaluation of start-up code knows of libraries. */
export const libraryModels: readonly LibraryModel[] = [
  ...httpModels,
  nestScheduleModel,
  medusaSubscribersModel,
  medusaJobsModel,
  nestEventEmitterModel,
  nestCqrsModel,
  nestMicroservicesModel,
  nestGatewaysModel,
  nestGraphqlModel,
  nestCommanderModel,
  nestConsoleModel,
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
  betterSqliteModel,
  pgModel,
  knexModel,
  objectionModel,
  prismaModel,
];
