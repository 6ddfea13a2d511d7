import type { BootTrace, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { ImportBinding } from '../../../src/model/file-syntax.ts';
import type { ProgramQueries, ResolvedImport } from '../../../src/model/program.ts';

/** Applications, by what was read of them. */
export interface ReadApplication {
  readonly application: LibraryObject;
  readonly routes: number;
}

/**
 * Applications of which no route was read, those in modules that start-up does not reach, and a tree that uses Express
 * without making any: an empty list of routes must not look like a statement.
 */
export function withoutRoutes(program: ProgramQueries, trace: BootTrace, applications: readonly ReadApplication[]): readonly Diagnostic[] {
  const empty = applications
    .filter(({ routes }) => routes === 0)
    .map(({ application }): Diagnostic => toDiagnostic('nothing-registered', application.at));
  const uses = program.program.imports.filter((one) => isUse(program, one));
  const started = new Set<string>(trace.evaluated);
  if (applications.length > 0) {
    const others = uses.filter((one) => !started.has(one.from) && makesApplication(program, one));
    return [...empty, ...others.map(({ at }) => toDiagnostic('not-started', at))];
  }
  const [first] = [...uses.filter(({ from }) => started.has(from)), ...uses];
  return first === undefined ? [] : [toDiagnostic(started.has(first.from) ? 'nothing-registered' : 'not-started', first.at)];
}

const toDiagnostic = (reason: 'nothing-registered' | 'not-started', at: NonNullable<Diagnostic['at']>): Diagnostic => ({
  code: 'framework-without-routes',
  data: { framework: 'Express', package: 'express', reason },
  at,
});

/** An import through which an application or a router can be made; types such as `Request` alone are none. */
function isUse(program: ProgramQueries, { from, index, target, typeOnly }: ResolvedImport): boolean {
  if (typeOnly || target.kind !== 'package' || target.package !== 'express') return false;
  const module = program.module(from);
  const bindings = module?.syntax.imports[index]?.bindings ?? [];
  return module?.role === 'source' && (bindings.length === 0 || bindings.some(makes));
}

const makes = ({ imported, typeOnly }: ImportBinding): boolean => !typeOnly && ['default', '*', 'Router', 'application'].includes(imported);

/** Whether the module calls what it imports: `express()`. */
function makesApplication(program: ProgramQueries, { from, index }: ResolvedImport): boolean {
  const syntax = program.module(from)?.syntax;
  const bindings = syntax?.imports[index]?.bindings ?? [];
  const names = new Set(bindings.filter(({ imported }) => imported === 'default' || imported === '*').map(({ local }) => local));
  return syntax?.calls.some(({ callee }) => callee.kind === 'name' && names.has(callee.name)) === true;
}
