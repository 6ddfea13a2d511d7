import { expect, test } from 'vitest';
import { parseRelationExpression, type RelationNode } from '../../../../analyzers/data-access/objection/relation-expression.ts';

const printed = (nodes: readonly RelationNode[] | undefined): string | undefined =>
  nodes?.map(({ name, children }) => (children.length === 0 ? name : `${name}(${printed(children)})`)).join(' ');

test.each([
  ['one', 'author', 'author'],
  ['a path', 'author.books', 'author(books)'],
  ['a list', '[author, shop.[shelves, owner]]', 'author shop(shelves owner)'],
  ['a path after a list', 'shop.[shelves.copies, owner]', 'shop(shelves(copies) owner)'],
  ['modifiers', 'author(onlyName, sorted).books as b', 'author(books)'],
  ['recursion', 'children.^', 'children'],
  ['recursion to a depth', 'children.^3', 'children'],
  ['everything below', 'author.*', 'author(*)'],
  ['nothing', '', undefined],
  ['half a list', '[author', undefined],
  ['something else', 'author books', undefined],
])('%s', (_title, text, expected) => expect(printed(parseRelationExpression(text))).toEqual(expected));
