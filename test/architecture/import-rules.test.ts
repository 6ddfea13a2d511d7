import madge from 'madge';
import { beforeAll, describe, expect, test } from 'vitest';

/** Which room may import which: the table of `ARCHITECTURE.md`. A room may always import itself, except where noted below. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'src/lib': [],
  'src/model': ['src/lib'],
  'src/scan': ['src/model', 'src/lib'],
  'src/parse': ['src/model', 'src/lib'],
  'src/link': ['src/model', 'src/lib'],
  'src/boot': ['src/model', 'src/lib'],
  'src/analyze': ['src/model'],
  'src/cache': ['src/model', 'src/lib'],
  analyzers: ['src/analyze', 'src/model', 'src/lib'],
  'src/assemble': ['src/model', 'src/lib'],
  'src/decompose': ['src/model', 'src/lib'],
  'src/plan': ['src/model', 'src/lib'],
  'src/generate': ['src/model', 'src/lib'],
  generators: ['src/generate', 'src/model', 'src/lib'],
  'src/serve': ['src/model', 'src/lib'],
  'src/verify': ['src/model', 'src/lib', 'src/serve'],
  'src/output': ['src/model', 'src/lib'],
  'src/config': ['src/model', 'src/lib'],
  'src/report': ['src/model', 'src/lib'],
  'src/pipeline': [
    ...['src/scan', 'src/cache', 'src/parse', 'src/link', 'src/boot', 'src/analyze', 'src/assemble', 'src/decompose', 'src/plan'],
    ...['src/generate', 'src/verify', 'src/serve', 'src/model', 'src/lib'],
  ],
  'src/cli': ['src/config', 'src/report', 'src/decompose', 'src/model', 'src/lib'],
};

/** The composition root sees everything. */
const compositionRoot = 'src/main.ts';

const roomOf = (file: string): string => {
  const [first = '', second = ''] = file.split('/');
  return first === 'src' ? `${first}/${second}` : first;
};

describe('architecture', () => {
  let graph: Record<string, string[]>;
  let cycles: string[][];

  beforeAll(async () => {
    const result = await madge(['src', 'analyzers', 'generators'], {
      baseDir: '.',
      fileExtensions: ['ts', 'tsx'],
      tsConfig: 'tsconfig.json',
    });
    graph = result.obj();
    cycles = result.circular();
  }, 180_000);

  test('sees the whole program', () => {
    expect(Object.keys(graph).length).toBeGreaterThan(40);
    expect(graph[compositionRoot]?.length).toBeGreaterThan(0);
  });

  test('every import follows the table', () => {
    const offenses: string[] = [];
    for (const [from, targets] of Object.entries(graph)) {
      if (from === compositionRoot) continue;
      const room = roomOf(from);
      const rule = allowed[room];
      if (rule === undefined) offenses.push(`${from} lies in no room`);
      for (const to of targets) {
        if (roomOf(to) !== room && !rule?.includes(roomOf(to))) offenses.push(`${from} imports ${to}`);
      }
    }
    expect(offenses).toEqual([]);
  });

  test('no analyzer kind imports another, nor one generator another', () => {
    const registries = /^(analyzers|generators)\/[^/]+\.ts$/;
    const offenses: string[] = [];
    for (const [from, targets] of Object.entries(graph)) {
      if (!/^(analyzers|generators)\//.test(from) || registries.test(from)) continue;
      const kind = from.split('/').slice(0, 2).join('/');
      for (const to of targets) {
        if (/^(analyzers|generators)\//.test(to) && !to.startsWith(`${kind}/`)) offenses.push(`${from} imports ${to}`);
      }
    }
    expect(offenses).toEqual([]);
  });

  test('has no import cycle', () => expect(cycles).toEqual([]));
});
