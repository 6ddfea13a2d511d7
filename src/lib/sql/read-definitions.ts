import { readAccesses } from './read-accesses.ts';
import type { SqlDefinition, SqlReference } from './sql-reading.ts';
import { isNode, nodeAt, nodesAt, qualifiedName, type SyntaxNode, stringsAt, tableNameOf, taggedAt, textAt } from './syntax-node.ts';

/** Changes of the schema that one statement makes. */
export function readDefinitions(statement: SyntaxNode, offset: number): readonly SqlDefinition[] {
  const [tag, node] = Object.entries(statement)[0] ?? [];
  const read = tag !== undefined && Object.hasOwn(readers, tag) ? readers[tag] : undefined;
  return read === undefined || !isNode(node) ? [] : read(node, offset);
}

const readers: Readonly<Record<string, (node: SyntaxNode, offset: number) => readonly SqlDefinition[]>> = {
  CreateStmt: createTable,
  AlterTableStmt: alterTable,
  CreateTableAsStmt: createTableAs,
  ViewStmt: (node, offset) => view(tableNameOf(nodeAt(node, 'view')), node.query, offset),
  RenameStmt: renameTable,
  DropStmt: dropTables,
};

function createTable(node: SyntaxNode, offset: number): readonly SqlDefinition[] {
  const table = tableNameOf(nodeAt(node, 'relation'));
  if (table === undefined) return [];
  const columns = taggedAt(node, 'tableElts', 'ColumnDef');
  const constraints = taggedAt(node, 'tableElts', 'Constraint');
  return [
    {
      kind: 'create-table',
      table,
      columns: columns.flatMap(columnName),
      references: [...columns.flatMap(columnReferences), ...constraints.flatMap((constraint) => reference(constraint))],
      offset,
    },
  ];
}

function alterTable(node: SyntaxNode, offset: number): readonly SqlDefinition[] {
  const table = tableNameOf(nodeAt(node, 'relation'));
  if (table === undefined || node.objtype !== 'OBJECT_TABLE') return [];
  const commands = taggedAt(node, 'cmds', 'AlterTableCmd');
  const columns = commands
    .filter((command) => command.subtype === 'AT_AddColumn')
    .map((command) => nodeAt(nodeAt(command, 'def'), 'ColumnDef'));
  const constraints = commands
    .filter((command) => command.subtype === 'AT_AddConstraint')
    .map((command) => nodeAt(nodeAt(command, 'def'), 'Constraint'));
  return [
    {
      kind: 'alter-table',
      table,
      addedColumns: columns.flatMap(columnName),
      droppedColumns: commands.filter((command) => command.subtype === 'AT_DropColumn').flatMap((command) => textAt(command, 'name') ?? []),
      references: [...columns.flatMap(columnReferences), ...constraints.flatMap((constraint) => reference(constraint))],
      offset,
    },
  ];
}

function createTableAs(node: SyntaxNode, offset: number): readonly SqlDefinition[] {
  const table = tableNameOf(nodeAt(nodeAt(node, 'into'), 'rel'));
  if (table === undefined) return [];
  if (node.objtype === 'OBJECT_MATVIEW') return view(table, node.query, offset);
  return [{ kind: 'create-table', table, columns: [], references: [], offset }];
}

function view(name: string | undefined, query: unknown, offset: number): readonly SqlDefinition[] {
  if (name === undefined) return [];
  return [{ kind: 'create-view', table: name, reads: [...new Set(readAccesses(query).map((access) => access.table))], offset }];
}

function renameTable(node: SyntaxNode, offset: number): readonly SqlDefinition[] {
  const relation = nodeAt(node, 'relation');
  const table = tableNameOf(relation);
  const to = qualifiedName(textAt(relation, 'schemaname'), textAt(node, 'newname'));
  return node.renameType !== 'OBJECT_TABLE' || table === undefined || to === undefined ? [] : [{ kind: 'rename-table', table, to, offset }];
}

function dropTables(node: SyntaxNode, offset: number): readonly SqlDefinition[] {
  if (node.removeType !== 'OBJECT_TABLE') return [];
  return nodesAt(node, 'objects').flatMap((object) => {
    const path = stringsAt(nodeAt(object, 'List'), 'items');
    const table = qualifiedName(path.at(-2), path.at(-1));
    return table === undefined ? [] : [{ kind: 'drop-table' as const, table, offset }];
  });
}

const columnName = (column: SyntaxNode): readonly string[] => [textAt(column, 'colname') ?? []].flat();

const columnReferences = (column: SyntaxNode): readonly SqlReference[] =>
  taggedAt(column, 'constraints', 'Constraint').flatMap((constraint) => reference(constraint, columnName(column)));

function reference(constraint: SyntaxNode, columns = stringsAt(constraint, 'fk_attrs')): readonly SqlReference[] {
  if (constraint.contype !== 'CONSTR_FOREIGN') return [];
  const table = tableNameOf(nodeAt(constraint, 'pktable'));
  return table === undefined ? [] : [{ table, columns }];
}
