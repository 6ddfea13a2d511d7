import type { PrismaModel, PrismaRelation, PrismaSchema } from '../../../src/lib/prisma/prisma-schema.ts';
import type { TableOperation } from '../../../src/model/fact.ts';
import type { Expression } from '../../../src/model/file-syntax.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { type CallFlow, originsOf } from '../flow/call-flow.ts';
import { bare, type CodeValue, callOf, declared, valueAt } from '../flow/code-value.ts';
import type { PrismaOperation } from './prisma-operations.ts';

export interface PrismaAccess {
  readonly table: string;
  readonly operation: TableOperation;
}

export interface PrismaReading {
  /** The model's own table first; each access once. */
  readonly accesses: readonly PrismaAccess[];
  /** A part that may name relations could not be read. */
  readonly isPartial: boolean;
}

/** Tables an operation touches: its own, and those of the relations that its arguments name. */
export function readPrismaArguments(flow: CallFlow, schema: PrismaSchema, found: PrismaOperation): PrismaReading {
  const reader: Reader = {
    flow,
    program: flow.program,
    schema,
    accesses: new Map(),
    partial: [],
    depth: 0,
    isNew: found.operation === 'create',
  };
  add(reader, found.model.table, found.operation);
  const [argument] = found.site.call.arguments;
  if (argument !== undefined) {
    eachProperty(reader, valueAt(found.site, argument), (key, value) => {
      const isFlat = key === 'data' && found.method.includes('Many');
      const read = !isFlat && Object.hasOwn(topLevel, key) ? topLevel[key] : undefined;
      read?.({ ...reader, isNew: reader.isNew || key === 'create' }, found.model, value);
    });
  }
  return { accesses: [...reader.accesses.values()], isPartial: reader.partial.length > 0 && found.model.relations.size > 0 };
}

interface Reader {
  readonly flow: CallFlow;
  readonly program: ProgramQueries;
  readonly schema: PrismaSchema;
  readonly accesses: Map<string, PrismaAccess>;
  /** Expressions that could not be read. */
  readonly partial: Expression[];
  readonly depth: number;
  /** What is written belongs to a row that is made now. */
  readonly isNew: boolean;
}

type Read = (reader: Reader, model: PrismaModel, value: CodeValue) => void;

const topLevel: Readonly<Record<string, Read>> = {
  where: readFilter,
  include: readSelection,
  select: readSelection,
  orderBy: readOrder,
  data: readData,
  create: readData,
  update: readData,
};

const DEEPEST = 12;

function add(reader: Reader, table: string, operation: TableOperation): void {
  reader.accesses.set(`${operation} ${table}`, { table, operation });
}

/** Reading through a relation reads the other table, and the join table between them. */
function addRelated(reader: Reader, relation: PrismaRelation, operation: TableOperation): PrismaModel | undefined {
  const target = reader.schema.models.get(relation.model);
  if (target !== undefined) add(reader, target.table, operation);
  if (operation === 'read') addJoin(reader, relation, 'read');
  return target;
}

function addJoin(reader: Reader, { joinTable }: PrismaRelation, operation: TableOperation): void {
  if (joinTable !== undefined) add(reader, joinTable, operation);
}

/** Visits the properties of what may be an object or an array of objects; remembers what is neither. */
function eachProperty(outer: Reader, value: CodeValue, visit: (key: string, value: CodeValue, reader: Reader) => void): void {
  const reader = { ...outer, depth: outer.depth + 1 };
  if (reader.depth > DEEPEST) return;
  for (const literal of literalsOf(reader.flow, value)) {
    const { expression } = literal;
    if (expression.kind === 'array') {
      for (const element of expression.elements)
        eachProperty(reader, { ...literal, expression: element.kind === 'spread' ? element.value : element }, visit);
    } else if (expression.kind === 'object') {
      for (const property of expression.properties) {
        const inner = { ...literal, expression: property.value };
        if (property.key !== undefined) visit(property.key, inner, reader);
        else if (property.value.kind === 'spread') eachProperty(reader, { ...inner, expression: property.value.value }, visit);
        else reader.partial.push(property.value);
      }
    } else if (expression.kind !== 'literal') reader.partial.push(expression);
  }
}

