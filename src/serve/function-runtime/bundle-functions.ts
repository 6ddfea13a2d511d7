import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BuildFailure, type BuildOptions, build, type Message, type Metafile, stop } from 'esbuild';
import { type BundleFormat, bundleFormats, bundleOptions } from '../../model/function-bundle.ts';
import type { GatewayFunction } from '../../model/gateway-table.ts';
import { type ExternalPackage, leaveOutNativePackages } from './native-packages.ts';
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
  /** Size without the source map. */
  readonly bytes: number;
  /** Packages left out: native ones are linked, optional ones that are not installed stay missing. */
  readonly external: readonly ExternalPackage[];
}

/** Bundles each function as it is deployed: one file, for Node, with everything but native packages. */
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
  const external = new Map<string, ExternalPackage>();
  mkdirSync(folder, { recursive: true });
  try {
    const plugins = [leaveOutNativePackages(external)];
    const options = {
      ...buildOptions(bundleFormats[system]),
      absWorkingDir: out,
      entryPoints: [join(out, entry)],
      outdir: folder,
      plugins,
    };
    const { metafile } = await build(options);
    const left = [...external.values()];
    for (const { name: packageName, folder: installed } of left) {
      if (installed !== undefined) linkInto(join(folder, 'node_modules', packageName), installed);
    }
    copyRuntimeFiles(slice, folder);
    return { kind: 'bundled', bundle: { name, folder, bytes: codeBytes(metafile), external: left } };
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
