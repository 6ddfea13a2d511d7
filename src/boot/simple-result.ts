import type { Node } from 'oxc-parser';
import type { Machine } from './machine.ts';
import { strip } from './spans.ts';
import { type FunctionValue, unknownArguments, type Value } from './value.ts';

/** What a function of at most one parameter gives that only names something (`() => Order`, `(order) => order.items`). */
export function simpleResult(machine: Machine, written: FunctionValue): Value | undefined {
  const { node } = written;
  const result = node.params.length > 1 || node.async || node.generator ? undefined : resultOf(node.body);
  if (result === undefined || !namesOnly(result)) return undefined;
  const site = { module: written.module.id, node, caller: written.symbol };
  return machine.call(written, { kind: 'unknown' }, unknownArguments(written), site);
}

/** The expression that is the body, or that its only statement returns. */
function resultOf(body: Node | null): Node | undefined {
  if (body?.type !== 'BlockStatement') return body ?? undefined;
  const [first, second] = body.body;
  return second === undefined && first?.type === 'ReturnStatement' ? (first.argument ?? undefined) : undefined;
}

function namesOnly(node: Node): boolean {
  const plain = strip(node);
  switch (plain.type) {
    case 'Identifier':
    case 'Literal':
    case 'ThisExpression':
      return true;
    case 'MemberExpression':
      return !plain.computed && namesOnly(plain.object);
    case 'ArrayExpression':
      return plain.elements.every((element) => element !== null && element.type !== 'SpreadElement' && namesOnly(element));
    case 'ObjectExpression':
      return plain.properties.every((property) => property.type === 'Property' && !property.computed && namesOnly(property.value));
    default:
      return false;
  }
}
