// Joins the compiled modules that the command line loads into a few files: Node takes longer to find and link three
// hundred small modules than to run them. What is loaded late stays in files of its own.
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { build } from 'esbuild';

/** Bundles `<dist>/src/main.js` into `<dist>/bin`; packages are left to be imported from where they are installed. */
export async function bundle(dist) {
  const out = `${dist}/bin`;
  await build({
    entryPoints: [`${dist}/src/main.js`],
    outdir: out,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    minifyWhitespace: true,
    logLevel: 'warning',
    define: { 'import.meta.url': 'ownPlace' },
    plugins: [{ name: 'own-place', setup: (plugin) => plugin.onLoad({ filter: /\.js$/ }, ({ path }) => withOwnPlace(path, out)) }],
  });
}

/** A module that reads files beside it looks for them from where it lay before it was bundled. */
async function withOwnPlace(path, out) {
  const contents = await readFile(path, 'utf8');
  if (!contents.includes('import.meta.url')) return { contents };
  const place = JSON.stringify(relative(out, path).replaceAll('\\', '/'));
  return { contents: `const { url: bundlePlace } = import.meta;\nconst ownPlace = new URL(${place}, bundlePlace).href;\n${contents}` };
}
