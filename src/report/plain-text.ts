const LONGEST_LINE = 110;

/** `1 warning`, `3 warnings`. */
export const countOf = (count: number, singular: string): string => `${count} ${singular}${count === 1 ? '' : 's'}`;

/** At most a line of a wide terminal. */
export const clipped = (text: string, limit: number = LONGEST_LINE): string =>
  text.length <= limit ? text : `${text.slice(0, limit - 1).trimEnd()}…`;

/** The first names and how many more there are. */
export function firstOf(names: readonly string[], limit: number): string {
  const rest = names.length - limit;
  return rest > 0 ? `${names.slice(0, limit).join(', ')} and ${rest} more` : names.join(', ');
}
