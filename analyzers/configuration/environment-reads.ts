import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { FactOf } from '../../src/model/fact.ts';
import type { EnvironmentReadSyntax } from '../../src/model/file-syntax.ts';
import type { ModuleRecord, ProgramQueries } from '../../src/model/program.ts';

/** Finds `process.env.NAME`, the configuration a service must be given when it is cut out. */
export const environmentReads = defineAnalyzer({
  name: 'environment-reads',
  produces: ['environment-read'],

  *analyze({ program }) {
    for (const module of program.program.modules) {
      if (module.role !== 'source') continue;
      for (const read of module.syntax.environmentReads) yield toFinding(program, module, read);
    }
  },
});

function toFinding(program: ProgramQueries, module: ModuleRecord, read: EnvironmentReadSyntax): FactOf<'environment-read'> | Diagnostic {
  const at = program.location(module.id, read.span.start);
  if (read.name === undefined) return { code: 'computed-environment-name', data: { text: `process.env[…] in ${module.id}` }, at };
  const { default: fallback } = read;
  const constant =
    fallback?.kind === 'literal' && fallback.value !== undefined && fallback.value !== null ? String(fallback.value) : undefined;
  return {
    kind: 'environment-read',
    variable: read.name,
    symbol: program.symbolAt(module.id, read.owner),
    ...(constant === undefined ? {} : { default: constant }),
    at,
  };
}
