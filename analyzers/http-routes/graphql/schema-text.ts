/** A field of a root type in the text of a schema, and the offset at which it is named. */
export interface DeclaredField {
  /** `Query.orders`. */
  readonly name: string;
  readonly offset: number;
}

const OBJECT_TYPE = /\btype\s+(\w+)\b[^{}]*\{/g;
const SCHEMA = /\bschema\b[^{}]*\{([^}]*)\}/;

/** Fields of the root types that a text of the schema language declares or extends. */
export function rootFieldsIn(text: string): readonly DeclaredField[] {
  const plain = withoutRemarks(text);
  const roots = rootTypes(plain);
  return [...plain.matchAll(OBJECT_TYPE)]
    .filter(([, type = '']) => roots.has(type))
    .flatMap((found) =>
      fieldsFrom(plain, found.index + found[0].length).map(({ name, offset }) => ({ name: `${found[1]}.${name}`, offset })),
    );
}

/** `schema { query: Query }` says which types are roots; without it they are known by their names. */
function rootTypes(text: string): ReadonlySet<string> {
  const written = SCHEMA.exec(text)?.[1];
  if (written === undefined) return new Set(['Query', 'Mutation', 'Subscription']);
  return new Set([...written.matchAll(/:\s*(\w+)/g)].flatMap(([, name]) => name ?? []));
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
