/**
 * How a function becomes one file: the same for the proof, for a deployment, and for the script in a slice's manifest,
 * so that what was proven is what is deployed. Terms and values are esbuild's.
 */
export interface BundleFormat {
  readonly format: 'cjs' | 'esm';
  readonly extension: '.cjs' | '.mjs';
  /** Stands at the top of the file, unseen by the bundler. */
  readonly banner: string;
  /** Free names that the other module system has, and what stands for them. */
  readonly define: Readonly<Record<string, string>>;
}

/** By the module system of the slice's own package. */
export const bundleFormats: Readonly<Record<'commonjs' | 'module', BundleFormat>> = {
  commonjs: {
    format: 'cjs',
    extension: '.cjs',
    banner: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;",
    define: { 'import.meta.url': 'bundleUrl' },
  },
  // CommonJS packages inside an ES module ask for builtins with `require`, and where they stand.
  module: {
    format: 'esm',
    extension: '.mjs',
    banner: [
      "import { createRequire as requireFrom } from 'node:module';",
      "import { dirname as folderOf } from 'node:path';",
      "import { fileURLToPath as pathOf } from 'node:url';",
      'const require = requireFrom(import.meta.url);',
      'const bundleFile = pathOf(import.meta.url);',
      'const bundleFolder = folderOf(bundleFile);',
    ].join(' '),
    define: { __dirname: 'bundleFolder', __filename: 'bundleFile' },
  },
};

/** Whatever the module system. */
export const bundleOptions = {
  /** Class names reach answers (`error.name`): a collision must not rename them. */
  keepNames: true,
  loader: { '.node': 'copy' },
} as const;
