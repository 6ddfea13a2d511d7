/** Lists and records are told apart down to this depth; what stands deeper is one piece. */
const DEEPEST = 3;

/** What `JSON.stringify(value, undefined, 2)` gives, in pieces: a text has a greatest length, which the model of a large monolith exceeds. */
export function* jsonPieces(value: unknown, indent = '', depth = 0): Generator<string> {
  const entries = depth < DEEPEST ? entriesOf(value) : undefined;
  if (entries === undefined || entries.length === 0) {
    yield (JSON.stringify(value, undefined, 2) ?? 'null').replaceAll('\n', `\n${indent}`);
    return;
  }
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  let separator = `${open}\n`;
  for (const [name, inner] of entries) {
    yield `${separator}${indent}  ${name === undefined ? '' : `${JSON.stringify(name)}: `}`;
    yield* jsonPieces(inner, `${indent}  `, depth + 1);
    separator = ',\n';
  }
  yield `\n${indent}${close}`;
}

type Entry = readonly [name: string | undefined, value: unknown];

function entriesOf(value: unknown): readonly Entry[] | undefined {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return undefined;
  if (Array.isArray(value)) return value.map((element): Entry => [undefined, element]);
  return Object.entries(value).filter(([, inner]) => inner !== undefined);
}
