import { expect, test } from 'vitest';
import { toModuleId } from '../../src/model/ids.ts';
import { parseFile } from '../../src/parse/parse-file.ts';

const syntaxOf = (code: string) => parseFile(toModuleId('src/books.ts'), code).syntax;

test.each([
  ['assigned', "let sql = 'a'; sql = 'b';", ['assign b']],
  ['added to', "function list() { let sql = 'a'; sql += 'b'; }", ['append b']],
  ['pushed into', "const all: string[] = []; function add() { all.push('b', 'c'); }", ['push b', 'push c']],
  ['never written again', "const sql = 'a';", []],
  ['another binding of that name', "let sql = 'a'; function list() { let sql = 'x'; sql = 'b'; }", []],
])('a variable that is %s', (_title, code, expected) => {
  const variable = syntaxOf(code).declarations.find(({ kind }) => kind === 'variable');
  const written = (variable?.written ?? []).map(({ how, value }) => `${how} ${value.kind === 'literal' ? value.value : value.kind}`);
  expect(written).toEqual(expected);
});

test('at most 16 values are kept', () => {
  const code = `let sql = ''; ${"sql += 'x';".repeat(40)}`;
  expect(syntaxOf(code).declarations[1]?.written).toHaveLength(16);
});

test.each([
  ['a method', 'class Shop { open = false; enter() { this.open = true; } }', ['Shop.enter assign open']],
  [
    'an arrow in a method',
    'class Shop { all: any[] = []; enter() { [1].map(() => this.all.push(1)); } }',
    ['Shop.enter.<function 1:49> call all'],
  ],
  ['not the constructor', 'class Shop { open; constructor() { this.open = true; } }', []],
])('what %s changes of its instance', (_title, code, expected) => {
  const { mutations, declarations } = syntaxOf(code);
  expect(
    mutations.map(
      ({ binding, path, operation, owner }) => `${declarations[owner]?.name} ${operation} ${binding === 'this' ? path.join('.') : '?'}`,
    ),
  ).toEqual(expected);
});

test.each([
  ['a member', "function shelve(book: any) { book.title = ''; book.title = 'a'; }", ['title']],
  ['a member of a member', "function shelve(book: any) { book.author.home.city = ''; }", ['author.home']],
  ['a list in it', 'function shelve(book: any) { book.tags.push(1); }', ['tags']],
  ['a computed member', 'function shelve(book: any) { book[key] = 1; }', ['*']],
  ['a member that is deleted', 'function shelve(book: any) { delete book.tags; }', ['']],
  ['the thing itself', 'function shelve(books: any) { books.push(1); }', ['']],
  ['nothing', 'function shelve(book: any) { book = 1; book.read(); }', undefined],
  ['too much', `function shelve(book: any) { ${Array.from({ length: 40 }, (_, at) => `book.m${at} = 1;`).join('')} }`, 32],
])('what is changed of a parameter: %s', (_title, code, expected) => {
  const parameter = syntaxOf(code).declarations.find(({ kind }) => kind === 'parameter');
  expect(typeof expected === 'number' ? parameter?.changed?.length : parameter?.changed).toEqual(expected);
});
