import { posix } from 'node:path';
import type { PrismaJoinTable, PrismaModel, PrismaRelation, PrismaSchema } from './prisma-schema.ts';
import { type PrismaBlock, type PrismaLine, readPrismaBlocks } from './read-prisma-blocks.ts';

/** Reads the files of one Prisma schema; the first model of a name counts. */
export function readPrismaSchema(files: readonly { readonly path: string; readonly text: string }[]): PrismaSchema {
  const blocks = files.flatMap(({ path, text }) => readPrismaBlocks(text).map((block) => ({ path, block })));
  const isRelational = !blocks.some(({ block }) => block.keyword === 'datasource' && block.lines.some(isMongo));
  const drafts = new Map<string, ModelDraft>();
  for (const { path, block } of blocks) if (isModel(block) && !drafts.has(block.name)) drafts.set(block.name, readModel(path, block));
  const models = new Map([...drafts].map(([name, draft]) => [name, complete(draft, drafts, isRelational)]));
  return {
    models,
    accessors: new Map([...models].map(([name, model]) => [name.charAt(0).toLowerCase() + name.slice(1), model])),
    joinTables: joinTablesOf(models),
    outputs: blocks.flatMap(({ path, block }) => (block.keyword === 'generator' ? outputsOf(path, block) : [])),
  };
}

/** `output = "../src/generated/prisma"`, relative to the file that says so. */
const outputsOf = (path: string, { lines }: PrismaBlock): readonly string[] =>
  lines.flatMap(({ text }) => {
    const output = /^output\s*=/.test(text) ? stringIn(text) : undefined;
    return output === undefined ? [] : [posix.join(posix.dirname(path), output)];
  });

const isModel = ({ keyword }: PrismaBlock): boolean => keyword === 'model' || keyword === 'view';
/** A document database has no join tables. */
const isMongo = ({ text }: PrismaLine): boolean => /^provider\s*=\s*"mongodb"/.test(text);

interface ModelDraft {
  readonly name: string;
  readonly table: string;
  readonly fields: readonly FieldDraft[];
  readonly file: string;
  readonly offset: number;
}

interface FieldDraft {
  readonly name: string;
  readonly type: string;
  readonly isList: boolean;
  readonly column: string;
  readonly relationName?: string;
  readonly foreignKey: readonly string[];
  readonly offset: number;
}

function readModel(file: string, block: PrismaBlock): ModelDraft {
  const attribute = (name: string): string | undefined =>
    block.lines.map(({ text }) => argumentText(text, name)).find((found) => found !== undefined);
  const schema = stringIn(attribute('@@schema'));
  const table = stringIn(attribute('@@map')) ?? block.name;
  return {
    name: block.name,
    table: schema === undefined || schema === 'public' ? table : `${schema}.${table}`,
    fields: block.lines.flatMap(readField),
    file,
    offset: block.offset,
  };
}

function readField({ text, offset }: PrismaLine): readonly FieldDraft[] {
  const match = /^(\w+)\s+(\w+)(\([^)]*\))?(\[\])?/.exec(text);
  const [, name, type, , list] = match ?? [];
  if (name === undefined || type === undefined) return [];
  const relation = argumentText(text, '@relation');
  const relationName = stringIn(relation?.replace(/\b(?:fields|references|map|onDelete|onUpdate)\s*:\s*(?:\[[^\]]*\]|"[^"]*"|\w+)/g, ''));
  return [
    {
      name,
      type,
      isList: list !== undefined,
      column: stringIn(argumentText(text.replace(/@relation\b/, ''), '@map')) ?? name,
      ...(relationName === undefined ? {} : { relationName }),
      foreignKey: listIn(relation, 'fields'),
      offset,
    },
  ];
}

/** What stands between the parentheses of an attribute. */
const argumentText = (text: string, attribute: string): string | undefined =>
  new RegExp(`(?<![@\\w])${attribute}\\s*\\(((?:[^()]|\\([^()]*\\))*)\\)`).exec(text)?.[1];

const stringIn = (text: string | undefined): string | undefined => (text === undefined ? undefined : /"((?:[^"\\]|\\.)*)"/.exec(text)?.[1]);

const listIn = (text: string | undefined, key: string): readonly string[] => {
  const list = text === undefined ? undefined : new RegExp(`\\b${key}\\s*:\\s*\\[([^\\]]*)\\]`).exec(text)?.[1];
  return list === undefined ? [] : list.split(',').map((item) => item.trim());
};

function complete(draft: ModelDraft, drafts: ReadonlyMap<string, ModelDraft>, isRelational: boolean): PrismaModel {
  const scalars = draft.fields.filter(({ type }) => !drafts.has(type));
  const relations = draft.fields.flatMap((field) => toRelation(field, { draft, drafts, isRelational }));
  return {
    name: draft.name,
    table: draft.table,
    columns: scalars.map(({ column }) => column),
    relations: new Map(relations.map((relation) => [relation.field, relation])),
    file: draft.file,
    offset: draft.offset,
  };
}

interface Surroundings {
  readonly draft: ModelDraft;
  readonly drafts: ReadonlyMap<string, ModelDraft>;
  readonly isRelational: boolean;
}

function toRelation(field: FieldDraft, { draft, drafts, isRelational }: Surroundings): readonly PrismaRelation[] {
  const target = drafts.get(field.type);
  if (target === undefined) return [];
  const base = { field: field.name, model: target.name, isList: field.isList, offset: field.offset };
  if (field.foreignKey.length > 0) {
    const columns = field.foreignKey.map((name) => draft.fields.find((candidate) => candidate.name === name)?.column ?? name);
    return [{ ...base, holder: 'own', columns }];
  }
  const isManyToMany = field.isList && opposite(field, draft, target)?.isList === true && isRelational;
  if (!isManyToMany) return [{ ...base, holder: 'other', columns: [] }];
  const joinTable = `_${field.relationName ?? [draft.name, target.name].sort().join('To')}`;
  return [{ ...base, holder: 'join-table', joinTable, columns: [] }];
}

/** The field on the other side: of the same relation name; in a self-relation not the field itself. */
const opposite = (field: FieldDraft, draft: ModelDraft, target: ModelDraft): FieldDraft | undefined =>
  target.fields.find(
    (candidate) =>
      candidate.type === draft.name &&
      candidate.relationName === field.relationName &&
      !(draft.name === target.name && candidate.name === field.name),
  );

function joinTablesOf(models: ReadonlyMap<string, PrismaModel>): readonly PrismaJoinTable[] {
  const tables = new Map<string, PrismaJoinTable>();
  for (const model of models.values()) {
    for (const { joinTable, model: other, offset } of model.relations.values()) {
      if (joinTable === undefined || tables.has(joinTable)) continue;
      const [first, second] = [model.name, other].sort();
      if (first !== undefined && second !== undefined)
        tables.set(joinTable, { table: joinTable, models: [first, second], file: model.file, offset });
    }
  }
  return [...tables.values()];
}
