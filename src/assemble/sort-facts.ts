import { sortedBy } from '../lib/sort.ts';
import type { Fact, FactKind, FactOf } from '../model/fact.ts';

/** Facts of one kind, each once, by id and place. */
export function factsOf<K extends FactKind>(facts: readonly Fact[], kind: K): readonly FactOf<K>[] {
  const ofKind = facts.filter((fact): fact is FactOf<K> => fact.kind === kind);
  return sortedBy(new Map(ofKind.map((fact) => [keyOf(fact), fact])).values(), keyOf);
}

const keyOf = (fact: Fact): string => [identityOf(fact), placeOf(fact), JSON.stringify(fact)].join('\u0000');

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
