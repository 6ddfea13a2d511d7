import type { LeftOut } from './left-out.ts';
import type { Marked } from './mark.ts';
import type { Item, ModuleSource } from './module-source.ts';

/** Whether code at an offset of a module is kept. */
export function createIsKept(module: ModuleSource, marked: Marked, leftOut: LeftOut): (offset: number) => boolean {
  const holds = (item: { readonly start: number; readonly end: number }, offset: number): boolean =>
    offset >= item.start && offset < item.end;
  const isKeptIn = (item: Item, offset: number): boolean => {
    if (!marked.items.has(item)) return false;
    const member = item.members.find((each) => holds(each, offset));
    return member === undefined || marked.items.has(member);
  };
  return (offset) =>
    module.items.some((item) => holds(item, offset) && isKeptIn(item, offset)) && !leftOut.removals.some((each) => holds(each, offset));
}
