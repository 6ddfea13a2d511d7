/**
 * Rewrites the placeholders of other drivers (`?`, `:name`, `@name`) as `$n`, and the identifier placeholders of knex
 * (`??`, `:name:`) as a name that is a hole. `undefined` when there are none. String literals and comments are kept.
 */
export function replacePlaceholders(text: string): string | undefined {
  let count = 0;
  const replaced = rewriteCode(text, (code) =>
    code.replace(/\?\?|\?(?![|&?])|(?<![:\w]):[A-Za-z_]\w*(?!\w)(?::(?!:))?|(?<![@\w])@[A-Za-z_]\w*/g, (match) => {
      count++;
      return match === '??' || match.endsWith(':') ? 'banyan_hole_999_x' : `$${count}`;
    }),
  );
  return count === 0 ? undefined : replaced;
}

/** Back-ticks become the quotes of the standard. */
export const replaceBackTicks = (text: string): string => rewriteCode(text, (code) => code.replace(/`([^`]*)`/g, '"$1"'));

/** Literals, quoted names, comments and dollar-quoted bodies: the pieces in which nothing may be changed. */
const untouchable = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$/g;

/** Rewrites what is code in a text. */
export function rewriteCode(text: string, rewrite: (code: string) => string): string {
  let result = '';
  let end = 0;
  for (const match of text.matchAll(untouchable)) {
    result += rewrite(text.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return result + rewrite(text.slice(end));
}
