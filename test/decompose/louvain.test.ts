import { expect, test } from 'vitest';
import type { WeightedEdge } from '../../src/decompose/evidence-graph.ts';
import { louvain } from '../../src/decompose/louvain.ts';
import { adjustedRand } from '../../src/decompose/sweep.ts';

/** Two triangles joined by one edge. */
const edges: readonly WeightedEdge[] = [
  [0, 1, 1],
  [1, 2, 1],
  [0, 2, 1],
  [3, 4, 1],
  [4, 5, 1],
  [3, 5, 1],
  [2, 3, 1],
];

test.each([
  ['plain modularity finds the triangles', 1, {}, [0, 0, 0, 1, 1, 1]],
  ['a low resolution joins them', 0.1, {}, [0, 0, 0, 0, 0, 0]],
  ['a high resolution leaves each alone', 9, {}, [0, 1, 2, 3, 4, 5]],
  ['equal pins stay together', 1, { 0: 'a', 5: 'a' }, [0, 1, 1, 1, 1, 0]],
  ['different pins stay apart', 0.1, { 0: 'a', 1: 'b' }, undefined],
])('%s', (_title, resolution, pins, expected) => {
  const map = new Map(Object.entries(pins).map(([node, pin]) => [Number(node), pin]));
  const found = louvain({ size: 6, edges }, { resolution, pins: map });
  if (expected === undefined) expect(found[0]).not.toBe(found[1]);
  else if (map.size === 0) expect(found).toEqual(expected);
  else expect(found[0]).toBe(found[5]);
});

test('a graph without edges is left as it is', () => {
  expect(louvain({ size: 3, edges: [] }, { resolution: 1, pins: new Map() })).toEqual([0, 1, 2]);
});

test.each([
  ['equal', ['a', 'a', 'b'], ['x', 'x', 'y'], 1],
  ['one group against single ones', ['a', 'a', 'a'], ['x', 'y', 'z'], 0],
  ['worse than chance', ['a', 'a', 'b', 'b'], ['x', 'y', 'x', 'y'], -0.5],
])('agreement of groupings that are %s', (_title, left, right, expected) => {
  expect(adjustedRand(left, right)).toBeCloseTo(expected);
});
