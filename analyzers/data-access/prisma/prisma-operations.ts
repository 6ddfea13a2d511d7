import type { PrismaModel, PrismaSchema } from '../../../src/lib/prisma/prisma-schema.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { TableOperation } from '../../../src/model/fact.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import type { OriginOf } from '../flow/client-library.ts';
import { bare, type CallSite, type CodeValue, siteLocation, valueAt } from '../flow/code-value.ts';
import { isPrisma } from '../flow/database-packages.ts';
import { followValue } from '../flow/follow-value.ts';
import type { IsGeneratedClient } from './generated-clients.ts';

/** `client.order.create({ … })`. */
export interface PrismaOperation {
  readonly site: CallSite;
  readonly client: CodeValue;
  readonly accessor: string;
  readonly model: PrismaModel;
  readonly method: string;
  readonly operation: TableOperation;
}

/** What each method of a model delegate does to the model's own table. */
const operations: Readonly<Record<string, TableOperation>> = {
  findUnique: 'read',
  findUniqueOrThrow: 'read',
  findFirst: 'read',
  findFirstOrThrow: 'read',
  findMany: 'read',
  findRaw: 'read',
  aggregateRaw: 'read',
  count: 'read',
  aggregate: 'read',
  groupBy: 'read',
  create: 'create',
  createMany: 'create',
  createManyAndReturn: 'create',
  update: 'update',
  updateMany: 'update',
  updateManyAndReturn: 'update',
  delete: 'delete',
  deleteMany: 'delete',
  upsert: 'upsert',
};

/** What tells a client and its models. */
export interface PrismaClients {
  readonly originOf: OriginOf;
  readonly isGenerated: IsGeneratedClient;
  readonly schema: PrismaSchema;
}

/** The operation a call performs, or why its table cannot be told; undefined for every other call. */
export function findPrismaOperation(
  flow: CallFlow,
  { originOf, isGenerated, schema }: PrismaClients,
  site: CallSite,
): PrismaOperation | Diagnostic | undefined {
  const { callee, kind } = site.call;
  if (kind !== 'call' || callee.kind !== 'member') return undefined;
  const operation = Object.hasOwn(operations, callee.property) ? operations[callee.property] : undefined;
  if (operation === undefined) return undefined;
  for (const delegate of followValue(flow.program, valueAt(site, callee.object))) {
    const found = readDelegate({ originOf, isGenerated, schema }, delegate);
    if (found === undefined) continue;
    if (found.model !== undefined)
      return { site, client: found.client, accessor: found.accessor, model: found.model, method: callee.property, operation };
    return {
      code: 'unknown-table',
      data: { library: 'prisma', text: `${found.accessor}.${callee.property}` },
      at: siteLocation(flow.program, site),
    };
  }
  return undefined;
}

interface Delegate {
  readonly client: CodeValue;
  readonly accessor: string;
  readonly model?: PrismaModel;
}

/** `client.order` or `client[name]`. A receiver nothing is known of counts when the schema has that model. */
function readDelegate({ originOf, isGenerated, schema }: PrismaClients, value: CodeValue): Delegate | undefined {
  const { expression } = bare(value);
  if (expression.kind !== 'member' && expression.kind !== 'index') return undefined;
  const client = bare({ ...value, expression: expression.object });
  const accessor = accessorOf(expression);
  const model = schema.accessors.get(accessor);
  const origin = originOf(client);
  const isClient = (origin.kind === 'package' && isPrisma(origin)) || (origin.kind !== 'unknown' && isGenerated(client));
  const mayBeClient = origin.kind === 'unknown' && model !== undefined;
  if (!isClient && !mayBeClient) return undefined;
  if (isClient && accessor.startsWith('$')) return undefined;
  return { client, accessor, ...(model === undefined ? {} : { model }) };
}

function accessorOf(expression: Extract<CodeValue['expression'], { kind: 'member' | 'index' }>): string {
  if (expression.kind === 'member') return expression.property;
  return expression.index.kind === 'literal' ? String(expression.index.value) : '[…]';
}
