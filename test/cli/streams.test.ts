import { describe, expect, test } from 'vitest';
import { bookshop } from '../support/bookshop.ts';
import { runBanyan } from '../support/command-line.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('with --json stdout is JSON and nothing else', () => {
  test.each([
    ['analyze', ['schemaVersion', 'routes', 'diagnostics']],
    ['plan --dry-run', ['plan', 'decomposition', 'planFile', 'diagnostics']],
    ['extract --dry-run', ['slices', 'files', 'diff', 'planFile', 'diagnostics']],
    ['report', ['schemaVersion', 'monolith', 'plan', 'diagnostics']],
  ])('%s', async (words, keys) => {
    const cwd = await temporaryFolder(bookshop);
    const { code, stdout, stderr } = await runBanyan([...words.split(' '), '--json'], { cwd });
    expect(Object.keys(JSON.parse(stdout))).toEqual(expect.arrayContaining(keys));
    expect(stderr).toMatch(/^Reading files: \d+ files$/m);
    expect(code).toBe(0);
  });
});

test('without a terminal there are no escape codes, and --quiet leaves stderr empty', async () => {
  const cwd = await temporaryFolder(bookshop);
  const told = await runBanyan(['plan', '--dry-run'], { cwd });
  expect(`${told.stdout}${told.stderr}`).not.toContain('\u001b');
  expect(await runBanyan(['plan', '--dry-run', '--quiet'], { cwd })).toEqual({ ...told, stderr: '' });
});

test('a reader that goes away is no failure', async () => {
  const cwd = await temporaryFolder(bookshop);
  const { code, stderr } = await runBanyan(['analyze', '--json', '--quiet'], { cwd, closeStdoutAfter: 1 });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('Ctrl-C ends the analysis with 130 and prints no result', async () => {
  const cwd = await temporaryFolder(bookshop);
  const { code, stdout, stderr } = await runBanyan(['analyze'], { cwd, interruptAt: 'Reading files' });
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(stderr).toMatch(/Interrupted; everything that was started is stopped\.\n$/);
});

test.each(['analyze', 'plan', 'extract', 'verify', 'serve', 'report'])('the help of %s shows its options and examples', async (command) => {
  const { code, stdout, stderr } = await runBanyan([command, '--help'], { cwd: await temporaryFolder() });
  expect(stdout).toMatch(new RegExp(`^Usage: banyan ${command} \\[options\\]`));
  expect(stdout).toMatch(new RegExp(`\\nExamples:\\n  banyan ${command}`));
  expect(stdout).toContain('--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
