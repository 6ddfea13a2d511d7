/** Offset at which each line of a text starts. */
export const lineStartsOf = (text: string): readonly number[] => [
  0,
  ...Array.from(text.matchAll(/\r\n|\r|\n/g), (match) => match.index + match[0].length),
];
