import { type AssetText, defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { lineStartsOf } from '../../src/lib/line-starts.ts';
import { placeOf } from '../../src/lib/place.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { FactOf } from '../../src/model/fact.ts';
import type { EnvironmentReadSyntax } from '../../src/model/file-syntax.ts';
import { MODULE_INIT, type ModuleId, toSymbolId } from '../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../src/model/program.ts';
import { describedVariables } from './environment-schema.ts';
import { createFindWrappedReads, type FindWrappedReads, type WrappedRead } from './environment-wrappers.ts';

/** Finds `process.env.NAME`, and `env("NAME")` of Prisma schemas: the configuration a service must be given when it is cut out. */
export const environmentReads = defineAnalyzer({
  name: 'environment-reads',
  produces: ['environment-read'],

  *analyze({ program, assets }) {
    const wrapped = createFindWrappedReads(program);
    const told = new Set<WrappedRead>();
    for (const module of program.program.modules) {
      if (module.role !== 'source') continue;
      for (const read of module.syntax.environmentReads) yield* toFindings({ program, wrapped, told }, module, read);
    }
    for (const [path, asset] of assets) if (asset.kind === 'prisma') yield* schemaReads(path, asset);
  },
});

interface Reading {
  readonly program: ProgramQueries;
  readonly wrapped: FindWrappedReads;
  /** A function may read what it is given several times: what its callers name is told once. */
  readonly told: Set<WrappedRead>;
}

function* toFindings(
  { program, wrapped, told }: Reading,
  module: ModuleRecord,
  read: EnvironmentReadSyntax,
): Iterable<FactOf<'environment-read'> | Diagnostic> {
  const symbol = program.symbolAt(module.id, read.owner);
  const at = program.location(module.id, read.span.start);
  if (read.name === undefined) {
    const handedDown = wrapped(module, read);
    if (handedDown !== undefined) {
      for (const one of handedDown) if (!told.has(one)) yield toWrappedFinding(program, one);
      for (const one of handedDown) told.add(one);
      return;
    }
    const described = describedVariables(program, module, read.span);
    if (described.length === 0) yield { code: 'computed-environment-name', data: { text: `process.env[…] in ${module.id}` }, at };
    for (const { name, default: fallback } of described)
      yield { kind: 'environment-read', variable: name, symbol, ...(fallback === undefined ? {} : { default: fallback }), at };
    return;
  }
  const { default: fallback } = read;
  const constant =
    fallback?.kind === 'literal' && fallback.value !== undefined && fallback.value !== null ? String(fallback.value) : undefined;
  yield { kind: 'environment-read', variable: read.name, symbol, ...(constant === undefined ? {} : { default: constant }), at };
}

/** The code that names the variable reads it, through the function that it calls. */
function toWrappedFinding(program: ProgramQueries, { module, call, name }: WrappedRead): FactOf<'environment-read'> | Diagnostic {
  const at = program.location(module.id, call.span.start);
  if (name === undefined) return { code: 'computed-environment-name', data: { text: `process.env[…] in ${module.id}` }, at };
  return { kind: 'environment-read', variable: name, symbol: program.symbolAt(module.id, call.owner), at };
}

/** `url = env("DATABASE_URL")`: read by the client that is generated from the schema. */
function* schemaReads(file: ModuleId, { text }: AssetText): Iterable<FactOf<'environment-read'>> {
  const code = text.replace(/\/\/.*/g, (comment) => ' '.repeat(comment.length));
  const starts = lineStartsOf(code);
  for (const { index, groups } of code.matchAll(/\benv\(\s*"(?<variable>\w+)"\s*\)/g)) {
    const at = { file, ...placeOf(starts, index) };
    yield { kind: 'environment-read', variable: groups?.variable ?? '', symbol: toSymbolId(file, MODULE_INIT), at };
  }
}
