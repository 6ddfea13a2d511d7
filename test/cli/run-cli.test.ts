import { expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { invariant, UserError } from '../../src/lib/errors.ts';
import type { AnalyzeResult, Commands } from '../../src/model/commands.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { toModuleId } from '../../src/model/ids.ts';
import type { ModuleSummary, Monolith } from '../../src/model/monolith.ts';

const bookModule: ModuleSummary = { id: toModuleId('src/book.ts'), lines: 1, role: 'source', packages: [] };

const emptyMonolith: Monolith = {
  schemaVersion: 1,
  name: 'bookshop',
  entries: [],
  modules: [],
  dependencies: [],
  routes: [],
  triggers: [],
  tables: [],
  accesses: [],
  transactions: [],
  state: [],
  environment: [],
  externalCalls: [],
  workloads: [],
  calls: [],
  reach: [],
  cycles: [],
  orphans: [],
  counts: { calls: 0, internal: 0, external: 0, unresolved: 0, imports: 0, unresolvedImports: 0 },
};

const syntaxError: Diagnostic = { code: 'syntax-error', data: { message: 'unexpected token' } };

interface Answer {
  readonly diagnostics?: readonly Diagnostic[];
  readonly failure?: unknown;
}

/** Runs the command line over commands that answer `analyze` as told and nothing else. */
async function runWith(argv: readonly string[], { diagnostics = [], failure }: Answer = {}) {
  const out = { stdout: '', stderr: '' };
  const notAsked = () => Promise.reject(new Error('not asked for'));
  const analyze = async (): Promise<AnalyzeResult> => {
    if (failure !== undefined) throw failure;
    return { monolith: emptyMonolith, diagnostics };
  };
  const commands: Commands = {
    analyze,
    async *watch() {
      yield { kind: 'analyzed', result: await analyze() };
      yield { kind: 'failed', error: new UserError('no-sources', 'nothing there', 'Look elsewhere.') };
      const result = { monolith: { ...emptyMonolith, modules: [bookModule] }, diagnostics };
      yield { kind: 'analyzed', result };
      yield { kind: 'analyzed', result };
    },
    plan: notAsked,
    extract: notAsked,
    verify: notAsked,
    serve: notAsked,
    lastVerification: notAsked,
  };
  const io = {
    stdout: { write: (text: string) => (out.stdout += text) },
    stderr: { write: (text: string) => (out.stderr += text) },
    env: {},
    cwd: '/bookshop',
  };
  const code = await runCli(argv, '1.2.3', io, commands, new AbortController().signal);
  return { code, ...out };
}

const brokenPromise = (): unknown => {
  try {
    invariant(false, 'two owners of one table');
  } catch (error) {
    return error;
  }
};

test.each<[string, readonly string[], Answer, number, RegExp]>([
  ['prints the version', ['--version'], {}, 0, /^1\.2\.3\n$/],
  ['prints help with examples', ['analyze', '--help'], {}, 0, /Examples:\n {2}banyan analyze/],
  ['names the nearest flag to an unknown one', ['analyze', '--jsno'], {}, 2, /unknown option '--jsno'\n\(Did you mean --json\?\)/],
  ['names the nearest command to an unknown one', ['anlyze'], {}, 2, /unknown command 'anlyze'\n\(Did you mean analyze\?\)/],
  ['refuses a value outside a closed set', ['report', '--format', 'pdf'], {}, 2, /Allowed choices are markdown, json/],
  ['refuses a port that is none', ['serve', '--port', 'http'], {}, 2, /a port is a whole number/],
  ['ends with 0 without findings', ['analyze'], {}, 0, /bookshop/],
  ['analyzes when no command is named', [], {}, 0, /bookshop/],
  ['analyzes a folder without a command', ['/'], {}, 0, /bookshop/],
  ['takes the root as a flag', ['analyze', '--root', '../shop'], {}, 0, /Next: banyan plan --root \.\.\/shop/],
  ['takes it without a command', ['--root', '../shop'], {}, 0, /Next: banyan plan --root \.\.\/shop/],
  ['takes it twice when it is the same', ['analyze', '../shop', '--root', '/shop/'], {}, 0, /bookshop/],
  ...['analyze', 'plan', 'report'].map((command): [string, readonly string[], Answer, number, RegExp] => [
    `refuses two roots of ${command}`,
    [command, 'shop', '--root', 'store'],
    {},
    2,
    /^banyan: the root of the monolith is named twice: "shop" and --root "store"\n {2}Leave one of them out\.\n$/,
  ]),
  ...['extract', 'verify', 'serve'].map((command): [string, readonly string[], Answer, number, RegExp] => [
    `refuses a folder for a slice of ${command}`,
    [command, './shop'],
    {},
    2,
    /^banyan: "\.\/shop" is no name of a slice\n {2}For the root of the monolith write --root \.\/shop\n$/,
  ]),
  ['analyzes with flags only', ['--json'], {}, 0, /"name": "bookshop"/],
  ['ends with 1 at the gate', ['analyze'], { diagnostics: [syntaxError] }, 1, /unexpected token/],
  ['ends with 0 when the gate is off', ['analyze', '--fail-on', 'never'], { diagnostics: [syntaxError] }, 0, /unexpected token/],
  [
    'tells a user error without a stack',
    ['analyze'],
    { failure: new UserError('not-a-folder', '/bookshop/x is not a folder', 'Name the root of the monolith.') },
    2,
    /^banyan: \/bookshop\/x is not a folder\n {2}Name the root of the monolith\.\n$/,
  ],
  ['tells a bug with its stack', ['analyze'], { failure: brokenPromise() }, 3, /bug in Banyan[\s\S]*two owners of one table/],
])('%s', async (_title, argv, answer, code, output) => {
  const result = await runWith(argv, answer);
  expect(`${result.stdout}${result.stderr}`).toMatch(output);
  expect(result.code).toBe(code);
});

test('prints the model as JSON on stdout and nothing else there', async () => {
  const { stdout } = await runWith(['analyze', '--json'], { diagnostics: [syntaxError] });
  expect(JSON.parse(stdout)).toEqual({ ...emptyMonolith, diagnostics: [syntaxError] });
});

test('tells what each change of the files changed, and why there are no facts meanwhile', async () => {
  const { stdout, stderr } = await runWith(['analyze', '--watch']);
  expect(stdout).toMatch(/Watching; Ctrl-C ends it\.\n\+ module src\/book\.ts\n\nNo fact changed\.\n$/);
  expect(stderr).toContain('nothing there\n  Look elsewhere.');
});

test('prints one line of JSON for each state that it watches', async () => {
  const { stdout } = await runWith(['analyze', '--watch', '--json']);
  const states = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).modules.length);
  expect(states).toEqual([0, 1, 1]);
});
