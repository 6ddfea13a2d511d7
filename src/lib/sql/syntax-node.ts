import { qualifiedTable } from './qualified-table.ts';
/** A node of the grammar's tree: plain JSON whose shape is the database's, read field by field. */
export type SyntaxNode = Readonly<Record<string, unknown>>;

export const isNode = (value: unknown): value is SyntaxNode => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The node in a field, or an empty one. */
export const nodeAt = (node: SyntaxNode, field: string): SyntaxNode => {
  const value = node[field];
  return isNode(value) ? value : {};
};

/** The nodes of a list field, each still wrapped in its tag. */
export const nodesAt = (node: SyntaxNode, field: string): readonly SyntaxNode[] => {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
};

export const textAt = (node: SyntaxNode, field: string): string | undefined => {
  const value = node[field];
  return typeof value === 'string' ? value : undefined;
};

/** The members of a list field that carry one tag, unwrapped. */
export const taggedAt = (node: SyntaxNode, field: string, tag: string): readonly SyntaxNode[] =>
  nodesAt(node, field).flatMap((item) => (isNode(item[tag]) ? [item[tag] as SyntaxNode] : []));

/** Text of a list of `String` nodes: a column list, a qualified name. */
export const stringsAt = (node: SyntaxNode, field: string): readonly string[] =>
  taggedAt(node, field, 'String').flatMap((item) => textAt(item, 'sval') ?? []);

/** SQL name of a `RangeVar`, its schema kept unless it is the default one. */
export const tableNameOf = (relation: SyntaxNode): string | undefined =>
  qualifiedName(textAt(relation, 'schemaname'), textAt(relation, 'relname'));

export const qualifiedName = (schema: string | undefined, name: string | undefined): string | undefined =>
  name === undefined ? undefined : qualifiedTable(schema, name);
