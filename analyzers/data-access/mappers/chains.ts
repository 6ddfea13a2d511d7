import { remember } from '../../../src/lib/remember.ts';
import type { Expression } from '../../../src/model/file-syntax.ts';
import type { ModuleRecord } from '../../../src/model/program.ts';
import type { CallSite } from '../flow/code-value.ts';

/** Methods of the chain that a call stands in: `builder.delete().from(Book).where(…)`. */
export interface Chains {
  /** Called on what the call gives, in the same expression. */
  after(site: CallSite): readonly string[];
  /** Called before it. */
  before(site: CallSite): readonly string[];
}

export function createChains(): Chains {
  const outerCalls = remember((module: ModuleRecord) => {
    const outer = new Map<number, number>();
    for (const [index, { callee }] of module.syntax.calls.entries()) {
      const inner = receiverCall(callee);
      if (inner !== undefined) outer.set(inner, index);
    }
    return outer;
  });
  return {
    after: ({ module, index }) => {
      const outer = outerCalls(module);
      const methods: string[] = [];
      for (let next = outer.get(index); next !== undefined; next = outer.get(next)) methods.push(...methodOf(module, next));
      return methods;
    },
    before: ({ module, call }) => {
      const methods: string[] = [];
      for (let inner = receiverCall(call.callee); inner !== undefined; ) {
        methods.push(...methodOf(module, inner));
        const next = module.syntax.calls[inner];
        inner = next === undefined ? undefined : receiverCall(next.callee);
      }
      return methods;
    },
  };
}

function methodOf({ syntax }: ModuleRecord, index: number): readonly string[] {
  const callee = syntax.calls[index]?.callee;
  return callee?.kind === 'member' ? [callee.property] : [];
}

function receiverCall(callee: Expression): number | undefined {
  const object = callee.kind === 'member' ? unwrapped(callee.object) : undefined;
  return object?.kind === 'call' ? object.call : undefined;
}

const unwrapped = (expression: Expression): Expression =>
  expression.kind === 'assertion' || expression.kind === 'await' ? unwrapped(expression.value) : expression;
