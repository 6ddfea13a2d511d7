import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { build } from 'esbuild';

// Bundles a function without writing anything, and prints as JSON what has to stay out of its bundle.
const missing = new Set();
const native = new Map();
const asked = Symbol('asked by this script');

const leaveOut = {
  name: 'leave-out',
  setup(bundler) {
    bundler.onResolve({ filter: /^[^./]|^\.[^./]/ }, async ({ path, importer, kind, resolveDir, namespace, pluginData }) => {
      if (pluginData === asked || kind === 'entry-point' || isBuiltin(path)) return undefined;
      const resolved = await bundler.resolve(path, { importer, kind, resolveDir, namespace, pluginData: asked });
      if (resolved.errors.length > 0) {
        // What the slice's own code lacks stays an error.
        if (!importer.includes(`${sep}node_modules${sep}`)) return undefined;
        missing.add(path);
        return { path, external: true };
      }
      const owner = packageOf(resolved.path);
      if (owner === undefined || !isNative(owner.folder)) return resolved;
      native.set(owner.name, owner);
      return { path, external: true };
    });
  },
};

try {
  await build({
    entryPoints: [process.argv[2]],
    bundle: true,
    write: false,
    platform: 'node',
    outdir: 'unused',
    logLevel: 'silent',
    external: ['@aws-sdk/*', '@smithy/*'],
    loader: { '.node': 'copy' },
    plugins: [leaveOut],
  });
} catch {
  // The bundling that follows tells the same errors to people.
}
const copied = new Map([...native.values()].flatMap((one) => [one, ...needsOf(one)]).map((one) => [one.name, one]));
const byName = [...copied.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
process.stdout.write(JSON.stringify({ external: [...missing, ...native.keys()].sort(), copied: byName }));

/** The installed package a file belongs to; Prisma generates its client as `.prisma/client`, which is bundled. */
function packageOf(file) {
  const parts = file.split(sep);
  const at = parts.lastIndexOf('node_modules');
  const first = parts[at + 1];
  if (at < 0 || first === undefined || first.startsWith('.')) return undefined;
  const length = first.startsWith('@') ? 2 : 1;
  return { name: parts.slice(at + 1, at + 1 + length).join('/'), folder: parts.slice(0, at + 1 + length).join(sep) };
}

function needsOf({ folder }) {
  const found = new Map();
  const waiting = [folder];
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    const { name: self, dependencies, optionalDependencies } = readManifest(from);
    // Prisma's package loads the client that was generated beside it, without naming it.
    const generated = self === '@prisma/client' ? ['.prisma/client'] : [];
    for (const name of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...generated]) {
      const target = findPackage(from, name);
      if (target === undefined || found.has(target)) continue;
      found.set(target, { name, folder: target });
      waiting.push(target);
    }
  }
  return [...found.values()];
}

function findPackage(from, name) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (folder === dirname(folder)) return undefined;
  }
}

function isNative(folder) {
  if (['binding.gyp', 'prebuilds'].some((name) => existsSync(join(folder, name)))) return true;
  const { gypfile, binary } = readManifest(folder);
  return gypfile === true || binary !== undefined || containsCompiledCode(folder, 3);
}

function containsCompiledCode(folder, depth) {
  return readdirSync(folder, { withFileTypes: true }).some((entry) =>
    entry.isDirectory() ? depth > 1 && entry.name !== 'node_modules' && containsCompiledCode(join(folder, entry.name), depth - 1) : /\.(?:node|wasm)$/.test(entry.name),
  );
}

function readManifest(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return {};
  }
}
