import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { classOf, decoratorCalls, flatValues, propertyOf, textOf } from '../../src/analyze/decorator-calls.ts';
import { type MemberTriggers, memberTriggers, type TriggerPlace } from '../../src/analyze/member-triggers.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';
import { nameOf, type SymbolId } from '../../src/model/ids.ts';

const PACKAGES = ['@nestjs/graphql'];
const OPERATIONS = ['Query', 'Mutation', 'Subscription'];
const FIELDS = ['ResolveField', 'ResolveProperty', 'ResolveReference'];

/** `@nestjs/graphql`: methods of resolvers that operations start. */
export const nestGraphqlModel: LibraryModel = {
  name: 'nest-graphql',
  packages: PACKAGES,
  exports: {},
  objects: {},
  decorators: Object.fromEntries([...OPERATIONS, ...FIELDS].map((name) => [name, { handles: true as const }])),
};

/** `Query.orders`: by the name that the decorator gives, as a text or in its options, else the method's. */
const operationName = ({ call, member }: TriggerPlace): readonly string[] => [`${call.name}.${nameGiven(call) ?? member.name}`];

const nameGiven = ({ arguments: given }: TriggerPlace['call']): string | undefined =>
  given.map((one) => textOf(one) ?? textOf(propertyOf(one, 'name'))).find((text) => text !== undefined);

/** `Order.items`: of the type that the resolver is for. */
function fieldName({ call, member, class: owner }: TriggerPlace): readonly (string | undefined)[] {
  const resolver = decoratorCalls(owner.decorators).find(({ package: origin, name }) => PACKAGES.includes(origin) && name === 'Resolver');
  const [type] = (resolver?.arguments ?? []).flatMap(flatValues);
  const made = type === undefined ? undefined : classOf(type);
  const name = made === undefined ? textOf(type) : nameOf(made as SymbolId);
  const field = call.name === 'ResolveReference' ? '__resolveReference' : (nameGiven(call) ?? member.name);
  return [name === undefined ? undefined : `${name}.${field}`];
}

const TRIGGERS: readonly MemberTriggers[] = [
  { packages: PACKAGES, decorators: OPERATIONS, trigger: 'operation', details: operationName },
  { packages: PACKAGES, decorators: FIELDS, trigger: 'operation', details: fieldName },
];

/** Operations and fields that resolvers of Nest answer. */
export const nestGraphqlAnalyzer = defineAnalyzer({
  name: 'nest-graphql',
  produces: ['trigger'],

  *analyze({ trace }) {
    yield* memberTriggers(trace, TRIGGERS);
  },
});
