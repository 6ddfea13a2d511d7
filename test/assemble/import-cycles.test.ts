import madge from 'madge';
import { describe, expect, test } from 'vitest';
import { findImportCycles } from '../../src/assemble/import-cycles.ts';
import { findOrphanModules } from '../../src/assemble/orphan-modules.ts';
import type { BootTrace } from '../../src/model/boot-trace.ts';
import { toModuleId } from '../../src/model/ids.ts';
import type { ModuleDependency, ModuleSummary } from '../../src/model/monolith.ts';

const edges = (text: string): { modules: ModuleSummary[]; dependencies: ModuleDependency[] } => {
  const dependencies = text.split(' ').map((edge): ModuleDependency => {
    const [from = '', to = ''] = edge.split(/[>~]/).map((name) => `${name}.ts`);
    return {
      from: toModuleId(from),
      to: toModuleId(to),
      kind: edge.includes('~') ? 'type' : 'value',
      at: { file: toModuleId(from), line: 1, column: 1 },
    };
  });
  const names = [...new Set(dependencies.flatMap(({ from, to }) => [from, to]))].sort();
  return { modules: names.map((id) => ({ id, lines: 10, role: 'source', packages: [] })), dependencies };
};

describe('cycles', () => {
  test.each([
    ['none', 'a>b b>c', [], []],
    ['two modules', 'a>b b>a', ['a.ts b.ts'], ['a.ts → b.ts → a.ts']],
    ['type imports close none', 'a>b b~a', [], []],
    ['the whole component, its shortest path', 'a>b b>a a>c c>d d>a', ['a.ts b.ts c.ts d.ts'], ['a.ts → b.ts → a.ts']],
  ])('%s', (_title, text, cycles, paths) => {
    const { modules, dependencies } = edges(text);
    const found = findImportCycles(modules, dependencies);
    expect(found.cycles.map((cycle) => cycle.join(' '))).toEqual(cycles);
    expect(found.diagnostics.map(({ code, data }) => (code === 'import-cycle' ? data.modules.join(' → ') : code))).toEqual(paths);
  });

  test('of ten thousand modules are told', () => {
    const count = 10_000;
    const ring = Array.from({ length: count }, (_, n) => `m${n}>m${(n + 1) % count}`);
    const { modules, dependencies } = edges(ring.join(' '));
    const { cycles, diagnostics } = findImportCycles(modules, dependencies);
    expect([cycles.length, cycles[0]?.length, diagnostics.length]).toEqual([1, count, 1]);
  });

  test('are those of madge over the same tree', async () => {
    const { modules, dependencies } = edges('a>b b>c c>a c>d d>e e>d f>a');
    const tree = Object.fromEntries(modules.map(({ id }) => [id, dependencies.filter(({ from }) => from === id).map(({ to }) => to)]));
    const judge = await madge(tree as never);
    const { cycles, diagnostics } = findImportCycles(modules, dependencies);
    expect(judge.circular().map((path) => [...path].sort())).toEqual(cycles);
    expect(diagnostics).toHaveLength(judge.circular().length);
    const trace: BootTrace = { entries: [], evaluated: [], objects: [], effects: [], calls: [], bindings: [] };
    expect(findOrphanModules(modules, dependencies, trace)).toEqual(judge.orphans());
  });
});
