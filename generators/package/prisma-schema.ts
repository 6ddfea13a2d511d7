import { z } from 'zod';
import type { GeneratorInput } from '../../src/generate/generator.ts';
import type { SliceClosure } from '../../src/generate/slice-closure.ts';
import type { ModuleId } from '../../src/model/ids.ts';
import type { PackageManifest } from '../../src/model/source-tree.ts';

/** The Prisma schema a slice takes along: a file, or a folder of files. */
export interface PrismaSchema {
  /** For the manifest's `prisma.schema`, relative to the package. */
  readonly target: string;
  readonly files: readonly { readonly source: ModuleId; readonly path: string }[];
}

/** Finds the schema where Prisma itself does: the manifest's setting, then the two conventional places, then the only one there is. */
export function findPrismaSchema(
  { tree, readSource }: Pick<GeneratorInput, 'tree' | 'readSource'>,
  closure: SliceClosure,
  governing: PackageManifest | undefined,
): PrismaSchema | undefined {
  if (!closure.packages.some(({ name }) => name === '@prisma/client')) return undefined;
  const schemas = tree.assets.filter(({ kind }) => kind === 'prisma').map(({ path }) => path);
  const candidates = [settingOf(readSource, governing), ...conventional.map((path) => below(governing, path))];
  for (const candidate of candidates) {
    const files = schemas.filter((path) => path === candidate || path.startsWith(`${candidate}/`));
    if (candidate !== undefined && files.length > 0) return toSchema(closure, candidate, files);
  }
  const [only] = schemas;
  return only !== undefined && schemas.length === 1 ? toSchema(closure, only, schemas) : undefined;
}

const conventional = ['prisma/schema.prisma', 'schema.prisma', 'prisma/schema'];

const toSchema = ({ base }: SliceClosure, target: string, files: readonly ModuleId[]): PrismaSchema => ({
  target: `${base}${target}`,
  files: files.map((source) => ({ source, path: `${base}${source}` })),
});

const manifestSchema = z.object({ prisma: z.object({ schema: z.string().optional() }).optional() });

function settingOf(readSource: GeneratorInput['readSource'], governing: PackageManifest | undefined): string | undefined {
  const text = governing === undefined ? undefined : readSource(governing.path);
  if (text === undefined) return undefined;
  const setting = manifestSchema.safeParse(JSON.parse(text)).data?.prisma?.schema;
  return setting === undefined ? undefined : below(governing, setting.replace(/^\.\//, '').replace(/\/$/, ''));
}

const below = (manifest: PackageManifest | undefined, path: string): string =>
  manifest === undefined || manifest.directory === '.' ? path : `${manifest.directory}/${path}`;
