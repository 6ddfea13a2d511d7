import { describe, expect, test } from 'vitest';
import { formatPathPattern, intersectPatterns, parsePathPattern } from '../../../src/generate/gateway/path-pattern.ts';

describe('a path an HTTP API can express is read, others are not', () => {
  test.each([
    ['/', true],
    ['/books', true],
    ['/books/{id}', true],
    ['/books/{id}/covers/{path+}', true],
    ['/books/{id}.json', false],
    ['/flights/{from}-{to}', false],
    ['/files/{path+}/meta', false],
    ['/books/{id}(\\d+)', false],
    ['/books*', false],
    ['/books/*/pages', false],
    ['/ab?cd', false],
    ['books', false],
  ])('%s', (path, isExpressible) => {
    const pattern = parsePathPattern(path);
    expect(pattern !== undefined).toBe(isExpressible);
    if (pattern !== undefined) expect(formatPathPattern(pattern)).toBe(path);
  });
});

test('a wildcard without a name gets one', () => {
  expect(formatPathPattern(parsePathPattern('/books/*') ?? [])).toBe('/books/{wildcard+}');
});

describe('the paths two patterns share', () => {
  test.each([
    ['/books/{id}', '/books/export', '/books/export'],
    ['/books/{id}', '/{any}/export', '/books/export'],
    ['/books/{id}', '/books', undefined],
    ['/books/{id}', '/loans/{id}', undefined],
    ['/covers/{path+}', '/covers/a/b', '/covers/a/b'],
    ['/covers/{path+}', '/covers', undefined],
    ['/{page+}', '/covers/{path+}', '/covers/{path+}'],
    ['/books/{id}', '/{page+}', '/books/{id}'],
  ])('%s and %s', (left, right, expected) => {
    const common = intersectPatterns(parsePathPattern(left) ?? [], parsePathPattern(right) ?? []);
    expect(common === undefined ? undefined : formatPathPattern(common)).toBe(expected);
  });
});
