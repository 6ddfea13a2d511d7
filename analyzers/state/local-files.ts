import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { uniqueSorted } from '../../src/lib/sort.ts';
import type { StateFact } from '../../src/model/fact.ts';
import type { SymbolId } from '../../src/model/ids.ts';
import type { SourceLocation } from '../../src/model/location.ts';
import type { ModuleRecord, ProgramQueries } from '../../src/model/program.ts';

/** Finds functions that write to the local disk, which no other instance sees. What only start-up code writes is no state. */
export const localFiles = defineAnalyzer({
  name: 'local-files',
  produces: ['state'],

  *analyze({ program }) {
    for (const module of program.program.modules) {
      if (module.role !== 'source' || !importsFiles(module)) continue;
      yield* writesOf(program, module);
    }
  },
});

const filePackages: ReadonlySet<string> = new Set(['fs', 'node:fs', 'fs/promises', 'node:fs/promises', 'fs-extra', 'graceful-fs']);

const importsFiles = ({ syntax }: ModuleRecord): boolean =>
  syntax.imports.some(({ specifier }) => specifier !== undefined && filePackages.has(specifier));

const writing =
  /^(?:writeFile|appendFile|createWriteStream|write|mkdir|rm|rmdir|unlink|rename|copyFile|truncate|outputFile|outputJson|writeJson|move|copy|remove|emptyDir|ensureDir)(?:Sync)?$/;

function* writesOf(program: ProgramQueries, module: ModuleRecord): Iterable<StateFact> {
  const writes = new Map<SymbolId, { readonly methods: string[]; readonly at: SourceLocation }>();
  for (const call of module.syntax.calls) {
    if (call.owner === 0 || call.kind !== 'call') continue;
    const callee = program.resolveExpression(module.id, call.owner, call.callee);
    const method = callee.kind === 'external' && filePackages.has(callee.package) ? callee.path.at(-1) : undefined;
    if (method === undefined || !writing.test(method)) continue;
    const writer = program.symbolAt(module.id, call.owner);
    const known = writes.get(writer);
    if (known === undefined) writes.set(writer, { methods: [method], at: program.location(module.id, call.span.start) });
    else known.methods.push(method);
  }
  for (const [symbol, { methods, at }] of writes)
    yield {
      kind: 'state',
      state: 'local-file',
      symbol,
      summary: `local files changed by ${uniqueSorted(methods).join(', ')}`,
      writers: [symbol],
      at,
    };
}
