/** Reads JSON that people write by hand: comments and trailing commas allowed, as in `tsconfig.json`. Undefined when it is broken. */
export function parseJsonWithComments(text: string): unknown {
  // Strings are matched first, so that what looks like a comment inside one stays.
  const bare = text
    .replace(/^\uFEFF/, '')
    .replace(/"(?:\\.|[^"\\])*"|\/\/[^\n\r]*|\/\*[\s\S]*?\*\//g, (token) => (token.startsWith('"') ? token : ' '));
  const strict = bare.replace(/"(?:\\.|[^"\\])*"|,(?=\s*[}\]])/g, (token) => (token === ',' ? '' : token));
  try {
    return JSON.parse(strict);
  } catch {
    return undefined;
  }
}
