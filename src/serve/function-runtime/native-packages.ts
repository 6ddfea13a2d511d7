import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';
import { isNativePackage, packageFolderOf } from './package-folder.ts';

export interface ExternalPackage {
  readonly name: string;
  /** Where it is installed; absent for an optional package that is not. */
  readonly folder?: string;
}

/**
 * Leaves out of a bundle what cannot be in it: packages with compiled code, and packages that another package asks for
 * but that are not installed (drivers of other databases, optional accelerators): asking for those fails at run time,
 * as it does in the monolith. A package missing for the slice's own code stays an error.
 */
export function leaveOutNativePackages(found: Map<string, ExternalPackage>): Plugin {
  const native = new Map<string, boolean>();
  const isNative = (folder: string): boolean => {
    const known = native.get(folder) ?? isNativePackage(folder);
    native.set(folder, known);
    return known;
  };
  return {
    name: 'leave-out-native-packages',
    setup: (bundler) => {
      bundler.onResolve({ filter: BARE_SPECIFIER }, async ({ path, ...args }) => {
        if (args.pluginData === ASKED_BY_US || args.kind === 'entry-point' || isBuiltin(path)) return undefined;
        const { importer, kind, resolveDir, namespace } = args;
        const resolved = await bundler.resolve(path, { importer, kind, resolveDir, namespace, pluginData: ASKED_BY_US });
        if (resolved.errors.length > 0) {
          if (packageFolderOf(importer) === undefined) return undefined;
          found.set(path, { name: path });
          return { path, external: true };
        }
        const owner = packageFolderOf(resolved.path);
        if (owner === undefined || !isNative(owner.folder)) return resolved;
        found.set(owner.name, owner);
        return { path, external: true };
      });
    },
  };
}

/** `express` and generated `.prisma/client`, not `./x`, `../x` or `/x`. */
const BARE_SPECIFIER = /^[^./]|^\.[^./]/;
const ASKED_BY_US = Symbol('asked by leave-out-native-packages');
