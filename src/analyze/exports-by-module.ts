import type { BootEffect, BootTrace } from '../model/boot-trace.ts';
import type { ModuleId } from '../model/ids.ts';

/** What a module that a framework found by where it stands exports, by name. */
export type ModuleExports = ReadonlyMap<string, BootEffect>;

/** The modules that a convention of a library model recorded; the second argument of each effect is the exported value. */
export function exportsByModule({ effects }: BootTrace, model: string): readonly ModuleExports[] {
  const modules = new Map<ModuleId, Map<string, BootEffect>>();
  for (const effect of effects) {
    if (effect.object !== model) continue;
    const exports = modules.get(effect.at.file) ?? new Map<string, BootEffect>();
    modules.set(effect.at.file, exports.set(effect.method, effect));
  }
  return [...modules.values()];
}
