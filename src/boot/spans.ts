import type { CallExpression, Node } from 'oxc-parser';
import type { SourceSpan } from '../model/location.ts';
import type { MachineState } from './machine.ts';
import { spanOf } from './recorder.ts';
import type { Origin } from './value.ts';

/**
 * What the extractor keeps or drops for a call: in a chain `Router().use(a).use(b)` the link, from the end of the
 * receiver to the end of the call; otherwise the statement.
 */
export function effectSpan(state: MachineState, site: Origin): SourceSpan {
  const receiver = receiverOf(site.node);
  if (receiver !== undefined && (isCall(strip(receiver)) || state.receivers.has(site.node))) {
    return { file: site.module, start: receiver.end, end: site.node.end };
  }
  const { statement } = state;
  const encloses = statement !== undefined && statement.start <= site.node.start && statement.end >= site.node.end;
  return encloses ? { file: site.module, start: statement.start, end: statement.end } : spanOf(site);
}

/** The place a person would point at: the method's name in a chain, else the start of the call. */
export function effectPlace(site: Origin): Origin {
  const { node } = site;
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || !isCall(strip(node.callee.object))) return site;
  return { module: site.module, node: node.callee.property };
}

/** Marks how the results of a statement's calls are used. */
export function markDiscarded(state: MachineState, expression: Node): void {
  for (let node: Node | undefined = strip(expression); node !== undefined; ) {
    if (node.type === 'AwaitExpression' || (node.type === 'UnaryExpression' && node.operator !== 'typeof')) node = strip(node.argument);
    else if (isCall(node)) {
      state.discarded.add(node);
      const receiver: Node | undefined = receiverOf(node);
      node = receiver === undefined ? undefined : strip(receiver);
    } else return;
  }
}

export function markReceiver(state: MachineState, call: CallExpression): void {
  const receiver = receiverOf(call);
  if (receiver !== undefined && isCall(strip(receiver))) state.receivers.add(strip(receiver));
}

function receiverOf(node: Node): Node | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const callee = strip(node.callee);
  return callee.type === 'MemberExpression' ? callee.object : undefined;
}

const isCall = (node: Node): boolean => node.type === 'CallExpression' || node.type === 'NewExpression';

/** The expression without parentheses, type assertions and optional-chain wrappers. */
export function strip(node: Node): Node {
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
      return strip(node.expression);
    default:
      return node;
  }
}
