import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { toModuleId } from '../../../src/model/ids.ts';
import { parseCodeOwners } from '../../../src/scan/evolution/code-owners.ts';
import { describeEvolution } from '../../../src/scan/evolution/describe-evolution.ts';
import { parseLog } from '../../../src/scan/evolution/read-commits.ts';
import { startHistory } from '../../../src/scan/evolution/start-history.ts';
import { project } from '../../support/project.ts';

const MODULES = ['src/books.ts', 'src/loans.ts', 'src/shelves.ts'].map(toModuleId);
const nobody = (): undefined => undefined;
const commit = (files: readonly string[], author = 'Ada', day = '2026-01-02') => ({ author, day, files });

describe('what changes together', () => {
  const changes = (commits: readonly (readonly string[])[]) =>
    describeEvolution({ log: { commits: commits.map((files) => commit(files)), isPartial: false }, modules: MODULES, ownersOf: nobody })
      .coChanges;
  const [books, loans, shelves] = ['src/books.ts', 'src/loans.ts', 'src/shelves.ts'];
  const many = Array.from({ length: 40 }, (_, index) => `docs/page${index}.md`);

  test.each([
    [
      'a pair more often than by chance',
      [[books, loans], [books, loans], [books, loans], [shelves], [shelves], [shelves]],
      // 3 of 6 commits together; by chance it were 3 × 3 ÷ 6 = 1.5.
      [{ modules: [books, loans], commits: 3, lift: 2 }],
    ],
    [
      'a pair that is in every commit says nothing',
      [
        [books, loans],
        [books, loans],
        [books, loans],
      ],
      [],
    ],
    ['twice is too seldom', [[books, loans], [books, loans], [shelves], [shelves]], []],
    ['commits of many files are moves', [[books, loans, ...many], [books, loans, ...many], [books, loans, ...many], [shelves]], []],
  ])('%s', (_title, commits, expected) => expect(changes(commits)).toEqual(expected));
});

test('churn, authors and the last day of a module; modules without a commit are left out', () => {
  const commits = [commit(['src/books.ts'], 'Bo', '2026-03-01'), commit(['src/books.ts', 'README.md']), commit(['src/books.ts'])];
  expect(describeEvolution({ log: { commits, isPartial: true }, modules: MODULES, ownersOf: () => ['@shop/books'] })).toEqual({
    commits: 3,
    isPartial: true,
    modules: [
      {
        module: 'src/books.ts',
        commits: 3,
        authors: [
          { name: 'Ada', commits: 2 },
          { name: 'Bo', commits: 1 },
        ],
        lastChange: '2026-03-01',
        owners: ['@shop/books'],
      },
    ],
    coChanges: [],
  });
});

test('a log of git is read with names of any form', () => {
  expect(parseLog('\x01Ada L.\x002026-01-02\0\nsrc/a b.ts\0src/ü\nx.ts\0\0\x01Bo\x002026-01-01\0')).toEqual([
    commit(['src/a b.ts', 'src/ü\nx.ts'], 'Ada L.'),
    commit([], 'Bo', '2026-01-01'),
  ]);
});

test.each([
  ['* @all', 'src/books.ts', ['@all']],
  ['* @all\n/src/ @core # the heart', 'src/books.ts', ['@core']],
  ['* @all\n*.md @writers', 'src/books.ts', ['@all']],
  ['src/books.ts @a @b\n', 'src/books.ts', ['@a', '@b']],
  ['/src/* @a\n/src/books.ts', 'src/books.ts', undefined],
  ['* @all\n/src/* @a', 'src/books/novel.ts', ['@all']],
  ['**/* @a', 'src/books/novel.ts', ['@a']],
  ['/src/ @a\n/SRC/ @b', 'src/books.ts', ['@a']],
  ['/src/b*/ @a', 'src/books/novel.ts', ['@a']],
  ['src/books @a', 'src/books/novel.ts', ['@a']],
  ['books/ @a', 'src/books/novel.ts', ['@a']],
  ['/src\\ new/ @a', 'src new/books.ts', ['@a']],
  ['[Section]\nsrc/ @a', 'src/books.ts', ['@a']],
  ['docs/ @a', 'src/books.ts', undefined],
])('owners by %j', (text, path, expected) => {
  expect(parseCodeOwners(text).findLast(({ matches }) => matches(path))?.owners).toEqual(expected);
});

test('the history of a folder below the root of a repository, through git itself', async () => {
  const root = project({ 'shop/src/books.ts': 'export {};' });
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@library.test', '-c', 'init.defaultBranch=main', ...words], {
      cwd: root,
      env: { ...process.env, GIT_COMMITTER_DATE: '2026-02-03T04:05:06Z', GIT_AUTHOR_DATE: '2026-02-03T04:05:06Z' },
    });
  const save = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    git('add', '-A');
    git('commit', '-q', '-m', path);
  };
  git('init', '-q');
  save('shop/src/books.ts', '1');
  save('other/x.ts', '2');
  save('shop/src/books.ts', '3');
  expect((await startHistory(join(root, 'shop'))([toModuleId('src/books.ts')])).value).toEqual({
    commits: 2,
    modules: [{ module: 'src/books.ts', commits: 2, authors: [{ name: 'Ada', commits: 2 }], lastChange: '2026-02-03' }],
    coChanges: [],
  });
});

test('outside a repository nothing is said', async () => {
  const root = project({ 'src/books.ts': 'export {};' });
  expect(await startHistory(root)([toModuleId('src/books.ts')])).toEqual({ value: undefined, diagnostics: [] });
});

test('a repository that git does not read is told', async () => {
  const root = project({ '.git/HEAD': 'oops', 'src/books.ts': 'export const a = 1;' });
  const { value, diagnostics } = await startHistory(root)([toModuleId('src/books.ts')]);
  expect([value, diagnostics.map(({ code }) => code)]).toEqual([undefined, ['history-not-read']]);
});

test('a repository of somebody else is told without its place on this machine', async () => {
  vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const root = project({ 'src/books.ts': 'export const a = 1;' });
  execFileSync('git', ['init', '-q', root]);
  const { diagnostics } = await startHistory(root)([toModuleId('src/books.ts')]);
  expect(diagnostics).toEqual([{ code: 'history-not-read', data: { message: 'fatal: detected dubious ownership in repository' } }]);
});
