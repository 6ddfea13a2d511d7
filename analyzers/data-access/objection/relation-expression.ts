/** A relation that an expression names, with those below it; `*` is every relation. */
export interface RelationNode {
  readonly name: string;
  readonly children: readonly RelationNode[];
}

/**
 * Reads `author.[books, shop(open) as s]`; `undefined` where it is no relation expression. Recursion (`children.^`) ends:
 * what is read is the same table again.
 */
export function parseRelationExpression(text: string): readonly RelationNode[] | undefined {
  const tokens = text.match(/[[\],.()]|[^\s[\],.()]+/g) ?? [];
  const { nodes, next } = readList(tokens, 0);
  return next === tokens.length && nodes.length > 0 ? nodes : undefined;
}

interface Reading {
  readonly nodes: readonly RelationNode[];
  /** The first token that is not read. */
  readonly next: number;
}

function readList(tokens: readonly string[], start: number): Reading {
  if (tokens[start] !== '[') return readPath(tokens, start);
  const nodes: RelationNode[] = [];
  let at = start + 1;
  while (at < tokens.length && tokens[at] !== ']') {
    const path = readPath(tokens, at);
    if (path.next === at) return { nodes, next: at };
    nodes.push(...path.nodes);
    at = tokens[path.next] === ',' ? path.next + 1 : path.next;
  }
  return { nodes, next: at + 1 };
}

function readPath(tokens: readonly string[], start: number): Reading {
  const name = tokens[start];
  if (name === undefined || PUNCTUATION.has(name)) return { nodes: [], next: start };
  const after = afterAlias(tokens, afterModifiers(tokens, start + 1));
  const inner = tokens[after] === '.' ? readList(tokens, after + 1) : { nodes: [], next: after };
  return { nodes: name.startsWith('^') ? [] : [{ name: name.replace(/\^\d*$/, ''), children: inner.nodes }], next: inner.next };
}

const PUNCTUATION: ReadonlySet<string> = new Set(['[', ']', ',', '.', '(', ')']);

function afterModifiers(tokens: readonly string[], start: number): number {
  const end = tokens[start] === '(' ? tokens.indexOf(')', start) : -1;
  return end < 0 ? start : end + 1;
}

const afterAlias = (tokens: readonly string[], start: number): number => (tokens[start] === 'as' ? start + 2 : start);
