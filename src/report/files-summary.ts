import type { WriteResult } from '../model/artifact.ts';
import { countOf } from './plain-text.ts';
import { printable } from './text-table.ts';

/** What happened to the files, in numbers, and each that a person has to look at. */
export function filesSummary(files: readonly WriteResult[], folder: string): string {
  const counts = ACTIONS.flatMap((action) => {
    const count = files.filter((file) => file.action === action).length;
    return count === 0 ? [] : [`${count} ${WORDS[action]}`];
  });
  const attention = files.filter(({ action }) => NOTES[action] !== undefined);
  return [
    `${countOf(files.length, 'file')} in ${printable(folder)}: ${counts.join(', ') || 'none'}`,
    ...attention.map(({ action, path }) => printable(`  ${path}: ${NOTES[action]}`)),
  ].join('\n');
}

type Action = WriteResult['action'];

const ACTIONS: readonly Action[] = ['created', 'updated', 'removed', 'unchanged', 'kept-edited', 'conflict'];

const WORDS: Readonly<Record<Action, string>> = {
  created: 'created',
  updated: 'updated',
  removed: 'removed',
  unchanged: 'unchanged',
  'kept-edited': 'kept as you edited them',
  conflict: 'in conflict',
};

const NOTES: Readonly<Partial<Record<Action, string>>> = {
  'kept-edited': 'your edit is kept',
  conflict: 'your edit is kept, the new version lies beside it with the ending .new',
};
