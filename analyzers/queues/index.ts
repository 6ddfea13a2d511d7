import type { Analyzer } from '../../src/analyze/analyzer.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';
import { amqpConnectionManagerModel, amqplibModel } from './amqp.ts';
import { azureServiceBusModel } from './azure-service-bus.ts';
import { beeQueueModel, bullModel, bullmqModel } from './bull.ts';
import { queueConsumers } from './consumers.ts';
import { googlePubSubModel } from './google-pubsub.ts';
import { kafkajsModel } from './kafka.ts';
import { mqttModel } from './mqtt.ts';
import { natsModel } from './nats.ts';
import { nestQueuesAnalyzer, nestQueuesModel } from './nest-queues.ts';
import { graphileWorkerModel, pgBossModel } from './postgres-queues.ts';
import { redisPubSub } from './redis-pub-sub.ts';
import { sqsConsumerModel } from './sqs.ts';
import { sqsPolling } from './sqs-polling.ts';

/** Libraries whose queues and topics are read. */
export const queueModels: readonly LibraryModel[] = [
  bullModel,
  bullmqModel,
  beeQueueModel,
  amqplibModel,
  amqpConnectionManagerModel,
  kafkajsModel,
  sqsConsumerModel,
  natsModel,
  mqttModel,
  googlePubSubModel,
  azureServiceBusModel,
  pgBossModel,
  graphileWorkerModel,
  nestQueuesModel,
];

/** Analyzers that find what takes messages from queues and topics. */
export const queueAnalyzers: readonly Analyzer[] = [queueConsumers, nestQueuesAnalyzer, redisPubSub, sqsPolling];
