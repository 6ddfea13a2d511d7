/** A field of a root type in the text of a schema, and the offset at which it is named. */
export interface DeclaredField {
  /** `Query.orders`. */
  readonly name: string;
  readonly offset: number;
}

const ROOT_TYPE = /\btype\s+(Query|Mutation|Subscription)\b[^{]*\{/g;

/** Fields of the root types that a text of the schema language declares or extends. */
export function rootFieldsIn(text: string): readonly DeclaredField[] {
  const plain = withoutRemarks(text);
  return [...plain.matchAll(ROOT_TYPE)].flatMap((found) =>
    fieldsFrom(plain, found.index + found[0].length).map(({ name, offset }) => ({ name: `${found[1]}.${name}`, offset })),
  );
}

/** Comments, descriptions and other strings made blank, so that offsets stay. */
const withoutRemarks = (text: string): string =>
  text.replace(/"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*/g, (remark) => remark.replace(/[^\n]/g, ' '));

const TOKEN = /[{}()[\]:]|@?\w+/g;

/** Names before a colon or the parenthesis of arguments, up to the brace that closes the type. */
function fieldsFrom(text: string, start: number): readonly DeclaredField[] {
  const fields: DeclaredField[] = [];
  let depth = 0;
  let last: DeclaredField | undefined;
  TOKEN.lastIndex = 0;
  for (const { 0: token, index } of text.slice(start).matchAll(TOKEN)) {
    if (depth === 0 && token === '}') break;
    if (depth === 0 && last !== undefined && (token === '(' || token === ':')) fields.push(last);
    if (token === '(' || token === '{' || token === '[') depth += 1;
    if (token === ')' || token === '}' || token === ']') depth -= 1;
    last = depth === 0 && /^\w/.test(token) ? { name: token, offset: start + index } : undefined;
  }
  return unique(fields);
}

const unique = (fields: readonly DeclaredField[]): readonly DeclaredField[] => [
  ...new Map(fields.map((field) => [field.name, field])).values(),
];
