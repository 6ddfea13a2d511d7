import { expect, test } from 'vitest';
import { programOf } from '../support/program.ts';

const loopsIn = (statement: string): readonly string[] => {
  const [module] = programOf({ 'src/shelf.ts': `export function sort(books) { ${statement} }` }).program.modules;
  return (module?.syntax.loops ?? []).map(({ from, to, step, mayEnd }) => {
    const bound = to.kind === 'literal' ? String(to.value) : to.kind === 'name' ? to.name : to.kind;
    return `${from} to ${bound} by ${step}${mayEnd === true ? ', or less' : ''}`;
  });
};

test.each<[string, string, readonly string[]]>([
  ['up', 'for (let i = 0; i < 10; i++) {}', ['0 to 10 by 1']],
  ['down in steps', 'for (let i = 9; i >= 0; i -= 3) {}', ['9 to 0 by -3']],
  ['to a name', 'for (let i = 0; i < MOST; i += 2) {}', ['0 to MOST by 2']],
  ['in each other', 'for (let i = 0; i < 10; i++) for (let k = 0; k < 5; k++) {}', ['0 to 10 by 1', '0 to 5 by 1']],
  ['that may be left', 'for (let i = 0; i < 10; i++) { if (books[i]) break; }', ['0 to 10 by 1, or less']],
  ['in which only a function returns', 'for (let i = 0; i < 10; i++) { books.map((book) => { return book; }); }', ['0 to 10 by 1']],
  ['to a length', 'for (let i = 0; i < books.length; i++) {}', []],
  ['that doubles', 'for (let i = 1; i < 1000; i *= 2) {}', []],
  ['of another variable', 'let k = 0; for (let i = 0; k < 10; i++) {}', []],
  ['without an end', 'for (;;) {}', []],
])('loops %s', (_title, statement, expected) => expect(loopsIn(statement)).toEqual(expected));
