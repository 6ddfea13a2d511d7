import { posix } from 'node:path';
import type { ModuleId } from '../model/ids.ts';

/** Stands for the analysed root in `__dirname`, `process.cwd()` and paths made from them. Never leaves `boot`. */
export const ROOT = '/@root';

export const absoluteFile = (module: ModuleId): string => `${ROOT}/${module}`;
export const absoluteDirectory = (module: ModuleId): string => posix.dirname(absoluteFile(module));

/** The path relative to the root of a path below it, `.` for the root itself; `undefined` for any other path. */
export function relativeToRoot(path: string): string | undefined {
  const normal = posix.normalize(path).replace(/\/$/, '');
  if (normal === ROOT) return '.';
  return normal.startsWith(`${ROOT}/`) ? normal.slice(ROOT.length + 1) : undefined;
}
