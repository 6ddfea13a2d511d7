import { describe, expect, test } from 'vitest';
import { collectionName } from '../../../analyzers/data-access/mongoose/pluralize.ts';
import { mongoose } from '../../../analyzers/data-access/mongoose.ts';
import { findingsOf } from '../../support/findings.ts';

const models = `import mongoose, { Schema, model } from 'mongoose';
const authorSchema = new Schema({ name: String });
export const Author = (mongoose.models.Author as mongoose.Model<any>) || mongoose.model<any>('Author', authorSchema);
const bookSchema = new Schema({ title: String, author: { type: Schema.Types.ObjectId, ref: 'Author' }, loans: [{ reader: { type: String, ref: 'Person' } }] });
bookSchema.virtual('reviews', { ref: 'Review', localField: '_id', foreignField: 'book' });
bookSchema.statics.byTitle = function (title: string) { return this.findOne({ title }); };
bookSchema.methods.lend = function () { return this.save(); };
bookSchema.pre('save', function () { return Author.updateOne({}, {}); });
export const Book = model('Book', bookSchema);
export const Person = model('Person', new Schema({ name: String }, { collection: 'readers' }));
export const Review = model('Review', new Schema({ text: String }), 'book_reviews');
`;

const findings = (sources: Record<string, string>): Promise<readonly string[]> =>
  findingsOf(mongoose, { 'src/models.ts': models, ...sources });
const schemaFunctions = [/^bookSchema/, /^<function/, /^trigger/, /^table /];
const found = async (code: string): Promise<readonly string[]> => {
  const all = await findings({
    'src/books.ts': `import mongoose from 'mongoose';\nimport { Author, Book, Person, Review } from './models.ts';\n${code}`,
  });
  return all.filter((line) => !schemaFunctions.some((pattern) => pattern.test(line)));
};

test.each([
  ['User', 'users'],
  ['Category', 'categories'],
  ['Person', 'people'],
  ['ExecutionDetails', 'executiondetails'],
  ['Box', 'boxes'],
  ['Status', 'status'],
  ['Child', 'children'],
])('the collection of %s is %s', (model, expected) => expect(collectionName(model)).toBe(expected));

test('models are tables, with what they refer to; schemas have hooks', async () => {
  const all = await findings({});
  expect(all.filter((line) => line.startsWith('table ') || line.startsWith('trigger '))).toEqual([
    'table authors (name)',
    'table book_reviews (text)',
    'table books (title author loans) -> authors -> readers',
    'table readers (name)',
    'trigger data-hook Book pre save src/models.ts#<function 8:24>',
  ]);
});

describe('models', () => {
  test.each([
    ['reads', 'export const run = () => Book.find({}).lean();', ['run read books']],
    ['creates', 'export const run = () => Book.create({});', ['run create books']],
    ['updates', 'export const run = () => Book.findByIdAndUpdate(1, {});', ['run update books']],
    ['upserts', 'export const run = () => Book.updateOne({}, {}, { upsert: true });', ['run upsert books']],
    ['deletes', 'export const run = () => Book.deleteMany({});', ['run delete books']],
    [
      'bulk writes',
      'export const run = () => Book.bulkWrite([{ insertOne: {} }, { deleteOne: {} }] as any);',
      ['run create books', 'run delete books'],
    ],
    [
      'bulk writes that may insert',
      'export const run = (ids: string[]) => { const writes = ids.map((id) => ({ updateOne: { filter: { id }, update: {}, upsert: true } })); return Book.bulkWrite(writes); };',
      ['run upsert books'],
    ],
    [
      'bulk writes of a base class, for what each caller hands in',
      `class Base { constructor(protected model: mongoose.Model<any>) {} write(entries: any) { return this.model.bulkWrite(entries); } }
export class Books extends Base { constructor() { super(Book); } store() { const entries = [1].map((id) => ({ updateOne: { filter: { id }, upsert: true } })); return this.write(entries); } drop() { return this.write([{ deleteOne: {} }]); } }`,
      ['Books.drop delete books', 'Books.store upsert books'],
    ],
    ['by name', "export const run = () => mongoose.model('Person').find();", ['run read readers']],
    ['a new document', 'export async function run() { const book = new Book({}); await book.save(); }', ['run create books']],
    [
      'a found document',
      'export async function run() { const book = await Book.findById(1); await book!.save(); }',
      ['run read books', 'run update books'],
    ],
    [
      'documents of a list',
      'export async function run() { for (const book of await Book.find()) await book.deleteOne(); }',
      ['run delete books', 'run read books'],
    ],
    [
      'populate',
      "export const run = () => Book.find().populate('author').populate({ path: 'loans.reader' });",
      ['run read authors', 'run read books', 'run read readers'],
    ],
    ['virtual paths', "export const run = () => Book.findOne().populate('reviews');", ['run read book_reviews', 'run read books']],
    [
      'a path nobody knows',
      'export const run = (path: string) => Book.findOne().populate(path);',
      ['! partial-query: mongoose, Book.findOne(…)', 'run read books'],
    ],
    [
      'aggregation',
      "export const run = () => Book.aggregate([{ $lookup: { from: 'loans', as: 'l' } }, { $out: 'shelf' }] as any);",
      ['run create shelf', 'run read books', 'run read loans'],
    ],
    ['statics', "export const run = () => (Book as any).byTitle('Emma');", ['run read books']],
    ['methods of lists are none', 'export const run = (list: string[]) => list.find((one) => one);', []],
  ])('%s', async (_title, code, expected) => expect(await found(code)).toEqual(expected));
});

