/** Longer ones are generated, and cost more to judge than they tell. */
const LONGEST = 200;
/** A group that repeats what may itself repeat, or one of several: `(a+)*`, `(a|aa)+`. */
const REPEATED_CHOICE = /[+*}|][^()]*\)[+*{]/;

/**
 * Whether a regular expression of the analysed code may take more than polynomial time on a text: such a one is not run.
 * Strict where that is not sure.
 */
export const mayTakeLong = (source: string): boolean => source.length > LONGEST || REPEATED_CHOICE.test(source);
