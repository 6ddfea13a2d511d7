import type { ImportBinding } from '../../../src/model/file-syntax.ts';
import type { ModuleRecord } from '../../../src/model/program.ts';

/** The import that gives a module a name, where its package is meant, whether that is installed or stands in the tree itself. */
export function importedBinding(module: ModuleRecord, local: string, owns: (specifier: string) => boolean): ImportBinding | undefined {
  for (const { specifier, bindings } of module.syntax.imports) {
    const binding = bindings.find((one) => one.local === local);
    if (binding !== undefined) return specifier !== undefined && owns(specifier) ? binding : undefined;
  }
  return undefined;
}
