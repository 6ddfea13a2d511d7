import { expect, test } from 'vitest';
import { toModuleId } from '../../../src/model/ids.ts';
import { chooseNativeParse } from '../../../src/parse/oxc/choose-native-parse.ts';
import { parseThroughJson } from '../../../src/parse/oxc/native-parse.ts';
import { openRawTransfer } from '../../../src/parse/oxc/raw-transfer.ts';

const sources: readonly (readonly [string, string])[] = [
  ['src/books.ts', "import { shelf } from './shelf';\nexport class Books<T> { constructor(private readonly shelf: T) {} }\n"],
  ['src/page.tsx', 'export const Page = ({ title }: { title: string }) => <h1 className="b">{title} — 書</h1>;\n'],
  [
    'src/prices.js',
    '// Ärger\nmodule.exports = { price: 10n, isbn: /^97[89]-\\d+$/u, title: "Größe 📚", f(...a) { return a?.b ?? 1; } };\n',
  ],
  ['src/broken.ts', 'export function price( {\n'],
  ['src/empty.ts', ''],
];

test.each(sources)('gives the same tree of %s through JSON and from memory', async (path, text) => {
  const raw = await openRawTransfer();
  const options = { preserveParens: false };
  expect(toPlain(raw?.(path, text, options))).toEqual(toPlain(parseThroughJson(path, text, options)));
});

test('opens the parser memory only where there is much to parse', async () => {
  const file = { path: toModuleId('src/books.ts'), role: 'source', size: 1000 } as const;
  expect(await chooseNativeParse({ files: [file] })).toBe(parseThroughJson);
  expect(await chooseNativeParse({ files: Array.from({ length: 1000 }, () => file) })).not.toBe(parseThroughJson);
});

test.each([
  ['a chain of members', `a${'.b'.repeat(20_000)};`, 1],
  ['a list of statements', 'a;'.repeat(200_000), 200_000],
])('%s too long for the parser memory is read all the same', async (_title, text, statements) => {
  const file = { path: toModuleId('src/books.ts'), role: 'source', size: 1_000_000 } as const;
  const parse = await chooseNativeParse({ files: [file] });
  const { program, errors } = parse('src/books.ts', text, { preserveParens: false });
  expect([program.body.length, errors]).toEqual([statements, []]);
});

/** Big integers and patterns as text: they are compared by value. */
const toPlain = (tree: ReturnType<typeof parseThroughJson> | undefined): unknown =>
  tree &&
  JSON.parse(
    JSON.stringify({ program: tree.program, errors: tree.errors }, (_key, value) => (typeof value === 'bigint' ? `${value}n` : value)),
  );
