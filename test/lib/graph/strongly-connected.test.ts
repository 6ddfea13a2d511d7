import { expect, test } from 'vitest';
import { stronglyConnected } from '../../../src/lib/graph/strongly-connected.ts';

const components = (edges: string): readonly string[] => {
  const graph = new Map<string, string[]>();
  for (const edge of edges.split(' ')) {
    const [from = '', to = ''] = edge.split('>');
    graph.set(from, [...(graph.get(from) ?? []), to]);
  }
  return stronglyConnected(graph)
    .map((component) => [...component].sort().join(''))
    .sort();
};

test.each([
  ['a line has none', 'a>b b>c', []],
  ['two modules', 'a>b b>a', ['ab']],
  ['a module that only a cross edge puts inside', 'a>b b>a a>c c>b', ['abc']],
  ['two components with a bridge', 'a>b b>a b>c c>d d>c', ['ab', 'cd']],
  ['a self-loop is none', 'a>a a>b', []],
  ['nested loops', 'a>b b>c c>b c>a d>a', ['abc']],
])('%s', (_title, edges, expected) => expect(components(edges)).toEqual(expected));

test('does not recurse', () => {
  const length = 50_000;
  const ring = new Map(Array.from({ length }, (_, node) => [node, [(node + 1) % length]]));
  expect(stronglyConnected(ring).map((component) => component.length)).toEqual([length]);
});
