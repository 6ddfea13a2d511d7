import { expect, test } from 'vitest';
import { createSyntaxCache } from '../../src/cache/syntax-cache.ts';
import { toModuleId } from '../../src/model/ids.ts';
import { parseFile } from '../../src/parse/parse-file.ts';

const path = toModuleId('src/books.ts');

test('takes a file that was changed between its reading and its keeping for changed', () => {
  const disk = { text: 'export const price = 1;\n', time: 1 };
  const open = (stored?: ReturnType<ReturnType<typeof createSyntaxCache>['content']>) =>
    createSyntaxCache({ stored, version: '1', stampOf: () => String(disk.time), readSource: () => disk.text });

  const first = open();
  expect(first.find(path, 'whole')).toBeUndefined();
  const { syntax } = parseFile(path, disk.text);
  Object.assign(disk, { text: 'export const price = 2;\n', time: 2 });
  first.keep(syntax);
  expect(open(first.content()).find(path, 'whole')).toBeUndefined();
});
