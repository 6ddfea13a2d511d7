import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { doersOf } from '../../src/analyze/doers.ts';
import { type OutsideCall, outsideCalls } from '../../src/analyze/outside-calls.ts';
import type { TriggerFact } from '../../src/model/fact.ts';
import type { Expression } from '../../src/model/file-syntax.ts';
import { moduleOf, nameOf, type SymbolId, toEntryPointId } from '../../src/model/ids.ts';
import type { ProgramQueries } from '../../src/model/program.ts';
import { boundTo, type Place, queueName } from './queue-name.ts';

/**
 * Finds functions that take messages from queues of SQS through the AWS SDK: they receive them and delete what they have
 * received. Who only looks at messages consumes none.
 */
export const sqsPolling = defineAnalyzer({
  name: 'sqs-polling',
  produces: ['trigger'],

  *analyze({ program }) {
    const calls = [...outsideCalls(program, { isPackage: (name) => PACKAGES.has(name), globals: new Set() })];
    const named = (pattern: RegExp): readonly OutsideCall[] =>
      calls.filter(({ call, path }) => call.owner !== 0 && pattern.test(path.at(-1) ?? ''));
    const deleting = doersOf(
      program,
      named(DELETES).map((one) => [symbolOf(program, one), true] as const),
    );
    for (const received of named(RECEIVES)) {
      const consumer = consumerOf(program, symbolOf(program, received), deleting);
      if (consumer !== undefined) yield toFact(program, received, consumer);
    }
  },
});

const PACKAGES: ReadonlySet<string> = new Set(['@aws-sdk/client-sqs', 'aws-sdk']);
const RECEIVES = /^(?:ReceiveMessageCommand|receiveMessage)$/;
const DELETES = /^(?:DeleteMessage(?:Batch)?Command|deleteMessage(?:Batch)?)$/;

const symbolOf = (program: ProgramQueries, { module, call }: OutsideCall): SymbolId => program.symbolAt(module.id, call.owner);

/** The function that receives, or the one that calls it, if messages are deleted there. */
function consumerOf(program: ProgramQueries, receiver: SymbolId, deleting: ReadonlyMap<SymbolId, true>): SymbolId | undefined {
  const callers = program.callsTo(receiver).flatMap(({ from, kind }) => (kind === 'call' ? [from] : []));
  return [receiver, ...callers].find((one) => deleting.has(one));
}

function toFact(program: ProgramQueries, { module, call, package: library }: OutsideCall, symbol: SymbolId): TriggerFact {
  const [request] = call.arguments;
  const url = request === undefined ? undefined : propertyOf(program, { module, owner: call.owner, expression: request }, 'QueueUrl');
  const detail = url === undefined ? undefined : queueName(program, url);
  return {
    kind: 'trigger',
    id: toEntryPointId(`queue ${detail ?? 'unknown'} ${moduleOf(symbol)}#${nameOf(symbol)}`),
    trigger: 'queue',
    ...(detail === undefined ? {} : { detail }),
    handler: { module: moduleOf(symbol), symbol },
    library,
    statement: { file: module.id, ...call.span },
    at: program.location(module.id, call.span.start),
  };
}

/** A property of an object that is written there, or that a constant holds. */
function propertyOf(program: ProgramQueries, place: Place, name: string): Place | undefined {
  const holder = place.expression.kind === 'object' ? place : boundTo(program, place);
  const properties = holder?.expression.kind === 'object' ? holder.expression.properties : [];
  const value: Expression | undefined = properties.find(({ key }) => key === name)?.value;
  return holder === undefined || value === undefined ? undefined : { ...holder, expression: value };
}
