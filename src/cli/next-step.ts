import { relative } from 'node:path';
import type { ExtractResult, PlanResult } from '../model/commands.ts';
import { canMove } from './choose-slices.ts';

export const nextAfterAnalysis = (directory: string): string => nextLine(commandLine('banyan', 'plan', ...rootFlag(directory)));

/** The first service of the order that can move; nothing is suggested when none can. */
export function nextAfterPlan({ plan, planFile }: PlanResult, directory: string): string {
  const first = plan.services.find(canMove);
  if (first === undefined) return '';
  const command = commandLine('banyan', 'extract', first.id, ...rootFlag(directory));
  return nextLine(`edit ${planFile.path} where you know better, then ${command}`);
}

export function nextAfterExtraction({ slices }: ExtractResult, directory: string, out: string | undefined): string {
  const flags = [...rootFlag(directory), ...(out === undefined ? [] : ['--out', out])];
  return nextLine(commandLine('banyan', 'verify', ...slices.slice(0, 1), ...flags));
}

/** A folder as a person would write it from here. */
export const folderFromHere = (cwd: string, folder: string): string => {
  const path = relative(cwd, folder);
  return path === '' || path.startsWith('..') ? folder : path;
};

const nextLine = (what: string): string => `\nNext: ${what}\n`;
const rootFlag = (directory: string): readonly string[] => (directory === '.' ? [] : ['--root', directory]);

/** The words of a command line, quoted where a shell needs it. */
const commandLine = (...words: readonly string[]): string =>
  words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
