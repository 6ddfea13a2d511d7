import { rootPackage } from '../../../src/lib/package-name.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import type { CallSite } from './code-value.ts';

/** Whether source code imports one of the packages: else there is nothing to look for. */
export function usesPackage(program: ProgramQueries, packages: ReadonlySet<string>): boolean {
  return program.program.imports.some(
    ({ from, target }) => target.kind === 'package' && packages.has(target.package) && program.module(from)?.role === 'source',
  );
}

/** The name under which a package exports what a call calls (`Schema`, `model`); undefined for anything else. */
export function exportCalled(program: ProgramQueries, { module, call }: CallSite, packages: ReadonlySet<string>): string | undefined {
  const referent = program.resolveExpression(module.id, call.owner, call.callee);
  if (referent.kind !== 'external' && referent.kind !== 'external-instance') return undefined;
  return packages.has(rootPackage(referent.package)) ? referent.path.at(-1) : undefined;
}