test('functions of a schema act on its models', async () => {
  const all = await findings({});
  expect(all.filter((line) => / (?:read|update|create) /.test(line))).toEqual([
    '<function 6:30> read books',
    '<function 7:27> update books',
    '<function 8:24> update authors',
  ]);
});

describe('transactions', () => {
  test.each([
    [
      'callback',
      'export async function run() { const session = await mongoose.startSession(); await session.withTransaction(async () => { await Book.create([{}], { session }); await Author.find(); }); }',
      ['run.<function 3:108> create books in run@3:84', 'run.<function 3:108> read authors', 'transaction callback run@3:84'],
    ],
    [
      'begun by hand',
      'export async function run() { const session = await mongoose.startSession(); session.startTransaction(); await Book.deleteOne({}).session(session); }',
      ['run delete books in run@3:78', 'transaction manual run@3:78'],
    ],
  ])('%s', async (_title, code, expected) => expect(await found(code)).toEqual(expected));
});

const repository = `import { Model } from 'mongoose';
export interface Repository { find(query: any): any }
export class BaseRepository<T> {
  constructor(protected documents: Model<T>, protected entity: any) {}
  async find(query: any) { return this.documents.find(query); }
  async first(query: any) { return this.find(query); }
  async add(values: any) { const one = new this.documents(values); return one.save(); }
}`;

test('base repositories serve the model that their subclass gives', async () => {
  const code = `import { BaseRepository, Repository } from './repository.ts';
export class Authors extends BaseRepository<any> implements Repository {
  constructor() { super(Author, Object); }
  all() { return this.documents.find({}); }
  some() { return this.first({}); }
}
export class Shop { constructor(private readonly authors: Authors, private readonly any: Repository) {}
  list() { return this.authors.find({}); }
  hire() { return this.authors.add({}); }
  other() { return this.any.find({}); } }`;
  const all = await findings({ 'src/repository.ts': repository, 'src/shop.ts': `import { Author } from './models.ts';\n${code}` });
  expect(all.filter((line) => /^(?:Authors|Shop|BaseRepository|!)/.test(line))).toEqual([
    'Authors.all read authors',
    'Authors.some read authors',
    'Shop.hire create authors',
    'Shop.list read authors',
    'Shop.other read authors',
  ]);
});

test('what a caller passes says which of its repositories a function serves', async () => {
  const code = `import { BaseRepository } from './repository.ts';
export class Authors extends BaseRepository<any> { constructor() { super(Author, Object); } }
export class Books extends BaseRepository<any> { constructor() { super(Book, Object); } }
export class People extends BaseRepository<any> { constructor() { super(Person, Object); } }
async function clear<T extends BaseRepository<any>>(repository: T) { await repository.find({}); await repository.kept.deleteMany({}); }
export async function tidy() { await clear(new Authors()); await clear(new Books()); }
export const some = async () => { const people = new People(); return people.kept.distinct('name'); };`;
  const kept = repository
    .replace('constructor(', 'public kept: Model<T>; constructor(')
    .replace('any) {}', 'any) { this.kept = documents; }');
  const all = await findings({ 'src/repository.ts': kept, 'src/shop.ts': `import { Author, Book, Person } from './models.ts';\n${code}` });
  expect(all.filter((line) => /^(?:clear|tidy|some|!)/.test(line))).toEqual([
    'clear delete authors',
    'clear delete books',
    'clear read authors',
    'clear read books',
    'some read readers',
  ]);
});

test('a pipeline that a subclass hands to its base is joined for that subclass only', async () => {
  const code = `import { BaseRepository } from './repository.ts';
export class Authors extends BaseRepository<any> { constructor() { super(Author, Object); }
  shelves() { return this.joined([{ $lookup: { from: 'shelves', as: 's' } }]); } }
export class Books extends BaseRepository<any> { constructor() { super(Book, Object); }
  titles() { return this.joined([{ $match: {} }]); } }`;
  const joined = repository.replace('async find', 'async joined(stages: any[]) { return this.documents.aggregate(stages); }\n  async find');
  const all = await findings({ 'src/repository.ts': joined, 'src/shop.ts': `import { Author, Book } from './models.ts';\n${code}` });
  expect(all.filter((line) => /^(?:Authors|Books|BaseRepository)/.test(line))).toEqual([
    'Authors.shelves read authors',
    'Authors.shelves read shelves',
    'Books.titles read books',
  ]);
});

