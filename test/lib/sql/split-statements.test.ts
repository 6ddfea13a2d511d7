import { expect, test } from 'vitest';
import { splitStatements } from '../../../src/lib/sql/split-statements.ts';

test.each([
  ['at semicolons', 'SELECT 1; SELECT 2', ['SELECT 1', 'SELECT 2']],
  ['not in literals and comments', "SELECT ';'; -- a; b\nSELECT 2 /* ; */", ["SELECT ';'", '-- a; b\nSELECT 2 /* ; */']],
  ['not in dollar quotes', 'DO $a$ BEGIN; END $a$; SELECT 2', ['DO $a$ BEGIN; END $a$', 'SELECT 2']],
  ['without commands of psql', '\\connect shop\nSELECT 1;', ['SELECT 1']],
  ['an empty script', ' ;; ', []],
])('%s', (_title, script, expected) => expect(splitStatements(script).map(({ text }) => text)).toEqual(expected));

test('pieces know their place', () => {
  const script = 'SELECT 1;\n  SELECT 2;';
  expect(splitStatements(script).map(({ text, offset }) => script.slice(offset, offset + text.length))).toEqual(['SELECT 1', 'SELECT 2']);
});
