import type { BootClass, BootMember, BootTrace } from '../model/boot-trace.ts';
import type { TriggerFact } from '../model/fact.ts';
import { moduleOf, nameOf, toEntryPointId } from '../model/ids.ts';
import { type DecoratorCall, decoratorCalls, memberHandler } from './decorator-calls.ts';

/** Where a trigger is written: the decorator, its member, and the class around it. */
export interface TriggerPlace {
  readonly call: DecoratorCall;
  readonly member: BootMember;
  readonly class: BootClass;
}

/** What a decorator of a library starts. */
export interface MemberTriggers {
  readonly packages: readonly string[];
  readonly decorators: readonly string[];
  readonly trigger: TriggerFact['trigger'];
  /** Of a decorator of the class: the methods that are started; absent where it stands on the method itself. */
  readonly methods?: readonly string[];
  /** What it says of when; `undefined` for what could not be read. One trigger for each. */
  readonly details: (place: TriggerPlace) => readonly (string | undefined)[];
}

/**
 * Methods that libraries call on what a container made, because a decorator says so. Without an instance (a class that no
 * module provides) nothing is started.
 */
export const memberTriggers = ({ classes = [] }: Pick<BootTrace, 'classes'>, tables: readonly MemberTriggers[]): readonly TriggerFact[] => {
  const packages = new Set(tables.flatMap((table) => table.packages));
  const isMeant = ({ decorators }: BootClass | BootMember): boolean =>
    decorators.some(({ value }) => value.kind === 'external' && packages.has(value.package));
  const found = classes.flatMap((one) =>
    (isMeant(one) ? one.members : one.members.filter(isMeant)).flatMap((member) =>
      member.closure === undefined && member.kind === 'method' ? [] : tables.flatMap((table) => triggersOf(table, one, member)),
    ),
  );
  return [...new Map(found.map((trigger) => [trigger.id, trigger])).values()];
};

function triggersOf(table: MemberTriggers, owner: BootClass, member: BootMember): readonly TriggerFact[] {
  const isNamed = table.methods?.includes(member.name) ?? true;
  const decorators = table.methods === undefined ? member.decorators : owner.decorators;
  if (!isNamed) return [];
  const calls = decoratorCalls(decorators).filter(
    ({ package: origin, name }) => table.packages.includes(origin) && table.decorators.includes(name),
  );
  return calls.flatMap((call) =>
    table.details({ call, member, class: owner }).map((detail) => toTrigger(table.trigger, detail, { call, member, class: owner })),
  );
}

function toTrigger(trigger: TriggerFact['trigger'], detail: string | undefined, { call, member, class: owner }: TriggerPlace): TriggerFact {
  return {
    kind: 'trigger',
    id: toEntryPointId(`${trigger} ${detail ?? 'unknown'} ${moduleOf(owner.symbol)}#${nameOf(member.symbol)}`),
    trigger,
    ...(detail === undefined ? {} : { detail }),
    handler: memberHandler(member),
    library: call.package,
    statement: { file: member.at.file, ...member.span },
    at: call.at,
  };
}
