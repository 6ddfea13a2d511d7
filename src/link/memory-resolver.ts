import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { splitPackage } from '../lib/package-name.ts';
import { type ModuleId, toModuleId } from '../model/ids.ts';
import type { ImportTarget } from '../model/program.ts';
import { findSource } from './find-source.ts';
import type { ModuleResolver } from './module-resolver.ts';

/** Resolves over a set of paths that need not exist on disk; `aliases` maps a prefix such as `@/` to a folder. */
export function createMemoryResolver(paths: Iterable<ModuleId>, aliases: Readonly<Record<string, string>> = {}): ModuleResolver {
  const known = new Set<string>(paths);
  const find = (path: string): ImportTarget => {
    const source = findSource(known, path);
    return source === undefined ? { kind: 'unresolved', reason: 'not-found' } : { kind: 'module', module: source };
  };
  return {
    resolve(from, specifier) {
      if (isBuiltin(specifier)) return { kind: 'builtin', name: specifier.replace(/^node:/, '') };
      if (specifier.startsWith('.')) {
        const path = posix.join(posix.dirname(from), specifier);
        if (path.startsWith('../')) return { kind: 'unresolved', reason: 'outside-root' };
        return path.endsWith('.json') && !known.has(path) ? { kind: 'asset', path: toModuleId(path) } : find(path.replace(/\/$/, ''));
      }
      for (const [prefix, folder] of Object.entries(aliases)) {
        if (specifier.startsWith(prefix)) return find(posix.join(folder, specifier.slice(prefix.length)));
      }
      const { name, subpath } = splitPackage(specifier);
      return { kind: 'package', package: name, subpath };
    },
  };
}
