import type { WeightedGraph } from './evidence-graph.ts';

export interface LouvainOptions {
  /** Higher makes more, smaller communities; 1 is plain modularity. */
  readonly resolution: number;
  /** Nodes with the same pin stay together, nodes with different pins stay apart. */
  readonly pins: ReadonlyMap<number, string>;
}

/**
 * Communities by modularity (Blondel et al. 2008), as the community number of every node, numbered by first appearance.
 * Nodes are visited in index order and ties go to the lower community, so the same graph gives the same answer.
 */
export function louvain(graph: WeightedGraph, { resolution, pins }: LouvainOptions): readonly number[] {
  let membership = contractPins(graph.size, pins);
  for (;;) {
    const level = contract(graph, membership);
    const pinned = new Set([...pins.keys()].map((node) => membership[node] ?? 0));
    const moved = moveNodes(level, resolution, pinned);
    const next = renumber(membership.map((community) => moved[community] ?? community));
    if (countOf(next) === countOf(membership)) return next;
    membership = next;
  }
}

interface Level {
  readonly neighbors: readonly ReadonlyMap<number, number>[];
  readonly degrees: readonly number[];
  /** Twice the weight of all edges. */
  readonly total: number;
}

function contractPins(size: number, pins: ReadonlyMap<number, string>): readonly number[] {
  const first = new Map<string, number>();
  const membership = Array.from({ length: size }, (_, node) => {
    const pin = pins.get(node);
    if (pin === undefined) return node;
    const known = first.get(pin) ?? node;
    first.set(pin, known);
    return known;
  });
  return renumber(membership);
}

function contract(graph: WeightedGraph, membership: readonly number[]): Level {
  const size = countOf(membership);
  const neighbors = Array.from({ length: size }, () => new Map<number, number>());
  const degrees = new Array<number>(size).fill(0);
  let total = 0;
  const add = (from: number, to: number, weight: number): void => {
    degrees[from] = (degrees[from] ?? 0) + weight;
    if (from !== to) neighbors[from]?.set(to, (neighbors[from]?.get(to) ?? 0) + weight);
  };
  for (const [left, right, weight] of graph.edges) {
    const [from, to] = [membership[left] ?? 0, membership[right] ?? 0];
    total += 2 * weight;
    add(from, to, weight);
    add(to, from, weight);
  }
  return { neighbors, degrees, total };
}

const MAX_SWEEPS = 50;
const EPSILON = 1e-12;

function moveNodes({ neighbors, degrees, total }: Level, resolution: number, pinned: ReadonlySet<number>): readonly number[] {
  const community = degrees.map((_, node) => node);
  const weights = [...degrees];
  for (let sweep = 0, moved = total > 0; moved && sweep < MAX_SWEEPS; sweep += 1) {
    moved = false;
    neighbors.forEach((links, node) => {
      if (pinned.has(node)) return;
      const own = community[node] ?? node;
      const degree = degrees[node] ?? 0;
      weights[own] = (weights[own] ?? 0) - degree;
      const towards = new Map<number, number>([[own, 0]]);
      for (const [neighbor, weight] of links) {
        const target = community[neighbor] ?? neighbor;
        towards.set(target, (towards.get(target) ?? 0) + weight);
      }
      const gain = (target: number): number => (towards.get(target) ?? 0) - (resolution * degree * (weights[target] ?? 0)) / total;
      let best = own;
      for (const target of [...towards.keys()].sort((left, right) => left - right)) if (gain(target) > gain(best) + EPSILON) best = target;
      weights[best] = (weights[best] ?? 0) + degree;
      community[node] = best;
      if (best !== own) moved = true;
    });
  }
  return community;
}

const countOf = (membership: readonly number[]): number => membership.reduce((most, community) => Math.max(most, community + 1), 0);

function renumber(membership: readonly number[]): readonly number[] {
  const numbers = new Map<number, number>();
  return membership.map((community) => {
    const known = numbers.get(community) ?? numbers.size;
    numbers.set(community, known);
    return known;
  });
}
