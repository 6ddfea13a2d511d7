import { isNode, nodeAt, qualifiedName, stringsAt } from './syntax-node.ts';

/** Functions of the program's own database that a statement reads from as from a table, or calls by `CALL`: what they touch stands in them. */
export function readFunctions(statement: unknown): readonly string[] {
  if (Array.isArray(statement)) return statement.flatMap(readFunctions);
  if (!isNode(statement)) return [];
  return Object.entries(statement).flatMap(([key, child]) => {
    if (defining.has(key)) return [];
    return key === 'RangeFunction' || key === 'CallStmt' ? ownFunctions(child) : readFunctions(child);
  });
}

/** The statements that define a function say what is in it. */
const defining: ReadonlySet<string> = new Set(['CreateFunctionStmt', 'DoStmt', 'ViewStmt']);

function ownFunctions(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(ownFunctions);
  if (!isNode(node)) return [];
  return Object.entries(node).flatMap(([key, child]) => {
    if ((key !== 'FuncCall' && key !== 'funccall') || !isNode(child)) return ownFunctions(child);
    const names = stringsAt(child, 'funcname');
    const [schema, name] = names.length > 1 ? names.slice(-2) : [undefined, names[0]];
    const written = isBuiltIn(schema, name ?? '') ? [] : [qualifiedName(schema, name) ?? ''];
    return [...written, ...ownFunctions(nodeAt(child, 'args'))];
  });
}

const isBuiltIn = (schema: string | undefined, name: string): boolean =>
  schema === undefined ? builtIn.test(name) : schema === 'pg_catalog' || schema === 'information_schema';

/** Functions of Postgres that give rows. */
const builtIn =
  /^(?:pg_|jsonb?_|xml|ts_|regexp_|generate_(?:series|subscripts)$|unnest$|string_to_(?:table|array)$|aclexplode$|current_|now$|coalesce$)/;
