import { expect, test } from 'vitest';
import { codeWords, domainWords, singular } from '../../src/decompose/tokens.ts';

test.each([
  ['categories', 'category'],
  ['addresses', 'address'],
  ['boxes', 'box'],
  ['orders', 'order'],
  ['status', 'status'],
  ['news', 'news'],
  ['bus', 'bus'],
])('%s is several %s', (plural, expected) => expect(singular(plural)).toBe(expected));

test.each([
  ['/api/v2/orderItems', ['order', 'item']],
  ['order_status_history', ['order', 'status', 'history']],
  ['/blog-posts/export', ['blog', 'post', 'export']],
])('%s names domains', (text, expected) => expect([...domainWords(text).keys()]).toEqual(expected));

test.each([
  ['src/controllers/adminProductController.ts', ['admin', 'product']],
  ['src/lib/services/HTTPRequestLog.ts', ['request', 'log']],
  ['createOrder', ['order']],
])('layers and verbs of %s are left out', (text, expected) => expect([...codeWords(text).keys()]).toEqual(expected));
