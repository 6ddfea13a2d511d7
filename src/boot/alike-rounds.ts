import type { Machine } from './machine.ts';
import { UNKNOWN, type Value } from './value.ts';

/** Of elements that are data, so many are followed one by one while exploring. */
const MOST_TOLD_APART = 32;
/** Tables with more parts are not looked through. */
const MOST_PARTS = 100;

/**
 * What stands for each element of a list in a round over it; nothing where one round before stands for it, too. While
 * exploring only calls count: a long table of texts and numbers makes the same ones in every round.
 */
export function roundsOver({ state }: Machine, elements: readonly Value[]): readonly (Value | undefined)[] {
  if (state.mode === 'booting' || elements.length <= MOST_TOLD_APART) return elements;
  let data = 0;
  return elements.map((element) => {
    if (!isData(element)) return element;
    data += 1;
    if (data <= MOST_TOLD_APART) return element;
    return data === MOST_TOLD_APART + 1 ? UNKNOWN : undefined;
  });
}

/** Whether nothing in a value leads to code. */
function isData(value: Value): boolean {
  const open: Value[] = [value];
  for (let count = 0; count < MOST_PARTS; count++) {
    const next = open.pop();
    if (next === undefined) return true;
    switch (next.kind) {
      case 'constant':
      case 'template':
      case 'pattern':
      case 'environment':
      case 'unknown':
        break;
      case 'array':
        if (next.elements.length > MOST_PARTS) return false;
        open.push(...next.elements);
        break;
      case 'object':
        if (next.prototype !== undefined || next.unnamed !== undefined || next.properties.size > MOST_PARTS) return false;
        open.push(...next.properties.values());
        break;
      case 'union':
        open.push(...next.options);
        break;
      default:
        return false;
    }
  }
  return false;
}
