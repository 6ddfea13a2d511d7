const LONGEST_CELL = 300;

/** Text for a Markdown line or table cell: names from the analysed code can neither break the table nor become markup. */
export const text = (value: string): string =>
  flatten(value).replace(/[&<>|`*[\]\\~$]|(?<!\w)[_@#]|_(?!\w)/g, (character) => entity(character));

/** An identifier, path or code in monospace, safe in tables. */
export function code(value: string): string {
  const flat = flatten(value);
  if (flat === '') return '–';
  if (!/[`|\\]/.test(flat)) return `\`${flat}\``;
  return `<code>${flat.replace(/[^\w ./:{}-]/g, (character) => entity(character))}</code>`;
}

/** One code span for each value, joined by commas; a dash when there is none. */
export const codes = (values: readonly string[]): string => (values.length === 0 ? '–' : values.map(code).join(', '));

const entity = (character: string): string => `&#${character.codePointAt(0)};`;

/** One line without control characters, direction marks or runs of spaces, and of bounded length. */
function flatten(value: string): string {
  const line = value
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  const characters = Array.from(line);
  return characters.length <= LONGEST_CELL ? line : `${characters.slice(0, LONGEST_CELL - 1).join('')}…`;
}
