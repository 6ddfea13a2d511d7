import { distinctTriggers, triggerOf } from '../../../src/analyze/trigger-fact.ts';
import type { BootClass, BootEffect, BootMember, BootTrace, BootValue } from '../../../src/model/boot-trace.ts';
import type { TriggerFact } from '../../../src/model/fact.ts';
import { moduleOf, nameOf, toEntryPointId } from '../../../src/model/ids.ts';
import { FIELD_DECORATORS } from './type-graphql.ts';

/** Fields that functions of the program answer; a field without its type is told by the root type that the schema names. */
export function operations(trace: BootTrace, rootTypeOf: (field: string) => string): readonly TriggerFact[] {
  const written = trace.effects.filter(({ verb }) => verb === 'operation').flatMap((effect) => fieldOf(effect, rootTypeOf));
  return distinctTriggers([...written, ...(trace.classes ?? []).flatMap(decorated)]);
}

function fieldOf(effect: BootEffect, rootTypeOf: (field: string) => string): readonly TriggerFact[] {
  const [name, ...functions] = effect.arguments;
  if (name?.kind !== 'constant') return [];
  const field = String(name.value);
  const detail = field.includes('.') ? field : `${rootTypeOf(field)}.${field}`;
  const callback = functions.find(({ kind }) => kind === 'function') ?? functions[0];
  const fact = triggerOf(effect, { trigger: 'operation', library: 'graphql', callback, detail, label: detail });
  return [callback?.kind === 'function' ? { ...fact, at: callback.at } : fact];
}

function decorated(owner: BootClass): readonly TriggerFact[] {
  return owner.members.flatMap((member) =>
    member.decorators.flatMap(({ value, at, span }) => {
      const name = decoratorName(value);
      if (name === undefined || member.kind !== 'method') return [];
      const detail = `${FIELD_DECORATORS[name] ?? objectType(owner)}.${fieldName(value) ?? member.name}`;
      return [toTrigger(member, detail, { at, statement: { file: at.file, ...span } })];
    }),
  );
}

const toTrigger = (
  { symbol, closure }: BootMember,
  detail: string,
  { at, statement }: Pick<TriggerFact, 'at' | 'statement'>,
): TriggerFact => ({
  kind: 'trigger',
  id: toEntryPointId(`operation ${detail} ${moduleOf(symbol)}#${nameOf(symbol)}`),
  trigger: 'operation',
  detail,
  handler: { module: moduleOf(symbol), symbol, ...(closure === undefined ? {} : { closure }) },
  library: 'type-graphql',
  statement,
  at,
});

function decoratorName(value: BootValue): string | undefined {
  if (value.kind !== 'external' || value.package !== 'type-graphql') return undefined;
  const name = value.path.at(-1);
  return name !== undefined && Object.hasOwn(FIELD_DECORATORS, name) ? name : undefined;
}

/** `{ name: 'orders' }` among the arguments of a decorator. */
function fieldName(value: BootValue): string | undefined {
  const given = value.kind === 'external' ? (value.arguments ?? []) : [];
  for (const argument of given) {
    const name = argument.kind === 'object' ? argument.properties.name : undefined;
    if (name?.kind === 'constant' && typeof name.value === 'string') return name.value;
  }
  return undefined;
}

/** `@Resolver(Order)` and `@Resolver(() => Order)`. */
function objectType({ decorators }: BootClass): string {
  for (const { value } of decorators) {
    if (value.kind !== 'external' || value.package !== 'type-graphql' || value.path.at(-1) !== 'Resolver') continue;
    const [of] = value.arguments ?? [];
    const type = of?.kind === 'function' && 'result' in of ? of.result : of;
    if (type?.kind === 'class') return nameOf(type.symbol);
  }
  return 'Object';
}
