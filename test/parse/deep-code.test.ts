import { array, assert, constantFrom, integer, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toModuleId } from '../../src/model/ids.ts';
import { lineStartsIn } from '../../src/parse/line-starts-in.ts';
import { parseFile, parseImports } from '../../src/parse/parse-file.ts';
import { elementLevels, expressionLevels, nest, nestAll, statementLevels, typeLevels } from '../support/nestings.ts';

const parse = (text: string, path = 'src/books.tsx') => parseFile(toModuleId(path), text).syntax;

const TIMEOUT = 60_000;

/** All kinds in one file: each file that may be deep is parsed in a process of its own. */
const kinds = (levels: number): readonly (readonly [string, string, string])[] => [
  [
    'expressions',
    'src/books.ts',
    Object.values(expressionLevels)
      .map((level) => `x = ${nest(level, levels, 'a')};\n`)
      .join(''),
  ],
  [
    'statements',
    'src/books.ts',
    Object.values(statementLevels)
      .map((level) => `${nest(level, levels, 'f();')}\nf();\n`)
      .join(''),
  ],
  [
    'types',
    'src/books.ts',
    Object.values(typeLevels)
      .map((level) => `type X = ${nest(level, levels, 'A')};\n`)
      .join(''),
  ],
  [
    'elements',
    'src/books.tsx',
    Object.values(elementLevels)
      .map((level) => `x = ${nest(level, levels, '<b />')};\n`)
      .join(''),
  ],
];

describe('code nested deeply', () => {
  test.each(kinds(900))(
    'is cut where it is too deep: %s',
    (_title, path, text) => {
      const { errors, calls } = parse(`before();\n${text}after();\n`, path);
      expect(errors.length).toBeGreaterThan(0);
      const names = calls.map(({ callee }) => (callee.kind === 'name' ? callee.name : ''));
      expect([names[0], names.at(-1)]).toEqual(['before', 'after']);
    },
    TIMEOUT,
  );

  test.each([
    ['else if', `if (a) {}${' else if (b) { f() }'.repeat(8_000)}`],
    ['type arguments', `type X = ${'A<'.repeat(5_000)}B${'>'.repeat(5_000)};`],
  ])(
    'does not end the process: %s',
    (_title, text) => {
      const { calls } = parse(`${text}\nafter();`, 'src/books.ts');
      expect(calls.at(-1)?.callee).toMatchObject({ name: 'after' });
    },
    TIMEOUT,
  );

  test.each([
    ['operands', 'a < ({ a: b = ', ' } = c)'],
    ['parameters', 'a < (a = ', ') => 1'],
    ['members of lists', 'a < [(a = ', ') => 1]'],
    ['parameters of methods', 'a < { f(a = ', ') {} }'],
  ])(
    'that a parser may try as arguments of a type, level by level, takes no memory without end: %s',
    (_title, before, after) => {
      const { errors, lineStarts } = parse(`x = ${nest([before, after], 40, 'a')};\nafter();`, 'src/books.ts');
      expect([errors.map(({ message }) => message), lineStarts.length]).toEqual([['code is nested too deeply for the parser'], 2]);
    },
    TIMEOUT,
  );

  test(
    'that exhausts even the parser that is apart is reported',
    () => {
      expect(parse('['.repeat(400_000), 'src/books.ts').errors).toEqual([
        { message: 'code is nested too deeply for the parser', offset: 0 },
      ]);
    },
    TIMEOUT,
  );

  test(
    'does not end the process in a test either, of which only imports are read',
    () => {
      const { imports } = parseImports(toModuleId('test/books.ts'), `import { a } from './a';\nx = ${nest(['f(', ')'], 9_000, '1')};`);
      expect(imports.map(({ specifier }) => specifier)).toEqual(['./a']);
    },
    TIMEOUT,
  );

  test(
    'of any mixture, below what is parsed apart, is walked',
    () => {
      const levels = [...Object.values(expressionLevels)];
      const mixture = tuple(array(constantFrom(...levels), { minLength: 1, maxLength: 8 }), integer({ min: 1, max: 90 }));
      assert(
        property(mixture, ([pattern, times]) => {
          const text = `x = ${nestAll(Array.from({ length: times }, () => pattern).flat(), 'a')};\nafter();`;
          expect(parse(text, 'src/books.ts').lineStarts.length).toBeGreaterThan(1);
        }),
        { numRuns: 20 },
      );
    },
    TIMEOUT,
  );
});

test.each([
  ['one kind of line break', 'a\nb\n', [0, 2, 4]],
  ['two characters', 'a\r\nb', [0, 3]],
  ['all kinds', 'a\rb\u2028c\u2029d\n', [0, 2, 4, 6, 8]],
  ['none', 'a', [0]],
])('lines start after breaks: %s', (_title, text, starts) => expect(lineStartsIn(text)).toEqual(starts));
