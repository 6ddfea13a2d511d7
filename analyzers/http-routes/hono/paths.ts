/** One part of a path as Hono writes it: `:id`, `:id{[0-9]+}`, either with `?`, `*`, or plain text. */
const PARAMETER = /^:([\w-]+)(\{(.+)\})?(\?)?$/;

/** Expressions that match slashes too. */
const ANYTHING = new Set(['.+', '.*', '.+?', '.*?']);

/** Paths in Banyan's spelling: two where the last part is optional. */
export function honoPaths(written: string): readonly string[] {
  const parts = splitPath(written);
  const last = parts.at(-1);
  const isOptional = last !== undefined && PARAMETER.exec(last)?.[4] !== undefined;
  const whole = `/${parts.map(rename).join('/')}`;
  return isOptional ? [whole, `/${parts.slice(0, -1).map(rename).join('/')}`] : [whole];
}

/** Slashes in an expression separate nothing. */
function splitPath(written: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const letter of written) {
    if (letter === '{') depth += 1;
    if (letter === '}') depth -= 1;
    if (letter === '/' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  return [...parts, part].filter((one) => one !== '');
}

function rename(part: string): string {
  const found = PARAMETER.exec(part);
  if (found === null) return part;
  return ANYTHING.has(found[3] ?? '') ? `{${found[1]}+}` : `{${found[1]}}`;
}