describe('Nest', () => {
  const nest = `import { Prop, Schema, SchemaFactory, InjectModel, MongooseModule } from '@nestjs/mongoose';
import { HydratedDocument, Model } from 'mongoose';
@Schema() export class Writer { @Prop() name: string; }
export type WriterDocument = HydratedDocument<Writer>;
export const WriterSchema = SchemaFactory.createForClass(Writer);
@Schema({ collection: 'novels' }) export class Novel { @Prop({ type: String, ref: Writer.name }) writer: string; }
export const NovelSchema = SchemaFactory.createForClass(Novel);
export const module = MongooseModule.forFeature([{ name: Writer.name, schema: WriterSchema }, { name: Novel.name, schema: NovelSchema }]);
export class Novels { constructor(@InjectModel(Novel.name) private novels: Model<Novel>, @InjectModel(Writer.name) private readonly writers: Model<WriterDocument>) {}
  all() { return this.novels.find().populate('writer'); }
  rename(writer: WriterDocument) { return writer.save(); }
  drop() { return this.writers.deleteOne({}); } }`;
  test('injects models', async () => {
    expect(await findingsOf(mongoose, { 'src/novels.ts': nest })).toEqual([
      'Novels.all read novels',
      'Novels.all read writers',
      'Novels.drop delete writers',
      'Novels.rename update writers',
      'table novels (writer) -> writers',
      'table writers (name)',
    ]);
  });
});

test('the plugin that marks documents as deleted gives models further methods', async () => {
  const code = `import { Book } from './models.ts';
const marked = require('mongoose-delete');
export class Books { private books: any; constructor() { this.books = Book; }
  drop() { return this.books.delete({}); }
  dropOne() { return this.books.deleteById(1); }
  lost() { return this.books.findOneDeleted({}); }
  all() { return Book.findWithDeleted({}); }
  back() { return Book.restore({}); } }
export async function tear() { const book = await Book.findById(1); await book.delete(); }
export const forget = (seen: Set<string>) => seen.delete('Emma');`;
  const all = await findings({ 'src/books.ts': code });
  expect(all.filter((line) => /^(?:Books|tear|forget|!)/.test(line))).toEqual([
    'Books.all read books',
    'Books.back update books',
    'Books.drop update books',
    'Books.dropOne update books',
    'Books.lost read books',
    'tear read books',
    'tear update books',
  ]);
});

test('typegoose', async () => {
  const code = `import { getModelForClass, prop, modelOptions } from '@typegoose/typegoose';
@modelOptions({ schemaOptions: { collection: 'shelves' } }) export class Shelf { @prop() name!: string;
  static named(this: any, name: string) { return this.findOne({ name }); } }
export const ShelfModel = getModelForClass(Shelf);
export const run = () => ShelfModel.countDocuments({});
export const one = () => ShelfModel.named('a');`;
  expect(await findingsOf(mongoose, { 'src/shelf.ts': code })).toEqual([
    'Shelf.named read shelves',
    'one read shelves',
    'run read shelves',
    'table shelves (name)',
  ]);
});

test('models of CommonJS modules', async () => {
  const book =
    "const mongoose = require('mongoose');\nconst Book = mongoose.model('Book', new mongoose.Schema({}));\nmodule.exports = Book;";
  const sources = {
    'src/models/book.js': book,
    'src/models/index.js': "module.exports.Book = require('./book.js');\nexports.pages = 12;",
    'src/a.js': "const { Book } = require('./models/index.js');\nexports.list = () => Book.find();",
    'src/b.js':
      "const models = require('./models/index.js');\nconst Again = require('./models/book.js');\nexports.drop = () => [models.Book.deleteOne(), Again.create({})];",
  };
  expect(await findingsOf(mongoose, sources)).toEqual([
    'exports.drop create books',
    'exports.drop delete books',
    'exports.list read books',
    'table books ()',
  ]);
});

describe('a model that a CommonJS module exports', () => {
  test.each([
    ['in a literal', 'module.exports = { Book };', "const { Book } = require('./models.js');"],
    ['under another name', 'module.exports = { Shelf: Book };', "const { Shelf: Book } = require('./models.js');"],
    ['in a variable', 'const all = { Book }; module.exports = all;', "const { Book } = require('./models.js');"],
    ['in a literal that another is spread into', 'module.exports = { ...{ Book } };', "const { Book } = require('./models.js');"],
    ['and another takes as a member', 'module.exports = { Book };', "const Book = require('./models.js').Book;"],
  ])('%s', async (_title, exported, required) => {
    const files = {
      'src/models.js': `const mongoose = require('mongoose');\nconst Book = mongoose.model('Book', new mongoose.Schema({}));\n${exported}`,
      'src/list.js': `${required}\nexports.list = () => Book.find();`,
    };
    expect(await findingsOf(mongoose, files)).toEqual(['exports.list read books', 'table books ()']);
  });
});
