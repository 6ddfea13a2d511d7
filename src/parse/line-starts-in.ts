/** Offset at which each line starts, as TypeScript counts them: `\n`, `\r\n`, `\r`, and the two Unicode separators. */
export function lineStartsIn(text: string): number[] {
  const lineStarts = [0];
  if (rareBreak.test(text)) for (const { index, 0: found } of text.matchAll(anyBreak)) lineStarts.push(index + found.length);
  // Almost all files have but one kind, which the engine finds several times as fast.
  else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  // The copy has no room to grow, which takes as much again.
  return lineStarts.slice();
}

const rareBreak = /[\r\u2028\u2029]/;
const anyBreak = /\r\n|[\r\n\u2028\u2029]/g;
