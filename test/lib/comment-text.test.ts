import { expect, test } from 'vitest';
import { commentText } from '../../src/lib/comment-text.ts';

test.each([
  ['a line break', 'GET /a\nprocess.exit(1)', 'GET /a process.exit(1)'],
  ['a line separator', 'GET /a\u2028process.exit(1)', 'GET /a process.exit(1)'],
  ['the end of a comment', 'GET /*/a', 'GET /* /a'],
])('%s does not end a comment', (_title, text, expected) => expect(commentText(text)).toBe(expected));
