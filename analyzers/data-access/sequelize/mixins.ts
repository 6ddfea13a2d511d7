import type { Entity, Relation } from '../mappers/entity.ts';
import { pluralize, singularize } from './naming.ts';

export type MixinAction = 'read' | 'create' | 'add' | 'remove';

/** A method that an association gives to instances: `author.getBooks()`. */
export interface Mixin {
  readonly relation: Relation;
  readonly action: MixinAction;
}

const actions: readonly (readonly [RegExp, MixinAction])[] = [
  [/^(?:get|count|has)([A-Z].*)$/, 'read'],
  [/^create([A-Z].*)$/, 'create'],
  [/^(?:add|set)([A-Z].*)$/, 'add'],
  [/^remove([A-Z].*)$/, 'remove'],
];

export function mixinOf(model: Entity | undefined, method: string): Mixin | undefined {
  if (model === undefined) return undefined;
  for (const [pattern, action] of actions) {
    const name = pattern.exec(method)?.[1];
    if (name === undefined) continue;
    const wanted = name.toLowerCase();
    const relation = [...model.relations.values()].find(({ property }) =>
      [property, singularize(property), pluralize(property)].some((one) => one.toLowerCase() === wanted),
    );
    if (relation !== undefined) return { relation, action };
  }
  return undefined;
}
