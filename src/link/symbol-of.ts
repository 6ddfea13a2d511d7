import { type SymbolId, toSymbolId } from '../model/ids.ts';
import { declarationAt, type LinkedFile } from './linked-file.ts';

/** The id of a declaration. Most are never asked for: ids are made on demand, each once. */
export const symbolOf = (file: LinkedFile, index: number): SymbolId => {
  const known = file.symbols[index];
  if (known !== undefined) return known;
  const symbol = toSymbolId(file.id, declarationAt(file, index).name);
  file.symbols[index] = symbol;
  return symbol;
};
