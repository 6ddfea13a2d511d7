import type { ReachedPackage } from '../../src/generate/slice-closure.ts';
import { sortedBy } from '../../src/lib/sort.ts';
import type { ModuleId } from '../../src/model/ids.ts';
import { defaultPackages } from './default-packages.ts';
import type { MonolithPackages } from './monolith-packages.ts';
import { runTimeCompanions } from './run-time-companions.ts';

/** What the slice's manifest lists, by name, sorted; and the packages nobody names a version of. */
export interface SliceDependencies {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly unknown: readonly ReachedPackage[];
  /** Names for `compilerOptions.types`, so that global declarations count in every TypeScript version. */
  readonly types: readonly string[];
}

/** Only the packages the moved code reaches, at the monolith's versions, with what generated code and its scripts need. */
export function sliceDependencies(reached: readonly ReachedPackage[], packages: MonolithPackages, entry: ModuleId): SliceDependencies {
  const companions = new Map(runTimeCompanions(reached, packages).map((one) => [one.name, one]));
  const found = [...reached.filter(({ name }) => !companions.has(name)), ...companions.values()].map((one) => {
    const importer = one.importedBy[0] ?? entry;
    const types = typesPackageOf(one.name);
    return { ...one, specifier: packages.specifierOf(one.name, importer), types, typesSpecifier: packages.specifierOf(types, importer) };
  });
  const typed = found.filter((one) => one.typesSpecifier !== undefined);
  const prisma = found.find((one) => one.name === '@prisma/client')?.specifier;
  return {
    dependencies: toRecord(found.filter((one) => !one.typeOnly).map((one) => [one.name, one.specifier] as const)),
    devDependencies: toRecord([
      ['@types/node', packages.specifierOf('@types/node', entry) ?? defaultPackages['@types/node'].version],
      ['typescript', typescriptFor(packages.specifierOf('typescript', entry))],
      ['esbuild', packages.specifierOf('esbuild', entry) ?? defaultPackages.esbuild.version],
      ...found.filter((one) => one.typeOnly).map((one) => [one.name, one.specifier] as const),
      ...typed.map((one) => [one.types, one.typesSpecifier] as const),
      ['prisma', prisma === undefined ? undefined : (packages.specifierOf('prisma', entry) ?? prisma)],
    ]),
    unknown: found.filter((one) => one.specifier === undefined && !(one.typeOnly && one.typesSpecifier !== undefined)),
    types: ['node', ...typed.map((one) => one.types.slice('@types/'.length))]
      .filter((name, index, all) => all.indexOf(name) === index)
      .sort(),
  };
}

/** DefinitelyTyped's name: `@scope/name` is `@types/scope__name`. */
const typesPackageOf = (name: string): string => `@types/${name.replace(/^@([^/]+)\/(.+)$/, '$1__$2')}`;

/** `module: preserve`, which keeps `import x = require()` and ES imports side by side, is known from TypeScript 5.4. */
export function typescriptFor(monolith: string | undefined): string {
  const version = /(?<major>\d+)\.(?<minor>\d+)/.exec(monolith ?? '')?.groups;
  const isEnough = version !== undefined && (Number(version.major) > 5 || (Number(version.major) === 5 && Number(version.minor) >= 4));
  return isEnough && monolith !== undefined ? monolith : defaultPackages.typescript.version;
}

const toRecord = (pairs: readonly (readonly [string, string | undefined])[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    sortedBy(
      pairs.flatMap(([name, specifier]) => (specifier === undefined ? [] : [[name, specifier] as const])),
      ([name]) => name,
    ),
  );
