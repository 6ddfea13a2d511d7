import { sortedBy } from '../../lib/sort.ts';
import { type ModuleId, toModuleId } from '../../model/ids.ts';
import type { SourceLocation } from '../../model/location.ts';
import type { ProgramQueries } from '../../model/program.ts';
import type { MovedAsset } from '../slice-closure.ts';
import type { ModuleSource } from './module-source.ts';
import { isGeneratedPath } from './package-paths.ts';
import type { RuntimePath } from './runtime-files.ts';
import { mayHoldSecrets } from './secret-files.ts';

interface AssetInput {
  readonly input: {
    readonly program: ProgramQueries;
    readonly readBytes: (path: ModuleId) => Uint8Array | undefined;
    readonly listFiles: (folder: ModuleId) => readonly ModuleId[];
    readonly isIgnored: (path: ModuleId) => boolean;
  };
  readonly base: string;
  readonly runtime: readonly (RuntimePath & { readonly module: ModuleSource })[];
  readonly imported: readonly ModuleId[];
}

interface Note {
  readonly text: string;
  readonly at: SourceLocation;
}

/** A deployed function holds code, not a file store. */
const LARGEST_FILE = 1_000_000;
const LARGEST_TOTAL = 5_000_000;
const CODE = /\.[cm]?[jt]sx?$/;

/** Files that kept code imports or reads by a constant path; what is missing or too large is noted. */
export function collectAssets({ input, base, runtime, imported }: AssetInput): {
  readonly value: readonly MovedAsset[];
  readonly notes: readonly Note[];
} {
  const assets = new Map<string, MovedAsset>();
  const notes: Note[] = [];
  let total = 0;
  const add = (source: ModuleId, path: string, use: MovedAsset['use']): 'added' | 'missing' | 'too-large' => {
    const bytes = input.readBytes(source)?.byteLength;
    if (bytes === undefined) return 'missing';
    if (use === 'runtime' && (bytes > LARGEST_FILE || total + bytes > LARGEST_TOTAL)) return 'too-large';
    if (!assets.has(path)) total += bytes;
    if (assets.get(path)?.use !== 'runtime') assets.set(path, { source, path, bytes, use });
    return 'added';
  };
  for (const source of imported) add(source, base + source, 'import');
  for (const each of runtime) {
    const at = input.program.location(each.module.id, each.start);
    const found = input.listFiles(each.path).filter((file) => !CODE.test(file));
    // What lies in a folder and is ignored was written by the running monolith: uploads of its users, caches.
    const files = found.filter((file) => file === each.path || !input.isIgnored(file));
    if (found.length === 0) notes.push({ text: `${each.text} names no file that can be taken along`, at });
    const ignored = found.length - files.length;
    if (ignored > 0) notes.push({ text: ignoredText(ignored, each.text), at });
    for (const file of files) {
      if (mayHoldSecrets(file, () => input.readBytes(toModuleId(file)))) {
        notes.push({ text: `${file} may hold secrets and is not taken along; ${each.text} does not find it`, at });
        continue;
      }
      const path = each.from === 'module' ? base + file : file;
      if (isGeneratedPath(path)) {
        notes.push({ text: `${file} is not taken along, because the slice has its own; ${each.text} finds that one`, at });
        continue;
      }
      const result = add(toModuleId(file), path, 'runtime');
      if (result === 'too-large') notes.push({ text: `${file} is too large to be taken along; ${each.text} does not find it`, at });
    }
  }
  return { value: sortedBy(assets.values(), (asset) => asset.path), notes };
}

const ignoredText = (count: number, text: string): string =>
  count === 1
    ? `1 file that git ignores is not taken along; ${text} does not find it`
    : `${count} files that git ignores are not taken along; ${text} does not find them`;
