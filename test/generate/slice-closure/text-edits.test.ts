import { ts } from 'ts-morph';
import { expect, test } from 'vitest';
import { applyEdits, wholeLines } from '../../../src/generate/slice-closure/text-edits.ts';

/** Removes the statements that contain `// x` or are called `gone`. */
function removeGone(text: string): string {
  const file = ts.createSourceFile('books.ts', text, ts.ScriptTarget.Latest, true);
  const gone = file.statements.filter((statement) => statement.getText(file).includes('gone'));
  return applyEdits(
    text,
    gone.map((statement) => ({ ...wholeLines(file, statement), text: '' })),
  );
}

test.each([
  ['takes the comment above along', 'a();\n\n/** Why. */\ngone();\n\nb();\n', 'a();\n\nb();\n'],
  ['leaves a comment that stands by itself', '// License.\n\ngone();\nb();\n', '// License.\n\nb();\n'],
  ['takes the comment behind along', 'gone(); // why\nb();\n', 'b();\n'],
  ['keeps other code of the line', 'a(); gone(); b();\n', 'a();  b();\n'],
  ['leaves no two blank lines', 'a();\n\ngone();\n\ngone();\n\nb();\n', 'a();\n\nb();\n'],
  ['ends with one line break', 'a();\n\ngone();\n', 'a();\n'],
  ['keeps Windows line ends', 'a();\r\ngone();\r\nb();\r\n', 'a();\r\nb();\r\n'],
  ['changes nothing without edits', 'a();\n\n\n\nb();', 'a();\n\n\n\nb();'],
])('%s', (_title, text, expected) => {
  expect(removeGone(text)).toBe(expected);
});
