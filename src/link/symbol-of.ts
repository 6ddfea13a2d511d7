import type { SymbolId } from '../model/ids.ts';
import type { LinkedFile } from './linked-file.ts';

/** The id of a declaration. */
export const symbolOf = (file: LinkedFile, index: number): SymbolId => {
  const symbol = file.symbols[index];
  if (symbol === undefined) throw new RangeError(`${file.id} has no declaration ${index}`);
  return symbol;
};