/** Follows names, and calls of functions that only return literals (`items.map(toRow)` gives what the callback returns). */
function literalsOf(flow: CallFlow, value: CodeValue, depth = 0): readonly CodeValue[] {
  const { program } = flow;
  return originsOf(flow, value, 3).flatMap((found) => {
    const returned = depth < 3 ? returnedBy(program, found) : undefined;
    if (returned !== undefined) return returned.flatMap((one) => literalsOf(flow, one, depth + 1));
    return [found, ...pushedInto(program, value, found).flatMap((pushed) => literalsOf(flow, pushed, depth + 1))];
  });
}

function returnedBy(program: ProgramQueries, value: CodeValue): readonly CodeValue[] | undefined {
  const site = callOf(value);
  if (site === undefined) return undefined;
  const { callee } = site.call;
  const [first] = site.call.arguments;
  if (callee.kind === 'member' && callee.property === 'map' && first !== undefined) return returnsOf(program, valueAt(site, first));
  return returnsOf(program, valueAt(site, callee));
}

function returnsOf(program: ProgramQueries, callee: CodeValue): readonly CodeValue[] | undefined {
  const { module, owner, expression } = bare(callee);
  const referent =
    expression.kind === 'function'
      ? { kind: 'symbol' as const, symbol: program.symbolAt(module.id, expression.declaration) }
      : program.resolveExpression(module.id, owner, expression);
  const target = referent.kind === 'symbol' ? declared(program, referent.symbol) : undefined;
  const returns = target?.declaration.returns;
  if (target === undefined || returns === undefined || !returns.complete || returns.values.length === 0) return undefined;
  return returns.values.map((returned) => ({ module: target.module, owner: target.index, expression: returned }));
}

/** `const filters = []; filters.push({ … })`: elements that are added later. */
function pushedInto(program: ProgramQueries, value: CodeValue, found: CodeValue): readonly CodeValue[] {
  if (found.expression.kind !== 'array') return [];
  const { module, owner, expression } = bare(value);
  if (expression.kind !== 'name') return [];
  const referent = program.resolveName(module.id, owner, expression.name, expression.span.start);
  const target = referent.kind === 'symbol' ? declared(program, referent.symbol) : undefined;
  return (target?.declaration.written ?? []).flatMap(({ how, value: pushed }) =>
    how === 'push' && target !== undefined ? [{ module: target.module, owner: target.declaration.parent, expression: pushed }] : [],
  );
}

/** `where`: relations are joined. */
function readFilter(reader: Reader, model: PrismaModel, value: CodeValue): void {
  eachProperty(reader, value, (key, inner, next) => {
    const relation = model.relations.get(key);
    if (key === 'AND' || key === 'OR' || key === 'NOT') readFilter(next, model, inner);
    if (relation === undefined) return;
    const target = addRelated(next, relation, 'read');
    if (target !== undefined) readRelationFilter(next, target, inner);
  });
}

const quantifiers: ReadonlySet<string> = new Set(['some', 'every', 'none', 'is', 'isNot']);

function readRelationFilter(reader: Reader, target: PrismaModel, value: CodeValue): void {
  readFilter(reader, target, value);
  eachProperty(reader, value, (key, inner, next) => {
    if (quantifiers.has(key)) readFilter(next, target, inner);
  });
}

/** `include` and `select`: a relation that is not `false` is read, with the arguments of its own. */
function readSelection(reader: Reader, model: PrismaModel, value: CodeValue): void {
  eachProperty(reader, value, (key, inner, next) => {
    const relation = model.relations.get(key);
    if (key === '_count') readCounts(next, model, inner);
    if (relation === undefined || isFalse(inner)) return;
    const target = addRelated(next, relation, 'read');
    if (target !== undefined) readNested(next, target, inner);
  });
}

const isFalse = ({ expression }: CodeValue): boolean =>
  expression.kind === 'literal' && (expression.value === false || expression.value === undefined);

function readNested(reader: Reader, model: PrismaModel, value: CodeValue): void {
  eachProperty(reader, value, (key, inner, next) => {
    if (key === 'where') readFilter(next, model, inner);
    if (key === 'include' || key === 'select') readSelection(next, model, inner);
    if (key === 'orderBy') readOrder(next, model, inner);
  });
}

