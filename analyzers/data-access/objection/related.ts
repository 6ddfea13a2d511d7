import type { Relation } from '../mappers/entity.ts';
import type { Held } from '../mappers/held-value.ts';
import type { Model, ModelIndex } from './models.ts';

/** A relation, and the model that has it. */
export interface OwnedRelation {
  readonly owner: Model;
  readonly relation: Relation;
}

export const modelsIn = (models: ModelIndex, held: readonly Held[]): readonly Model[] => [
  ...new Set(
    held.flatMap((one): readonly Model[] => {
      if (one.kind === 'library') return modelsIn(models, one.of);
      return one.kind === 'class' || one.kind === 'instance' ? [models.of(one.symbol)].filter((model) => model !== undefined) : [];
    }),
  ),
];

export const relationsNamed = (models: ModelIndex, held: readonly Held[], name: string): readonly OwnedRelation[] =>
  modelsIn(models, held).flatMap((owner) => {
    const relation = owner.relations.get(name);
    return relation === undefined ? [] : [{ owner, relation }];
  });
