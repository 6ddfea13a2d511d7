import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import type { OriginOf } from './client-library.ts';
import { argumentOf, callSites, siteLocation, valueAt } from './code-value.ts';
import { textsOf } from './constant-text.ts';

/** Procedures of the database that requests of mssql run: what they do to which table stands in the database. */
export function* storedProcedures(program: ProgramQueries, originOf: OriginOf): Iterable<Diagnostic> {
  for (const site of callSites(program)) {
    const { callee, kind } = site.call;
    const name = argumentOf(site, 0);
    if (kind !== 'call' || callee.kind !== 'member' || callee.property !== 'execute' || name === undefined) continue;
    const origin = originOf(valueAt(site, callee.object));
    if (origin.kind !== 'package' || origin.package !== 'mssql' || origin.path.includes('PreparedStatement')) continue;
    const [text] = textsOf(program, name);
    yield { code: 'unknown-table', data: { library: 'mssql', text: `${text?.parts.join('…') ?? '…'}()` }, at: siteLocation(program, site) };
  }
}
