import { expect, test } from 'vitest';
import { commandAnalyzers } from '../../../analyzers/commands/index.ts';
import { triggerSummaries } from '../../support/triggers.ts';

test.each<[string, string, readonly string[]]>([
  [
    'commander',
    `import { program } from 'commander'; function load(file) {} function drop() {}
     program.name('shop').version('1'); program.command('import <file>').description('x').option('-f').action(load); program.command('drop').action(drop); program.parse();`,
    ['command drop drop (commander)', 'command import load (commander)'],
  ],
  [
    'a command of its own',
    `import { Command } from 'commander'; function run() {} const shop = new Command('shop'); shop.argument('<x>').action(run); shop.parseAsync(process.argv);`,
    ['command shop run (commander)'],
  ],
  [
    'the default export',
    `import program from 'commander'; function run() {} program.command('sync').action(run);`,
    ['command sync run (commander)'],
  ],
  [
    'yargs',
    `import yargs from 'yargs'; function load() {} function drop() {}
     yargs(process.argv.slice(2)).command('import <file>', 'x', (y) => y, load).command({ command: ['drop', 'rm'], handler: drop }).demandCommand().parse();`,
    ['command drop drop (yargs)', 'command import load (yargs)'],
  ],
])('%s', (_title, code, expected) => expect([...triggerSummaries(code, commandAnalyzers)].sort()).toEqual(expected));
