import { expect, test } from 'vitest';
import { parseJsonWithComments } from '../../src/lib/json-with-comments.ts';

test.each([
  ['comments', '{ // line\n "a": /* block */ 1 }', { a: 1 }],
  ['trailing commas', '{ "a": [1, 2,], }', { a: [1, 2] }],
  ['what looks like either inside strings', '{ "@/*": ["./src/*"], "b": ", ]", "c": "//x" }', { '@/*': ['./src/*'], b: ', ]', c: '//x' }],
  ['quotes inside strings', '{ "a": "say \\"//\\"" }', { a: 'say "//"' }],
  ['a byte order mark', '\uFEFF{}', {}],
  ['broken text', '{ "a": ', undefined],
])('reads %s', (_title, source, expected) => expect(parseJsonWithComments(source)).toEqual(expected));
