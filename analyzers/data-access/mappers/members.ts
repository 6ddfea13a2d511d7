/**
 * How code may have given a member: `set` is what it assigns or changes a list of, `perhaps` what another function does, or
 * what the type of a value that is taken as it is says it may have; `below` stands for a change of something inside the member.
 */
export type Giving = 'set' | 'perhaps' | 'below';

/** Undefined when the members are not known. */
export type Members = ReadonlyMap<string, Giving> | undefined;

export const NO_MEMBERS: ReadonlyMap<string, Giving> = new Map();

export const setMembers = (names: readonly string[], giving: Giving = 'set'): ReadonlyMap<string, Giving> =>
  new Map(names.map((name) => [name, giving]));

const weakestFirst: readonly Giving[] = ['below', 'perhaps', 'set'];

/** Of a value that several things were given to. */
export function joinMembers(all: readonly Members[]): Members {
  const known = all.filter((members) => members !== undefined);
  if (known.length < all.length) return undefined;
  const entries = known.flatMap((members) => [...members]);
  return new Map(weakestFirst.flatMap((giving) => entries.filter(([, one]) => one === giving)));
}

/** Of several ways to come to a value those that are known. */
export const knownMembers = (all: readonly Members[]): Members => {
  const known = all.filter((members) => members !== undefined);
  return known.length === 0 ? undefined : joinMembers(known);
};
