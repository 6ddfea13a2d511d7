import type { ProgramQueries, Referent } from '../../../src/model/program.ts';
import type { Declared } from '../flow/code-value.ts';

/** What a type's name, read on a class, means: `types.Shelf`. */
export function referentOfType(
  program: ProgramQueries,
  { module, declaration }: Declared,
  [root = '', ...path]: readonly string[],
): Referent {
  return exportedAt(program, program.resolveName(module.id, declaration.parent, root), path);
}

/** `types.Book` of a namespace that is a module of the program; without a path what stands at the start. */
export const exportedAt = (program: ProgramQueries, root: Referent, path: readonly string[]): Referent =>
  path.reduce<Referent>(
    (current, name) => (current.kind === 'module' ? program.resolveExport(current.module, name) : { kind: 'unknown' }),
    root,
  );
