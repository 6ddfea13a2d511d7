import type { SymbolId } from '../../../src/model/ids.ts';
import { bare, type CallSite, type CodeValue, callOf, declarationOfName, valueAt } from '../flow/code-value.ts';
import type { MapperReader } from './reading.ts';

export interface ClientRoots {
  /** The object at the start of a chain that says in which transaction a call runs. */
  of(site: CallSite): CodeValue | undefined;
}

/**
 * `manager.getRepository(Book).save(book)` runs on `manager`; variables are followed to what they were made from, up to
 * one that holds a transaction.
 */
export function createClientRoots({ flow }: MapperReader, isHolder: (symbol: SymbolId) => boolean): ClientRoots {
  const rootOf = (given: CodeValue, depth: number): CodeValue => {
    const value = bare(given);
    const { expression } = value;
    if (depth > 16) return value;
    if (expression.kind === 'member') return rootOf({ ...value, expression: expression.object }, depth + 1);
    const site = callOf(value);
    if (site !== undefined) {
      const { callee } = site.call;
      return callee.kind === 'member' ? rootOf(valueAt(site, callee.object), depth + 1) : value;
    }
    const found = declarationOfName(flow.program, value);
    const { kind, initializer, parent, bindingPath } = found?.declaration ?? {};
    if (found === undefined || isHolder(found.symbol) || kind !== 'variable' || initializer === undefined || bindingPath !== undefined)
      return value;
    if (parent === undefined || parent <= 0 || !follows.has(bare({ ...value, expression: initializer }).expression.kind)) return value;
    return rootOf({ module: found.module, owner: parent, expression: initializer }, depth + 1);
  };
  return {
    of: (site) => {
      const { callee } = site.call;
      return callee.kind === 'member' ? rootOf(valueAt(site, callee.object), 0) : undefined;
    },
  };
}

const follows: ReadonlySet<string> = new Set(['call', 'member', 'name']);
