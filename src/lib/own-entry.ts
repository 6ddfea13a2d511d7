/** What a table says of a name that the analysed code wrote: nothing for `constructor` and other names that every object inherits. */
export const ownEntry = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
