import { uniqueSorted } from '../../../src/lib/sort.ts';
import type { StateFact } from '../../../src/model/fact.ts';
import { moduleOf, nameOf, type SymbolId, toSymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { codeAround } from '../read-through/collect-sites.ts';
import type { FindUses } from '../read-through/symbol-uses.ts';
import type { StateChange } from './state-change.ts';

/** Methods that put something in and tell nothing of what is there. */
const writeOnly: ReadonlySet<string> = new Set(['set', 'add', 'clear', 'push', 'unshift']);

/** Functions that use what a binding holds, writers among them; nothing for fields of instances, whose uses have no name. */
export function laterReaders(
  program: ProgramQueries,
  findUses: FindUses,
  symbol: SymbolId,
  changes: readonly StateChange[],
): Pick<StateFact, 'readers'> {
  if (changes.some(({ mutation }) => mutation.binding === 'this')) return {};
  const [holder = '', field] = nameOf(symbol).split('.');
  const uses = findUses(field === undefined ? symbol : toSymbolId(moduleOf(symbol), holder));
  if (uses === undefined) return {};
  const reading = uses.filter(
    ({ use, property }) =>
      use.access !== 'write' && (field === undefined ? !writeOnly.has(property ?? '') : property === undefined || property === field),
  );
  const code = reading.map(({ module, use }) => ({ module, index: codeAround(module, use.owner) }));
  return { readers: uniqueSorted(code.filter(({ index }) => index > 0).map(({ module, index }) => program.symbolAt(module.id, index))) };
}
