import { nameOf, type SymbolId } from '../../../src/model/ids.ts';

/** `refresh(), find() and 2 more`. */
export function nameList(symbols: readonly SymbolId[]): string {
  const named = [...new Set(symbols.map((symbol) => `${shortName(symbol)}()`))];
  const rest = named.length - 3;
  return rest > 0 ? `${named.slice(0, 3).join(', ')} and ${rest} more` : named.join(', ');
}

/** The name without the anonymous functions inside it. */
const shortName = (symbol: SymbolId): string => nameOf(symbol).replace(/\.<.*$/, '');
