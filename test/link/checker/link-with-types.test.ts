import { realpath } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { linkWithTypes } from '../../../src/link/checker/link-with-types.ts';
import type { CheckedCallee, TypeChecker } from '../../../src/link/checker/type-checker.ts';
import { openTypeScriptSeven } from '../../../src/link/checker/typescript-seven.ts';
import { createModuleResolver } from '../../../src/link/module-resolver.ts';
import type { TypesMode } from '../../../src/model/configuration.ts';
import { toModuleId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { parseFile } from '../../../src/parse/parse-file.ts';
import { type Sources, sourceTreeOf } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A mapped type takes a method where only a checker follows it. */
const bookshop: Sources = {
  'src/shelf.ts': `
    export class Shelf { count(): number { return 1; } }
    export type Lent<T> = { [Key in keyof T as Key extends string ? Key : never]: T[Key] };
  `,
  'src/desk.ts': `
    import type { Lent, Shelf } from '@library/shelf';
    export function report(shelf: Lent<Shelf>, print: (text: string) => void): void {
      print(String(shelf.count()));
    }
  `,
  'tsconfig.json': '{ "compilerOptions": { "paths": { "@library/*": ["./src/*"] } } }',
};

const edges = ({ program }: ProgramQueries): readonly string[] =>
  program.calls.map(({ from, to, provenance }) => `${from.split('#')[1]} → ${to.split('#')[1]} (${provenance})`);

async function linkBookshop(types: TypesMode, openChecker: () => Promise<TypeChecker> | TypeChecker) {
  const root = await realpath(await temporaryFolder(bookshop));
  return linked(root, types, async () => openChecker());
}

function linked(root: string, types: TypesMode, openChecker: typeof openTypeScriptSeven) {
  const sources = Object.fromEntries(Object.entries(bookshop).filter(([path]) => path.endsWith('.ts')));
  const tree = { ...sourceTreeOf(sources), tsconfigs: [toModuleId('tsconfig.json')] };
  const syntaxes = Object.entries(sources).map(([path, text]) => parseFile(toModuleId(path), text).syntax);
  return linkWithTypes({ tree, syntaxes, resolver: createModuleResolver(root, tree), root, types, openChecker });
}

const answering = (callee: CheckedCallee): TypeChecker => ({
  calleesAt: (_file, offsets) => offsets.map(() => callee),
  functionsAt: (_file, offsets) => offsets.map(() => []),
  close: () => {},
});

test('the compiler decides what names and declared types do not', { timeout: 30_000 }, async () => {
  const root = await realpath(await temporaryFolder(bookshop));
  const { value, diagnostics } = await linked(root, 'always', openTypeScriptSeven);
  expect(edges(value)).toEqual(['report → Shelf.count (checker)']);
  expect(value.program.counts).toMatchObject({ calls: 3, internal: 1, external: 1, unresolved: 1 });
  expect(diagnostics).toEqual([]);
});

test.each<[string, CheckedCallee, object]>([
  ['what is declared elsewhere is no call of the program', { kind: 'outside' }, { internal: 0, external: 3, unresolved: 0 }],
  ['what is not known stays undecided', { kind: 'unknown' }, { internal: 0, external: 1, unresolved: 2 }],
  [
    'a declaration the program does not have is not guessed',
    { kind: 'inside', declarations: [{ file: toModuleId('src/shelf.ts'), end: 3 }] },
    { internal: 0, external: 1, unresolved: 2 },
  ],
])('%s', async (_title, callee, counts) => {
  const { value } = await linkBookshop('always', () => answering(callee));
  expect(edges(value)).toEqual([]);
  expect(value.program.counts).toMatchObject(counts);
});

test('without an answer the program stays as it is, and a finding says so', async () => {
  const { value, diagnostics } = await linkBookshop('always', () => Promise.reject(new Error('no compiler for this platform')));
  expect(edges(value)).toEqual([]);
  expect(diagnostics).toEqual([{ code: 'types-not-checked', data: { message: 'no compiler for this platform', calls: 2 } }]);
});

test.each<TypesMode>(['never', 'auto'])('%s does not ask where packages are not installed', async (types) => {
  const refuse = () => Promise.reject(new Error('asked'));
  const { diagnostics } = await linkBookshop(types, refuse);
  expect(diagnostics).toEqual([]);
});

test('auto asks where packages are installed', async () => {
  const root = await realpath(await temporaryFolder({ ...bookshop, 'node_modules/.package-lock.json': '{}' }));
  const { value } = await linked(root, 'auto', openTypeScriptSeven);
  expect(edges(value)).toEqual(['report → Shelf.count (checker)']);
});
