import { mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type BuildFailure, type BuildOptions, build, type Message, type Metafile, stop } from 'esbuild';
import { findLeftOut } from '../../lib/left-out/find-left-out.mjs';
import { type BundleFormat, bundleFormats, bundleOptions } from '../../model/function-bundle.ts';
import type { GatewayFunction } from '../../model/gateway-table.ts';
import { readManifest } from './package-folder.ts';
import { copyRuntimeFiles } from './runtime-files.ts';

export type BundleResult =
  | { readonly kind: 'bundled'; readonly bundle: FunctionBundle }
  | { readonly kind: 'failed'; readonly name: string; readonly errors: readonly string[] };

export interface FunctionBundle {
  /** Of the function. */
  readonly name: string;
  /** Task root: `index.cjs` (or `index.mjs`), and links to what could not be bundled. */
  readonly folder: string;
  /** Size of the code without the source map. */
  readonly bytes: number;
  /** Size of the packages that are deployed beside it, with all that they need. */
  readonly packageBytes: number;
  /** What the bundle finds beside it, and what packages ask for that is not installed. */
  readonly external: readonly ExternalPackage[];
}

export interface ExternalPackage {
  readonly name: string;
  /** `reads its own place`, `optional, not installed`. */
  readonly reason: string;
}

/** Bundles each function as it is deployed: one file, for Node, with everything but the packages that have to lie beside it. */
export async function bundleFunctions(
  functions: readonly GatewayFunction[],
  places: { readonly out: string; readonly folder: string },
): Promise<readonly BundleResult[]> {
  const results: BundleResult[] = [];
  try {
    for (const definition of functions) results.push(await bundleFunction(definition, places.out, join(places.folder, definition.name)));
    return results;
  } finally {
    // Its process would stay as long as this one.
    await stop();
  }
}

async function bundleFunction({ name, entry, service }: GatewayFunction, out: string, folder: string): Promise<BundleResult> {
  const slice = join(out, 'services', service);
  const system = readManifest(join(slice, 'package.json')).type === 'module' ? 'module' : 'commonjs';
  mkdirSync(folder, { recursive: true });
  try {
    const { external, packages, copied } = await findLeftOut({ directory: slice, entry: relative(slice, join(out, entry)) });
    const options = {
      ...buildOptions(bundleFormats[system]),
      absWorkingDir: out,
      entryPoints: [join(out, entry)],
      outdir: folder,
      external: [...external],
    };
    const { metafile } = await build(options);
    // Links do: what is installed finds there what it needs.
    for (const { name: packageName, folder: installed } of packages) linkInto(join(folder, 'node_modules', packageName), installed);
    copyRuntimeFiles(slice, folder);
    const left = external.map((one) => ({
      name: one,
      reason: packages.find((each) => each.name === one)?.reason ?? 'optional, not installed',
    }));
    const packageBytes = copied.reduce((sum, { folder: installed }) => sum + packageSize(installed), 0);
    return { kind: 'bundled', bundle: { name, folder, bytes: codeBytes(metafile), packageBytes, external: left } };
  } catch (error) {
    return { kind: 'failed', name, errors: messagesOf(error).map(describeMessage) };
  }
}

const buildOptions = ({ format, extension, banner, define }: BundleFormat) =>
  ({
    ...bundleOptions,
    bundle: true,
    platform: 'node',
    // The oldest version Banyan itself runs on; the deployed bundle may be newer.
    target: 'node20',
    format,
    entryNames: 'index',
    outExtension: { '.js': extension },
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'silent',
    metafile: true,
    banner: { js: banner },
    define: { ...define },
  }) satisfies BuildOptions;

/** Code only: an inline source map would count several times over. */
function codeBytes(metafile: Metafile): number {
  return Object.values(metafile.outputs)
    .flatMap((output) => Object.values(output.inputs))
    .reduce((sum, input) => sum + input.bytesInOutput, 0);
}

/** Without packages installed inside it, which have places of their own. */
function packageSize(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? sum : sum + packageSize(path);
    return sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  }, 0);
}

function linkInto(path: string, target: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
}

function messagesOf(error: unknown): readonly Message[] {
  if (error instanceof Error && 'errors' in error && Array.isArray(error.errors)) return (error as BuildFailure).errors;
  throw error;
}

function describeMessage({ location, text }: Message): string {
  return location === null ? text : `${location.file}:${location.line} ${text}`;
}
