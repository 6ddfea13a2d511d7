import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { toModuleId } from '../../src/model/ids.ts';
import { dropFollowedImports } from '../../src/pipeline/drop-followed-imports.ts';

const at = (line: number) => ({ file: toModuleId('src/loader.ts'), line, column: 3 });
const computed = (line: number): Diagnostic => ({ code: 'computed-import', data: { text: 'require(file)' }, at: at(line) });
const unknown = (line: number): Diagnostic => ({ code: 'unknown-module', data: { text: 'require(file)' }, at: at(line) });

test('a computed import is told where start-up neither followed it nor says more of it', () => {
  const loads = [{ at: at(1), modules: [toModuleId('src/routes/books.ts')] }];
  const left = dropFollowedImports([computed(1), computed(2), unknown(2), computed(3)], { loads });
  expect(left).toEqual([unknown(2), computed(3)]);
});

test('without any load all stays', () => {
  expect(dropFollowedImports([computed(1)], {})).toEqual([computed(1)]);
});
