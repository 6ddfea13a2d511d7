import type { ProgramQueries } from '../../../src/model/program.ts';

/** Whether a module of the program imports a package. */
export const importsPackage = (program: ProgramQueries, owns: (packageName: string) => boolean): boolean =>
  program.program.imports.some(({ target }) => target.kind === 'package' && owns(target.package));
