import { type Node, type Program, visitorKeys } from 'oxc-parser';
import type { SyntaxErrorRecord } from '../model/file-syntax.ts';

/** Nodes inside each other: whatever walks over a tree may call itself for each. */
const DEEPEST_NODE = 800;

/** More places than this are counted. */
const MOST_PLACES = 10;

const MESSAGE = 'code is nested too deeply to be followed';

interface Place {
  readonly node: Node;
  readonly depth: number;
}

/** Takes out of a tree what is nested too deeply to be walked over by functions that call themselves, and tells where. */
export function cutDeepCode(program: Program): readonly SyntaxErrorRecord[] {
  const cuts: number[] = [];
  const open: Place[] = [{ node: program, depth: 0 }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { node, depth } = place;
    if (depth > DEEPEST_NODE && empty(node)) cuts.push(node.start);
    for (const key of visitorKeys[node.type] ?? []) {
      const child: unknown = Reflect.get(node, key);
      if (Array.isArray(child)) {
        for (const [index, element] of child.entries()) visit(node, element, depth, (instead) => child.splice(index, 1, instead));
      } else visit(node, child, depth, (instead) => Reflect.set(node, key, instead));
    }
  }

  function visit(parent: Node, child: unknown, depth: number, replace: (instead: object) => void): void {
    if (!isNode(child)) return;
    const instead = depth > DEEPEST_NODE ? replacementOf(parent, child) : undefined;
    if (instead === undefined) open.push({ node: child, depth: goesOn(parent, child) ? depth : depth + 1 });
    else {
      cuts.push(child.start);
      replace({ ...instead, start: child.start, end: child.end });
    }
  }
  return toErrors(cuts.sort((left, right) => left - right));
}

function toErrors(cuts: readonly number[]): readonly SyntaxErrorRecord[] {
  const errors = cuts.slice(0, MOST_PLACES).map((offset) => ({ message: MESSAGE, offset }));
  const more = cuts.length - errors.length;
  const offset = cuts[MOST_PLACES];
  return offset === undefined ? errors : [...errors, { message: `${MESSAGE}, here and in ${more - 1} more places`, offset }];
}

/** Long sums and long chains of conditions are walked in loops everywhere. */
const goesOn = (parent: Node, child: Node): boolean =>
  (parent.type === 'BinaryExpression' && child === parent.left && child.type === 'BinaryExpression') ||
  (parent.type === 'IfStatement' && child === parent.alternate && child.type === 'IfStatement');

/** What stands for something that was cut: nobody reads more out of it than that something stands there. */
function replacementOf(parent: Node, { type }: Node): object | undefined {
  if (type === 'TSQualifiedName') return { type: 'Identifier', name: '' };
  if (type === 'JSXMemberExpression') return { type: 'JSXIdentifier', name: '' };
  if (type === 'BlockStatement' || (type === 'FunctionExpression' && parent.type !== 'CallExpression')) return undefined;
  if (type.endsWith('Statement')) return { type: 'EmptyStatement' };
  if (type.endsWith('Expression')) return { type: 'JSXEmptyExpression' };
  return isType(type) ? { type: 'TSUnknownKeyword' } : undefined;
}

const isType = (type: string): boolean =>
  type.startsWith('TS') && (type.endsWith('Type') || ['TSTypeReference', 'TSTypeLiteral', 'TSTypeQuery', 'TSTypeOperator'].includes(type));

/** Empties something that cannot be another thing where it stands; whether there was something in it. */
function empty(node: Node): boolean {
  switch (node.type) {
    case 'BlockStatement':
    case 'StaticBlock':
    case 'ClassBody':
    case 'TSModuleBlock':
      return node.body.splice(0).length > 0;
    case 'ObjectPattern':
      return node.properties.splice(0).length > 0;
    case 'ArrayPattern':
      return node.elements.splice(0).length > 0;
    case 'JSXOpeningElement':
      return node.attributes.splice(0).length > 0;
    case 'JSXElement':
    case 'JSXFragment':
      return node.children.splice(0).length > 0;
    default:
      return false;
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
