import { z } from 'zod';
import type { GeneratorInput } from '../../src/generate/generator.ts';
import { toSlug } from '../../src/lib/slug.ts';
import { bundleFormats, bundleOptions } from '../../src/model/function-bundle.ts';
import { toModuleId } from '../../src/model/ids.ts';
import type { PlannedService } from '../../src/model/migration-plan.ts';
import type { PackageManifest } from '../../src/model/source-tree.ts';
import type { PrismaSchema } from './prisma-schema.ts';
import type { SliceDependencies } from './slice-dependencies.ts';

export interface ManifestInput {
  readonly input: Pick<GeneratorInput, 'plan' | 'readSource'>;
  readonly service: PlannedService;
  readonly dependencies: SliceDependencies;
  readonly governing: PackageManifest | undefined;
  readonly prisma: PrismaSchema | undefined;
}

/** The `package.json` of a slice. */
export function packageManifest({ input, service, dependencies, governing, prisma }: ManifestInput) {
  const type = governing?.type ?? 'commonjs';
  const overrides = npmOverrides(input.readSource, dependencies);
  return {
    name: `${toSlug(input.plan.name)}-${service.id}`,
    version: '0.0.0',
    private: true,
    description: `${service.title}, cut out of ${input.plan.name}`,
    type,
    engines: { node: '>=20' },
    scripts: {
      ...(prisma === undefined ? {} : { postinstall: 'prisma generate' }),
      typecheck: 'tsc --noEmit -p tsconfig.json',
      bundle: bundleCommand(service, type),
    },
    ...(prisma === undefined ? {} : { prisma: { schema: prisma.target } }),
    dependencies: dependencies.dependencies,
    devDependencies: dependencies.devDependencies,
    ...(overrides === undefined ? {} : { overrides }),
  };
}

/**
 * The proof's bundling of the slice's own code as one command; packages stay outside, because which of them can lie in a
 * bundle is decided when all are installed. Double quotes, because every shell knows them.
 */
function bundleCommand(service: PlannedService, type: 'module' | 'commonjs'): string {
  const { format, extension, banner, define } = bundleFormats[type];
  return [
    'esbuild',
    ...service.functions.map(({ name }) => `src/functions/${name}.ts`),
    '--bundle --platform=node --target=node22 --sourcemap --outdir=dist',
    `--format=${format} --out-extension:.js=${extension}`,
    ...(bundleOptions.keepNames ? ['--keep-names'] : []),
    ...Object.entries(bundleOptions.loader).map(([ending, loader]) => `--loader:${ending}=${loader}`),
    `--banner:js="${banner}"`,
    ...Object.entries(define).map(([name, value]) => `--define:${name}=${value}`),
    '--packages=external',
  ].join(' ');
}

const overridesSchema = z.object({
  overrides: z.record(z.string(), z.unknown()).optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  devDependencies: z.record(z.string(), z.string()).optional(),
});

/** The monolith's npm overrides, without which its locked versions may contradict their ranges; those of direct dependencies are told by the version. */
function npmOverrides(readSource: GeneratorInput['readSource'], listed: SliceDependencies): Readonly<Record<string, unknown>> | undefined {
  const manifest = overridesSchema.safeParse(parseJson(readSource(toModuleId('package.json')))).data;
  if (manifest?.overrides === undefined) return undefined;
  const direct = { ...listed.dependencies, ...listed.devDependencies };
  const ranges = { ...manifest.dependencies, ...manifest.devDependencies, ...direct };
  const kept = Object.entries(manifest.overrides)
    .filter(([key]) => direct[key.replace(/(?<=.)@.*$/, '')] === undefined)
    .map(([key, value]) => [key, withoutReferences(value, ranges)] as const);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** `$name` refers to a direct dependency of the monolith, which the slice may not list. */
function withoutReferences(value: unknown, ranges: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return value.startsWith('$') ? (ranges[value.slice(1)] ?? '*') : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutReferences(inner, ranges)]));
}

function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
