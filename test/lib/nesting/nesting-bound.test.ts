import { array, assert, constantFrom, oneof, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nestingBound } from '../../../src/lib/nesting/nesting-bound.ts';
import { elementLevels, expressionLevels, type Level, nestAll, statementLevels, typeLevels } from '../../support/nestings.ts';

const someOf = (levels: Readonly<Record<string, Level>>) => array(constantFrom(...Object.values(levels)), { maxLength: 60 });

describe('a bound of the nesting', () => {
  test('is never less than the levels of expressions in statements', () => {
    assert(
      property(someOf(statementLevels), someOf(expressionLevels), (statements, expressions) => {
        const text = `f();\n${nestAll(statements, `x = ${nestAll(expressions, 'a')};`)}\ng();`;
        for (const form of ['none', 'elements'] as const) {
          expect(nestingBound(text, form)).toBeGreaterThanOrEqual(statements.length + expressions.length);
        }
      }),
    );
  });

  test('is never less than the levels of types', () => {
    assert(
      property(someOf(typeLevels), (types) => {
        expect(nestingBound(`type X = ${nestAll(types, 'A')};`, 'none')).toBeGreaterThanOrEqual(types.length);
      }),
    );
  });

  test('is never less than the levels of elements and of expressions in them', () => {
    const levels = oneof(someOf(elementLevels), someOf(expressionLevels));
    assert(
      property(levels, someOf(elementLevels), (outer, inner) => {
        const text = `x = ${nestAll(outer, `(${nestAll(inner, '<b />')})`)};`;
        for (const form of ['elements', 'elements-and-types'] as const) {
          expect(nestingBound(text, form)).toBeGreaterThanOrEqual(inner.length);
        }
      }),
    );
  });

  test.each([
    ['statements', 'f();\n'.repeat(2000)],
    ['statements without semicolons', 'const a = b.c\nf(a)\nif (a) { g() } else h()\n'.repeat(700)],
    ['functions', 'function f(a: string): number { return a.length }\n'.repeat(2000)],
    ['members', `class A { ${'@Get("/:id") get(a: B<C>): D { return this.e(a) }\n'.repeat(900)} }`],
    ['entries', `x = [${'{ a: "(", b: /[(]/, c: `(${d}` },\n'.repeat(900)}]`],
    ['divisions', 'x = (a + b) / 2 - c[0] / d;\ny = a.replace(/"/g, `)`);\nz = !/[`"]/.test(a!);\n'.repeat(700)],
  ])('is small for many %s beside each other', (_title, text) => {
    for (const form of ['none', 'elements', 'elements-and-types'] as const) expect(nestingBound(text, form)).toBeLessThan(30);
  });

  test('is small for many elements beside each other', () => {
    const text = `const a = () => (<ul>${'<li key="(">It\'s {b ? <i>(</i> : `(`}<br/></li>\n'.repeat(900)}</ul>);\n`;
    for (const form of ['elements', 'elements-and-types'] as const) expect(nestingBound(text, form)).toBeLessThan(40);
  });

  test.each([
    ['a text that does not end', 'x = "a\n'],
    ['a comment that does not end', '/* a'],
    ['brackets that do not match', 'f(]'],
    ['an element that does not end', 'x = <a>'],
    ['a slash that may begin a pattern', 'if (a) {} /[(`]/.test(b)'],
  ])('is none for %s', (_title, text) => expect(nestingBound(text, 'elements')).toBe(Number.POSITIVE_INFINITY));
});
