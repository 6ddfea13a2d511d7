import { groupBy } from '../lib/group.ts';
import { sortedBy } from '../lib/sort.ts';
import type { Fact, FactKind, FactOf } from '../model/fact.ts';

/** Facts of one kind, each once, by id and place. */
export function factsOf<K extends FactKind>(facts: readonly Fact[], kind: K): readonly FactOf<K>[] {
  const ofKind = facts.filter((fact): fact is FactOf<K> => fact.kind === kind);
  const byKey = groupBy(ofKind, keyOf);
  return sortedBy(byKey, ([key]) => key).flatMap(([, alike]) => (alike.length === 1 ? alike : distinct(alike)));
}

/** The whole text of a fact is long: it is asked for only where id and place are the same. */
const distinct = <T extends Fact>(alike: readonly T[]): readonly T[] =>
  sortedBy(new Map(alike.map((fact) => [JSON.stringify(fact), fact])), ([text]) => text).map(([, fact]) => fact);

const keyOf = (fact: Fact): string => `${identityOf(fact)}\u0000${placeOf(fact)}`;

const placeOf = ({ at }: Fact): string => `${at.file} ${String(at.line).padStart(7, '0')} ${String(at.column).padStart(7, '0')}`;

function identityOf(fact: Fact): string {
  switch (fact.kind) {
    case 'table-access':
      return fact.table;
    case 'state':
      return fact.symbol;
    case 'environment-read':
      return fact.variable;
    case 'external-call':
    case 'workload':
      return fact.symbol;
    default:
      return fact.id;
  }
}
