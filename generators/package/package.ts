import { effectiveOptions } from '../../src/generate/compiler-options.ts';
import { defineGenerator, type GeneratorInput } from '../../src/generate/generator.ts';
import type { SliceClosure } from '../../src/generate/slice-closure.ts';
import { invariant } from '../../src/lib/errors.ts';
import type { Artifact } from '../../src/model/artifact.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { ModuleId } from '../../src/model/ids.ts';
import { type MonolithPackages, readMonolithPackages } from './monolith-packages.ts';
import { readNpmEntries } from './npm-lockfile.ts';
import { packageManifest } from './package-manifest.ts';
import { findPrismaSchema } from './prisma-schema.ts';
import { sliceDependencies } from './slice-dependencies.ts';
import { sliceLockfile } from './slice-lockfile.ts';
import { sliceTsconfig } from './slice-tsconfig.ts';
import { toReadmeView } from './view.ts';

/** The files that make a slice a package of its own: manifest, lock file, compiler options, read-me, Prisma schema. */
export const packageFiles = defineGenerator({
  name: 'package',

  *generate(input) {
    const packages = readMonolithPackages(input);
    for (const id of input.slices) {
      const closure = input.closures.get(id);
      invariant(closure !== undefined, `slice ${id} has no closure`);
      yield* sliceFiles(input, closure, packages);
    }
  },
});

function* sliceFiles(input: GeneratorInput, closure: SliceClosure, packages: MonolithPackages): Iterable<Artifact | Diagnostic> {
  const service = input.plan.services.find(({ id }) => id === closure.service);
  invariant(service !== undefined, `slice ${closure.service} is not in the plan`);
  const entry = closure.entry.module;
  const governing = packages.manifestOf(entry);
  const dependencies = sliceDependencies(closure.packages, packages, entry);
  const prisma = findPrismaSchema(input, closure, governing);
  const manifest = packageManifest({ input, service, dependencies, governing, prisma });
  const lockfile =
    input.tree.lockfile?.kind === 'npm'
      ? sliceLockfile(manifest, readNpmEntries(input.readSource(input.tree.lockfile.path) ?? ''))
      : undefined;

  for (const { name, importedBy } of dependencies.unknown) yield unknownVersion(input, closure, name, importedBy[0]);
  const folder = `services/${service.id}`;
  yield artifact(`${folder}/package.json`, json(manifest));
  if (lockfile !== undefined) yield artifact(`${folder}/package-lock.json`, json(lockfile));
  const options = effectiveOptions(entry, input.tree.tsconfigs, input.readSource);
  yield artifact(`${folder}/tsconfig.json`, json(sliceTsconfig(options, dependencies.types)));
  yield artifact(
    `${folder}/README.md`,
    input.render(new URL('./templates/readme.hbs', import.meta.url), toReadmeView({ input, service, closure, lockfile, prisma })),
  );
  for (const { source, path } of prisma?.files ?? []) {
    // The moved code may bring the schema itself, when it reads it.
    if (closure.assets.some((asset) => asset.source === source)) continue;
    const text = input.readSource(source);
    if (text !== undefined) yield { ...artifact(`${folder}/${path}`, text), origin: { generator: 'package', source } };
  }
}

const artifact = (path: string, content: string): Artifact => ({ path, content, origin: { generator: 'package' } });

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

function unknownVersion(input: GeneratorInput, closure: SliceClosure, name: string, importer: ModuleId | undefined): Diagnostic {
  const found = input.program.program.imports.find(
    ({ from, target }) => from === importer && target.kind === 'package' && target.package === name,
  );
  return {
    code: 'package-version-unknown',
    data: { service: closure.service, package: name },
    ...(found === undefined ? {} : { at: found.at }),
  };
}
