/**
 * Strongly connected components of a directed graph with more than one node (Tarjan, without recursion).
 * Components and their nodes come in the order in which the walk closes them.
 */
export function stronglyConnected<Node>(graph: ReadonlyMap<Node, readonly Node[]>): readonly (readonly Node[])[] {
  const search: Search<Node> = { graph, order: new Map(), low: new Map(), stack: [], onStack: new Set(), components: [] };
  for (const node of graph.keys()) if (!search.order.has(node)) explore(search, node);
  return search.components.filter((component) => component.length > 1);
}

interface Search<Node> {
  readonly graph: ReadonlyMap<Node, readonly Node[]>;
  readonly order: Map<Node, number>;
  readonly low: Map<Node, number>;
  readonly stack: Node[];
  readonly onStack: Set<Node>;
  readonly components: Node[][];
}

function explore<Node>(search: Search<Node>, root: Node): void {
  const path = [enter(search, root)];
  for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
    const next = frame.targets[frame.position++];
    if (next !== undefined) {
      if (!search.order.has(next)) path.push(enter(search, next));
      else if (search.onStack.has(next)) lower(search, frame.node, search.order.get(next));
      continue;
    }
    path.pop();
    close(search, frame.node);
    const parent = path.at(-1);
    if (parent !== undefined) lower(search, parent.node, search.low.get(frame.node));
  }
}

function enter<Node>(search: Search<Node>, node: Node): { node: Node; targets: readonly Node[]; position: number } {
  search.order.set(node, search.order.size);
  search.low.set(node, search.order.size - 1);
  search.stack.push(node);
  search.onStack.add(node);
  return { node, targets: search.graph.get(node) ?? [], position: 0 };
}

function lower<Node>(search: Search<Node>, node: Node, bound: number | undefined): void {
  const known = search.low.get(node);
  if (bound !== undefined && known !== undefined && bound < known) search.low.set(node, bound);
}

function close<Node>(search: Search<Node>, node: Node): void {
  if (search.low.get(node) !== search.order.get(node)) return;
  const component = search.stack.splice(search.stack.lastIndexOf(node));
  for (const member of component) search.onStack.delete(member);
  search.components.push(component);
}
