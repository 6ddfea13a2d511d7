import type { SqlAccess, SqlOperation } from './sql-reading.ts';
import { isNode, nodeAt, type SyntaxNode, tableNameOf, taggedAt, textAt } from './syntax-node.ts';

/** Tables a statement touches, in order of appearance, repeated ones included. */
export function readAccesses(statement: unknown): readonly SqlAccess[] {
  const accesses: SqlAccess[] = [];
  walk(statement, { names: new Set(), accesses });
  return accesses;
}

/** Names that mean a common table expression here, and where accesses are collected. */
interface Scope {
  readonly names: ReadonlySet<string>;
  readonly accesses: SqlAccess[];
}

type Visit = (node: SyntaxNode, scope: Scope) => void;

/** By tag or by field name: fields of a fixed type (`larg`, `relation`) hold their node without a tag. */
const visits: Readonly<Record<string, Visit>> = {
  RangeVar: (node, scope) => record(node, 'read', scope),
  SelectStmt: (node, scope) => visitQuery(node, scope, [], ['intoClause']),
  larg: (node, scope) => visitQuery(node, scope, [], ['intoClause']),
  rarg: (node, scope) => visitQuery(node, scope, [], ['intoClause']),
  intoClause: (node, scope) => record(nodeAt(node, 'rel'), 'create', scope),
  InsertStmt: (node, scope) => visitQuery(node, scope, [node.onConflictClause === undefined ? 'create' : 'upsert']),
  UpdateStmt: (node, scope) => visitQuery(node, scope, ['update']),
  DeleteStmt: (node, scope) => visitQuery(node, scope, ['delete']),
  MergeStmt: (node, scope) => visitQuery(node, scope, mergeOperations(node)),
  TruncateStmt: (node, scope) => {
    for (const relation of taggedAt(node, 'relations', 'RangeVar')) record(relation, 'delete', scope);
  },
  CopyStmt: (node, scope) => visitQuery(node, scope, node.relation === undefined ? [] : [node.is_from === true ? 'create' : 'read']),
  CreateTableAsStmt: (node, scope) => {
    if (node.objtype === 'OBJECT_TABLE') record(nodeAt(nodeAt(node, 'into'), 'rel'), 'create', scope);
    walk(node.query, scope);
  },
};

/** Statements that change the schema or the session: nothing in them is an access to rows. */
const withoutAccess: ReadonlySet<string> = new Set([
  'AlterTableStmt',
  'CommentStmt',
  'CreateFunctionStmt',
  'CreatePolicyStmt',
  'CreateSeqStmt',
  'CreateStmt',
  'CreateTrigStmt',
  'DoStmt',
  'GrantStmt',
  'IndexStmt',
  'LockStmt',
  'AlterSeqStmt',
  'AlterOwnerStmt',
  'RenameStmt',
  'RuleStmt',
  'VacuumStmt',
  'ViewStmt',
]);

function walk(value: unknown, scope: Scope): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, scope);
    return;
  }
  if (!isNode(value)) return;
  for (const [key, child] of Object.entries(value)) {
    if (withoutAccess.has(key)) continue;
    const visit = Object.hasOwn(visits, key) ? visits[key] : undefined;
    if (visit !== undefined && isNode(child)) visit(child, scope);
    else walk(child, scope);
  }
}

/** Visits a query with its common table expressions in scope; `operations` are done to its own `relation`. */
function visitQuery(node: SyntaxNode, outer: Scope, operations: readonly SqlOperation[], tagged: readonly string[] = []): void {
  const scope = withExpressions(node, outer);
  for (const operation of operations) record(nodeAt(node, 'relation'), operation, outer);
  for (const field of tagged) {
    const visit = visits[field];
    const child = node[field];
    if (visit !== undefined && isNode(child)) visit(child, scope);
  }
  for (const [field, child] of Object.entries(node)) {
    if (field === 'relation' || field === 'withClause' || tagged.includes(field)) continue;
    walk({ [field]: child }, scope);
  }
}

function withExpressions(node: SyntaxNode, outer: Scope): Scope {
  const clause = nodeAt(node, 'withClause');
  const expressions = taggedAt(clause, 'ctes', 'CommonTableExpr');
  const all = new Set([...outer.names, ...expressions.flatMap((expression) => textAt(expression, 'ctename') ?? [])]);
  const seen = new Set(outer.names);
  for (const expression of expressions) {
    walk(expression.ctequery, { names: clause.recursive === true ? all : new Set(seen), accesses: outer.accesses });
    seen.add(textAt(expression, 'ctename') ?? '');
  }
  return { names: all, accesses: outer.accesses };
}

function mergeOperations(node: SyntaxNode): readonly SqlOperation[] {
  const commands = taggedAt(node, 'mergeWhenClauses', 'MergeWhenClause').map((clause) => clause.commandType);
  const inserts = commands.includes('CMD_INSERT');
  const updates = commands.includes('CMD_UPDATE');
  const changes: readonly SqlOperation[] = inserts && updates ? ['upsert'] : inserts ? ['create'] : updates ? ['update'] : [];
  return commands.includes('CMD_DELETE') ? [...changes, 'delete'] : changes;
}

function record(relation: SyntaxNode, operation: SqlOperation, scope: Scope): void {
  const table = tableNameOf(relation);
  if (table === undefined || isCatalogTable(relation)) return;
  const isExpression = relation.schemaname === undefined && operation === 'read' && scope.names.has(table);
  if (!isExpression) scope.accesses.push({ table, operation });
}

/** Tables of the database itself hold no data of the application. */
function isCatalogTable(relation: SyntaxNode): boolean {
  const schema = textAt(relation, 'schemaname');
  if (schema !== undefined) return schema === 'pg_catalog' || schema === 'information_schema';
  return textAt(relation, 'relname')?.startsWith('pg_') ?? false;
}
