import { remember } from '../../../src/lib/remember.ts';
import type { Expression } from '../../../src/model/file-syntax.ts';
import type { ModuleRecord } from '../../../src/model/program.ts';
import type { CallSite } from './code-value.ts';

/** The calls that go on with a query, from the inside out: `.populate('author').lean()`. */
export type Chain = readonly { readonly method: string; readonly site: CallSite }[];

/** Finds the calls that are made on what a call returns. */
export function createChains(): (site: CallSite) => Chain {
  const outerOf = remember((module: ModuleRecord): ReadonlyMap<number, number> => {
    const { calls } = module.syntax;
    return new Map(
      calls.flatMap(({ callee }, outer) => {
        const object = callee.kind === 'member' ? unwrapped(callee.object) : undefined;
        return object?.kind === 'call' ? [[object.call, outer] as const] : [];
      }),
    );
  });
  return ({ module, index }) => {
    const outer = outerOf(module);
    const chain: { method: string; site: CallSite }[] = [];
    for (let next = outer.get(index); next !== undefined; next = outer.get(next)) {
      const call = module.syntax.calls[next];
      if (call?.callee.kind !== 'member') break;
      chain.push({ method: call.callee.property, site: { module, index: next, call } });
    }
    return chain;
  };
}

const unwrapped = (expression: Expression): Expression =>
  expression.kind === 'assertion' || expression.kind === 'await' ? unwrapped(expression.value) : expression;
