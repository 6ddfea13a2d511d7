import type { BootTrace, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { ImportBinding } from '../../../src/model/file-syntax.ts';
import type { ProgramQueries, ResolvedImport } from '../../../src/model/program.ts';

/** Applications, by what was read of them. */
export interface ReadApplication {
  readonly application: LibraryObject;
  readonly routes: number;
}

/** How a framework is imported to make applications and routers. */
export interface FrameworkImports {
  readonly framework: string;
  readonly package: string;
  /** Exports by which an application is made. */
  readonly applications: readonly string[];
  /** Exports by which something else is made that takes routes. */
  readonly routers: readonly string[];
}

/**
 * Applications of which no route was read, those in modules that start-up does not reach, and a tree that uses the
 * framework without making any: an empty list of routes must not look like a statement.
 */
export function withoutRoutes(
  imports: FrameworkImports,
  { program, trace }: { readonly program: ProgramQueries; readonly trace: BootTrace },
  applications: readonly ReadApplication[],
): readonly Diagnostic[] {
  const toDiagnostic = (reason: 'nothing-registered' | 'not-started', at: NonNullable<Diagnostic['at']>): Diagnostic => ({
    code: 'framework-without-routes',
    data: { framework: imports.framework, package: imports.package, reason },
    at,
  });
  const empty = applications
    .filter(({ application, routes }) => routes === 0 && !isInside(application))
    .map(({ application }): Diagnostic => toDiagnostic('nothing-registered', application.at));
  const uses = program.program.imports.filter((one) => isUse(imports, program, one));
  const started = new Set<string>(trace.evaluated);
  if (applications.length > 0) {
    const others = uses.filter((one) => !started.has(one.from) && makesApplication(imports, program, one));
    return [...empty, ...others.map(({ at }) => toDiagnostic('not-started', at))];
  }
  const [first] = [...uses.filter(({ from }) => started.has(from)), ...uses];
  return first === undefined ? [] : [toDiagnostic(started.has(first.from) ? 'nothing-registered' : 'not-started', first.at)];
}

/** An import through which an application or a router can be made; types such as `Request` alone are none. */
function isUse(imports: FrameworkImports, program: ProgramQueries, { from, index, target, typeOnly }: ResolvedImport): boolean {
  if (typeOnly || target.kind !== 'package' || target.package !== imports.package) return false;
  const module = program.module(from);
  const bindings = module?.syntax.imports[index]?.bindings ?? [];
  return module?.role === 'source' && (bindings.length === 0 || bindings.some((one) => makes(imports, one)));
}

const makes = ({ applications, routers }: FrameworkImports, { imported, typeOnly }: ImportBinding): boolean =>
  !typeOnly && [...applications, ...routers, '*'].includes(imported);

/** Whether the module calls what it imports: `express()`. */
function makesApplication({ applications }: FrameworkImports, program: ProgramQueries, { from, index }: ResolvedImport): boolean {
  const syntax = program.module(from)?.syntax;
  const bindings = syntax?.imports[index]?.bindings ?? [];
  const names = new Set(bindings.filter(({ imported }) => imported === '*' || applications.includes(imported)).map(({ local }) => local));
  return syntax?.calls.some(({ callee }) => callee.kind === 'name' && names.has(callee.name)) === true;
}

/** The server below an application of another framework, which has the routes. */
const isInside = ({ arguments: [first] }: LibraryObject): boolean => first?.kind === 'library';