/** `_count: true` counts every list; `_count: { select: { tags: true } }` those named. Of a many-to-many the join table is counted. */
function readCounts(reader: Reader, model: PrismaModel, value: CodeValue): void {
  const count = (relation: PrismaRelation): void => {
    if (relation.joinTable === undefined) addRelated(reader, relation, 'read');
    else addJoin(reader, relation, 'read');
  };
  if (value.expression.kind === 'literal') {
    if (value.expression.value === true) for (const relation of model.relations.values()) if (relation.isList) count(relation);
    return;
  }
  eachProperty(reader, value, (key, inner, next) => {
    if (key !== 'select') return;
    eachProperty(next, inner, (field, filter, last) => {
      const relation = model.relations.get(field);
      if (relation === undefined || isFalse(filter)) return;
      count(relation);
      const target = reader.schema.models.get(relation.model);
      eachProperty(last, filter, (name, where, end) => {
        if (name !== 'where' || target === undefined) return;
        addRelated(end, relation, 'read');
        readFilter(end, target, where);
      });
    });
  });
}

function readOrder(reader: Reader, model: PrismaModel, value: CodeValue): void {
  eachProperty(reader, value, (key, inner, next) => {
    const relation = model.relations.get(key);
    const target = relation === undefined ? undefined : addRelated(next, relation, 'read');
    if (target !== undefined) readOrder(next, target, inner);
  });
}

/** `data`: a relation holds nested writes. */
function readData(reader: Reader, model: PrismaModel, value: CodeValue): void {
  eachProperty(reader, value, (key, inner, next) => {
    const relation = model.relations.get(key);
    const target = relation === undefined ? undefined : next.schema.models.get(relation.model);
    if (relation === undefined || target === undefined) return;
    eachProperty(next, inner, (name, nested, last) => {
      const write = Object.hasOwn(nestedWrites, name) ? nestedWrites[name] : undefined;
      write?.({ reader: last, relation, target, value: nested });
    });
  });
}

interface NestedWrite {
  readonly reader: Reader;
  readonly relation: PrismaRelation;
  readonly target: PrismaModel;
  readonly value: CodeValue;
}

const nestedWrites: Readonly<Record<string, (write: NestedWrite) => void>> = {
  create: (write) => {
    add(write.reader, write.target.table, 'create');
    join(write);
    readData({ ...write.reader, isNew: true }, write.target, write.value);
  },
  createMany: ({ reader, target }) => add(reader, target.table, 'create'),
  connectOrCreate: (write) => {
    add(write.reader, write.target.table, 'upsert');
    link(write, 'create');
    readParts(write, { where: readFilter, create: readData });
  },
  connect: (write) => {
    link(write, 'create');
    readFilter(write.reader, write.target, write.value);
  },
  disconnect: (write) => link(write, 'delete'),
  set: (write) => {
    link(write, 'delete');
    if (!isEmptyList(write.value)) link(write, 'create');
  },
  update: (write) => {
    add(write.reader, write.target.table, 'update');
    readParts(write, { where: readFilter, data: readData });
    readData(write.reader, write.target, write.value);
  },
  updateMany: (write) => {
    add(write.reader, write.target.table, 'update');
    readParts(write, { where: readFilter });
  },
  upsert: (write) => {
    add(write.reader, write.target.table, 'upsert');
    join(write);
    readParts(write, { where: readFilter, create: readData, update: readData });
  },
  delete: (write) => {
    add(write.reader, write.target.table, 'delete');
    addJoin(write.reader, write.relation, 'delete');
  },
  deleteMany: (write) => {
    add(write.reader, write.target.table, 'delete');
    readFilter(write.reader, write.target, write.value);
  },
};

const isEmptyList = ({ expression }: CodeValue): boolean => expression.kind === 'array' && expression.elements.length === 0;

/** A row is made with the key that joins it; of a row that can have one such only, the one before loses its key. */
function join({ reader, relation, target }: NestedWrite): void {
  addJoin(reader, relation, 'create');
  if (!reader.isNew && relation.holder === 'other' && !relation.isList) add(reader, target.table, 'update');
}

/** What joins two rows that are there lies in a join table, in the other row, or in the own row that is written anyway. */
function link({ reader, relation, target }: NestedWrite, operation: 'create' | 'delete'): void {
  if (relation.joinTable !== undefined) {
    addJoin(reader, relation, operation);
    if (operation === 'create') add(reader, target.table, 'read');
  } else if (relation.holder === 'other') add(reader, target.table, 'update');
  else if (operation === 'create') add(reader, target.table, 'read');
}

function readParts({ reader, target, value }: NestedWrite, parts: Readonly<Record<string, Read>>): void {
  eachProperty(reader, value, (key, inner, next) => {
    const read = Object.hasOwn(parts, key) ? parts[key] : undefined;
    read?.({ ...next, isNew: key === 'create' }, target, inner);
  });
}
