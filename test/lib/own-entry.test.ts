import { expect, test } from 'vitest';
import { ownEntry } from '../../src/lib/own-entry.ts';

test('gives what a table says of a name, and nothing that it inherits', () => {
  expect(ownEntry({ find: 'read' }, 'find')).toBe('read');
  expect(ownEntry({ find: 'read' }, 'constructor')).toBeUndefined();
  expect(ownEntry({ find: 'read' }, 'hasOwnProperty')).toBeUndefined();
});
