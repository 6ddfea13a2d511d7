import { esbuildPlatforms } from './esbuild-platforms.ts';

/** A package a slice needs beside the monolith's own, as it stands in an npm lock file. */
export interface DefaultPackage {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: true;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

const ESBUILD_VERSION = '0.28.2';

const platformPackages: readonly DefaultPackage[] = esbuildPlatforms.map(([platform, integrity, os, cpu]) => ({
  name: `@esbuild/${platform}`,
  version: ESBUILD_VERSION,
  integrity,
  os: [os],
  cpu: [cpu],
  engines: { node: '>=18' },
}));

/**
 * What generated code and its scripts need when the monolith's lock file has none.
 * Versions and integrity as the npm registry gives them (`npm view <name>@<version> dist.integrity`), November 2026.
 */
export const defaultPackages = {
  typescript: {
    name: 'typescript',
    version: '5.9.3',
    integrity: 'sha512-jl1vZzPDinLr9eUt3J/t7V6FgNEw9QjvBPdysz9KfQDD41fQrC2Y4vKQdiaUpFT4bXlb1RHhLpp8wtm6M5TgSw==',
    bin: { tsc: 'bin/tsc', tsserver: 'bin/tsserver' },
    engines: { node: '>=14.17' },
  },
  '@types/node': {
    name: '@types/node',
    version: '22.20.5',
    integrity: 'sha512-U2+DNr+wSjpsTS/wZGYHq7GcwfuSmKiKvoPvK22zwTlRhU91yOniN4qRR5KhIjvif7ysw/dz/hKmfDH0Ris4aA==',
    dependencies: { 'undici-types': '~6.21.0' },
  },
  'undici-types': {
    name: 'undici-types',
    version: '6.21.0',
    integrity: 'sha512-iwDZqg0QAGrg9Rav5H4n0M64c3mkR59cJ6wQp+7C4nI0gsmExaedaYLNO44eT4AtBBwjbTiGPMlt2Md0T9H9JQ==',
  },
  esbuild: {
    name: 'esbuild',
    version: ESBUILD_VERSION,
    integrity: 'sha512-HKVLS8dvII+xoKW9kmqxbRKrnWEXfJJr/FZhhJmiqIB0e053QNYFqOBouTMO/k5sID4MvCiUCvv8b9M4h32wIA==',
    bin: { esbuild: 'bin/esbuild' },
    engines: { node: '>=18' },
    hasInstallScript: true,
    optionalDependencies: Object.fromEntries(platformPackages.map(({ name, version }) => [name, version])),
  },
} satisfies Record<string, DefaultPackage>;

/** Every package above and those they depend on, by name. */
export const defaultPackageByName: ReadonlyMap<string, DefaultPackage> = new Map(
  [...Object.values<DefaultPackage>(defaultPackages), ...platformPackages].map((one) => [one.name, one]),
);
