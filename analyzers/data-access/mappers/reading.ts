import type { Expression } from '../../../src/model/file-syntax.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import type { CallSite, CodeValue } from '../flow/code-value.ts';
import type { Chains } from './chains.ts';
import type { Entities, Entity, MapperAccess } from './entity.ts';
import { entitiesIn } from './entity.ts';
import type { Context, Held, Open } from './held-value.ts';
import { opensIn } from './held-value.ts';
import type { HeldValues } from './held-values.ts';
import type { Members } from './members.ts';

/** What a mapper's calls are read with. */
export interface MapperReader {
  readonly flow: CallFlow;
  readonly values: HeldValues;
  readonly entities: Entities;
  readonly chains: Chains;
  /** Properties of literals that were read before, by place and context. */
  readonly properties: Map<string, Properties>;
  /** Members that values may have been given, by place and context; undefined where that is not known. */
  readonly given: Map<string, { readonly members: Members }>;
}

/** A part of an argument, and what names in it stand for. */
export interface Part {
  readonly value: CodeValue;
  readonly context: Context;
}

export interface Property extends Part {
  readonly key: string;
}

export interface Properties {
  readonly properties: readonly Property[];
  /** Whether everything it holds is known. */
  readonly isComplete: boolean;
}

/** A call in a context. */
export interface PlacedCall {
  readonly site: CallSite;
  readonly context: Context;
  readonly method: string;
  /** In which options are read: what a subclass is does not change them. */
  readonly optionContext?: Context;
}

/** What a call does to tables. */
export interface OperationReading {
  readonly accesses: readonly MapperAccess[];
  /** Parameters that decide what it does: their users know more. */
  readonly opens: readonly Open[];
  /** Tables that could not be told, as written. */
  readonly unknown: readonly string[];
  /** Parts that may name more tables and could not be read. */
  readonly partial: readonly string[];
}

export const NOTHING_READ: OperationReading = { accesses: [], opens: [], unknown: [], partial: [] };

export const mergeReadings = (readings: readonly OperationReading[]): OperationReading => ({
  accesses: readings.flatMap(({ accesses }) => accesses),
  opens: readings.flatMap(({ opens }) => opens),
  unknown: readings.flatMap(({ unknown }) => unknown),
  partial: readings.flatMap(({ partial }) => partial),
});

/** What is done to each entity among values; open or unknown when there is none. */
export function forEntities(
  { entities }: MapperReader,
  held: readonly Held[],
  text: string,
  read: (entity: Entity) => Partial<OperationReading>,
): OperationReading {
  const found = entitiesIn(entities, held);
  if (found.length > 0) return mergeReadings(found.map((entity) => ({ ...NOTHING_READ, ...read(entity) })));
  const opens = opensIn(held);
  return opens.length > 0 ? { ...NOTHING_READ, opens, unknown: [text] } : { ...NOTHING_READ, unknown: [text] };
}

/** The main access of an entity's table, when the table is known. */
export const accessTo = (entity: Entity, operation: MapperAccess['operation'], through?: string): readonly MapperAccess[] => {
  if (entity.table === undefined) return [];
  const reason = through === undefined ? {} : { through };
  const companions = (entity.companions ?? []).map((table) => ({ table, operation, ...reason }));
  const underlying =
    operation === 'read'
      ? (entity.reads ?? []).map((table) => ({ table, operation: 'read' as const, through: `view ${entity.table}` }))
      : [];
  return [{ table: entity.table, operation, ...reason }, ...(operation === 'read' ? [] : companions), ...underlying];
};

/** A call as a person would name it: `books.find`, `createQueryBuilder(…).getMany`. */
export const textOfCall = ({ site, method }: PlacedCall): string => {
  const { callee } = site.call;
  const object = callee.kind === 'member' ? callee.object : callee;
  const made = object.kind === 'call' ? site.module.syntax.calls[object.call]?.callee : undefined;
  return `${made === undefined ? lastNameIn(object) : `${lastNameIn(made)}(…)`}.${method}`;
};

/** The last name of a chain; `…` where it has none. */
const lastNameIn = (expression: Expression): string =>
  expression.kind === 'member' ? expression.property : expression.kind === 'name' ? expression.name : '…';
