import { expect, test } from 'vitest';
import { analyzers } from '../../analyzers/analyzers.ts';
import type { TriggerFact } from '../../src/model/fact.ts';
import { nameOf } from '../../src/model/ids.ts';
import { analyzeTraced, traceOf } from '../support/trace.ts';

const IMPORTS = `import { Injectable, Module, Controller } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Cron, CronExpression, Interval, Timeout } from '@nestjs/schedule';
import { OnEvent } from '@nestjs/event-emitter';
import { CommandBus, CommandHandler, EventsHandler, QueryHandler, Saga } from '@nestjs/cqrs';
import { Process, Processor } from '@nestjs/bull';
import { Processor as Worker, WorkerHost } from '@nestjs/bullmq';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { Mutation, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { Command, CommandRunner } from 'nest-commander';
class Book {} class PlaceOrder {} class FindOrders {} class OrderPlaced {} class OrderPaid {}
`;

function triggers(code: string, providers: string): readonly TriggerFact[] {
  const main = `${IMPORTS}${code}\n@Module({ providers: [${providers}] }) class AppModule {}\nNestFactory.create(AppModule).then((app) => app.listen(3000));`;
  const { value } = analyzeTraced(traceOf({ files: { 'src/main.ts': main } }, { entries: ['src/main.ts'] }), analyzers);
  return value.filter((fact): fact is TriggerFact => fact.kind === 'trigger');
}

const told = ({ trigger, detail, handler, library }: TriggerFact): string =>
  `${trigger} ${detail} ${handler === undefined ? '' : nameOf(handler.symbol)} (${library})`;

test.each<[string, string, string, readonly string[]]>([
  [
    'the clock',
    `@Injectable() class Jobs { @Cron('0 3 * * *') nightly() {} @Cron(CronExpression.EVERY_DAY_AT_1AM) early() {} @Interval(5000) poll() {} @Timeout('warm', 100) warm() {} }`,
    'Jobs',
    [
      'schedule 0 01 * * * Jobs.early (@nestjs/schedule)',
      'schedule 0 3 * * * Jobs.nightly (@nestjs/schedule)',
      'timer 100 Jobs.warm (@nestjs/schedule)',
      'timer 5000 Jobs.poll (@nestjs/schedule)',
    ],
  ],
  [
    'events, commands and queries',
    `@Injectable() class Mails { @OnEvent('order.placed') placed() {} @OnEvent(['order', 'paid']) paid() {} @Saga() flow = () => {}; }
@CommandHandler(PlaceOrder) class PlaceOrderHandler { execute() {} }
@QueryHandler(FindOrders) class FindOrdersHandler { execute() {} }
@EventsHandler(OrderPlaced, OrderPaid) class Notify { handle() {} }`,
    'Mails, PlaceOrderHandler, FindOrdersHandler, Notify',
    [
      'event OrderPaid Notify.handle (@nestjs/cqrs)',
      'event OrderPlaced Notify.handle (@nestjs/cqrs)',
      'event order.paid Mails.paid (@nestjs/event-emitter)',
      'event order.placed Mails.placed (@nestjs/event-emitter)',
      'event saga flow Mails.flow (@nestjs/cqrs)',
      'message FindOrders FindOrdersHandler.execute (@nestjs/cqrs)',
      'message PlaceOrder PlaceOrderHandler.execute (@nestjs/cqrs)',
    ],
  ],
  [
    'jobs of queues and messages',
    `@Processor('mail') class Mail { @Process('send') send() {} @Process() all() {} }
@Worker({ name: 'pdf' }) class Pdf extends WorkerHost { process() {} }
@Controller() class Sums { @MessagePattern({ cmd: 'sum' }) sum() {} @EventPattern('user_created') created() {} }`,
    'Mail, Pdf, Sums',
    [
      'event user_created Sums.created (@nestjs/microservices)',
      'message cmd:sum Sums.sum (@nestjs/microservices)',
      'queue mail Mail.all (@nestjs/bull)',
      'queue mail:send Mail.send (@nestjs/bull)',
      'queue pdf Pdf.process (@nestjs/bullmq)',
    ],
  ],
  [
    'sockets, operations and commands',
    `@WebSocketGateway(81, { namespace: 'chat' }) class Chat { @SubscribeMessage('typing') typing() {} handleConnection() {} }
@Resolver(() => Book) class Books { @Query(() => [Book]) books() {} @Query(() => Book, { name: 'book' }) one() {} @Mutation('addBook') add() {} @Subscription() added() {} @ResolveField() author() {} @ResolveField('tags') names() {} }
@Command({ name: 'import' }) class Import extends CommandRunner { async run() {} }`,
    'Chat, Books, Import',
    [
      'command import Import.run (nest-commander)',
      'operation Book.author Books.author (@nestjs/graphql)',
      'operation Book.tags Books.names (@nestjs/graphql)',
      'operation Mutation.addBook Books.add (@nestjs/graphql)',
      'operation Query.book Books.one (@nestjs/graphql)',
      'operation Query.books Books.books (@nestjs/graphql)',
      'operation Subscription.added Books.added (@nestjs/graphql)',
      'socket /chat handleConnection Chat.handleConnection (@nestjs/websockets)',
      'socket /chat typing Chat.typing (@nestjs/websockets)',
    ],
  ],
  [
    'the start',
    `@Injectable() class Warm { onModuleInit() {} onApplicationBootstrap() {} }`,
    'Warm',
    [
      'startup onApplicationBootstrap Warm.onApplicationBootstrap (@nestjs/common)',
      'startup onModuleInit Warm.onModuleInit (@nestjs/common)',
    ],
  ],
  [
    'what a factory gives under a condition only',
    `@Injectable() class Jobs { static readonly EARLY = '0 4 * * *'; @Cron(Jobs.EARLY) early() {} onModuleInit() {} }
const jobs = { provide: Jobs, useFactory: () => { if (!process.env.WITH_JOBS) return null; return new Jobs(); } };`,
    'jobs',
    ['schedule 0 4 * * * Jobs.early (@nestjs/schedule)', 'startup onModuleInit Jobs.onModuleInit (@nestjs/common)'],
  ],
  ['nothing of classes that no module provides', `@Injectable() class Jobs { @Cron('0 3 * * *') nightly() {} }`, '', []],
])('Nest runs methods by %s', (_title, code, providers, expected) => expect(triggers(code, providers).map(told).sort()).toEqual(expected));

test('a command that a bus executes runs its handler', () => {
  const main = `${IMPORTS}
import { Get } from '@nestjs/common';
@CommandHandler(PlaceOrder) class Placing { execute() { return save(); } }
function save() {}
@Controller('orders') class Orders { constructor(private readonly commands: CommandBus) {} @Get() place() { return this.commands.execute(new PlaceOrder()); } }
@Module({ controllers: [Orders], providers: [Placing] }) class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));`;
  const { trace } = traceOf({ files: { 'src/main.ts': main } }, { entries: ['src/main.ts'] });
  expect(trace.calls.map(({ from, to }) => `${nameOf(from)} → ${nameOf(to)}`)).toContain('Orders.place → Placing.execute');
});
