import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { build, transform } from 'esbuild';

// Which installed packages stay out of a function's bundle and stand beside it as files, and why. A package goes by what its own
// code and files say, never by its name:
// - it carries compiled code, or cannot be bundled;
// - code that the function loads asks where it lies, hands its `module` or `require` on, or loads what it names at run time;
// - the function's manifest lists it and nothing imports it: something loads it by name;
// - a package that stands beside the bundle needs it: in the bundle as well, there would be two that do not know each other.

/** Looks through everything the entry leads to. What cannot be resolved or read is left to the bundling that follows. */
export async function findLeftOut({ directory, entry, provided = [] }) {
  const reasons = new Map();
  const { inputs, asks } = await collectInputs({ directory: realpathSync(directory), entry, provided, reasons });
  await judgePackages(reasons, inputs);
  const byName = loadedByName(directory, asks);
  for (const { folder } of byName) if (!reasons.has(folder)) reasons.set(folder, 'loaded by name');
  const found = { reasons, asks: [...byName, ...asks], needs: new Map() };
  addWhatTheyNeed(found);
  const roots = rootPackages(found);
  const external = [...roots.keys(), ...missingNames(found)].sort();
  const packages = [...roots].map(([name, folder]) => ({ name, folder, reason: found.reasons.get(folder) }));
  return { external, packages, copied: placePackages(found, roots) };
}

/** The files of a bundle of everything; notes who asks for which package. */
async function collectInputs({ directory, entry, provided, reasons }) {
  for (;;) {
    const asks = new Map();
    try {
      const { metafile } = await build({
        absWorkingDir: directory,
        entryPoints: [entry],
        bundle: true,
        write: false,
        metafile: true,
        platform: 'node',
        outdir: 'unused',
        logLevel: 'silent',
        loader: { '.node': 'empty', '.wasm': 'empty' },
        plugins: [noteAsks(asks, reasons, provided)],
      });
      const used = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
      const files = used.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [resolve(directory, path)] : []));
      return { inputs: [...new Set(files)].sort(), asks: sorted(asks) };
    } catch (error) {
      const files = (error.errors ?? []).flatMap(({ location }) => (location === null ? [] : [location.file]));
      const owners = files.flatMap((file) => packageOf(resolve(directory, file)) ?? []);
      const unknown = owners.filter(({ folder }) => !reasons.has(folder));
      if (unknown.length === 0) return { inputs: [], asks: [] };
      for (const { folder } of unknown) reasons.set(folder, 'cannot be bundled');
    }
  }
}

const ASKED_BY_US = Symbol('asked by find-left-out');

function noteAsks(asks, reasons, provided) {
  return {
    name: 'note-asks',
    setup(bundler) {
      // `express` and generated `.prisma/client`, not `./x`, `../x`, `/x` or `#x`.
      bundler.onResolve({ filter: /^[^./#]|^\.[^./]/ }, async ({ path, importer, kind, resolveDir, namespace, pluginData }) => {
        if (pluginData === ASKED_BY_US || kind === 'entry-point' || isBuiltin(path)) return undefined;
        if (provided.some((scope) => path.startsWith(scope))) return { path, external: true };
        const resolved = await bundler.resolve(path, { importer, kind, resolveDir, namespace, pluginData: ASKED_BY_US });
        const by = packageOf(importer)?.folder;
        if (resolved.errors.length > 0) {
          note(asks, { name: path, by, folder: undefined });
          // What the function's own code lacks stays an error.
          return by === undefined ? undefined : { path, external: true };
        }
        const owner = packageOf(resolved.path);
        if (owner === undefined || owner.folder === by) return resolved;
        note(asks, { name: packageName(path), by, folder: owner.folder });
        return reasons.get(owner.folder) === 'cannot be bundled' ? { path, external: true } : resolved;
      });
    },
  };
}

const note = (asks, ask) => asks.set(JSON.stringify([ask.name, ask.by ?? '', ask.folder ?? '']), ask);

const sorted = (asks) => [...asks.keys()].sort().map((key) => asks.get(key));

async function judgePackages(reasons, inputs) {
  const folders = new Set(inputs.flatMap((file) => packageOf(file)?.folder ?? []));
  for (const folder of folders) if (hasCompiledCode(folder)) reasons.set(folder, 'compiled code');
  for (const file of inputs) {
    const folder = packageOf(file)?.folder;
    const reason = folder === undefined || reasons.has(folder) ? undefined : await whyAsFiles(file, folder);
    if (reason !== undefined) reasons.set(folder, reason);
  }
}

/** Whether code has to lie in its own folder. Only free names count, for the bundler replaces no others; comments and `typeof` do not. */
async function whyAsFiles(file, folder) {
  const text = readFileSync(file, 'utf8');
  if (!/\.[cm]?js$/.test(file) || !HINT.test(text)) return undefined;
  const { code } = await transform(text, { loader: 'js', define: MARKS, legalComments: 'none', logLevel: 'silent' });
  const read = code.replace(/\btypeof own[A-Z]\w+/g, '');
  if (OWN_PLACE.test(read)) return 'reads its own place';
  if (HANDED_ON.test(read)) return 'hands its module on';
  return COMPUTED_REQUIRE.test(read) && namesWhatItLoads(read, folder) ? 'loads modules by computed names' : undefined;
}

const HINT = /__dirname|__filename|import\.meta|\bmodule\b(?!\.exports)|\brequire\b(?!\s*\(\s*(?:"[^"]*"|'[^']*')\s*\))/;
const MARKS = { __dirname: 'ownFolder', __filename: 'ownFile', module: 'ownModule', require: 'ownRequire', 'import.meta': 'ownMeta' };
const OWN_PLACE =
  /\bown(?:Folder|File)\b|\bownMeta\b(?!\.(?:env|hot)\b)|\bownModule\.(?:filename|path|paths|parent|children|require)\b|\bownRequire\.resolve\b/;
const HANDED_ON = /[(,]\s*own(?:Module|Require)\s*[,)]|\beval\(["'`]require\b/;
const STRING = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`$\\]*`/g;
// A bundler follows a constant name, and one that begins with a constant relative path.
const COMPUTED_REQUIRE = new RegExp(`\\bownRequire\\((?!\\s*(?:(?:${STRING.source})\\s*[,)]|["'\`]\\.\\.?/))`);

/** Whether names that a computed `require` may be given stand in the same file: paths of its own, or packages it needs. Others are its caller's. */
function namesWhatItLoads(code, folder) {
  const constant = new RegExp(`(?:\\bownRequire\\(|\\bimport\\(|\\bfrom |\\bimport )\\s*(?:${STRING.source})`, 'g');
  const needed = new Set(declaredNeeds(folder, new Set()));
  const names = [...code.replace(constant, '').matchAll(STRING)].map(([literal]) => literal.slice(1, -1));
  return names.some((name) => /^\.\.?\//.test(name) || needed.has(packageName(name)));
}

/** Dependencies of the function's package that nothing asks for by a constant name. */
function loadedByName(directory, asks) {
  const asked = new Set(asks.map(({ name }) => packageName(name)));
  const names = Object.keys(readManifest(directory).dependencies ?? {}).filter((name) => !asked.has(name));
  return names.sort().flatMap((name) => {
    const folder = findPackage(directory, name);
    return folder === undefined || isTool(folder) ? [] : [{ name, by: undefined, folder }];
  });
}

/** Command line tools are nothing that code loads. */
const isTool = (folder) => {
  const { bin, main, exports } = readManifest(folder);
  return bin !== undefined && main === undefined && exports === undefined;
};

/** Until nothing changes: what such packages need, and who asks by their names for other versions. */
function addWhatTheyNeed(found) {
  const { reasons } = found;
  const add = (folder, reason) => {
    if (!reasons.has(folder)) reasons.set(folder, reason);
  };
  for (let before = -1; before < reasons.size; ) {
    before = reasons.size;
    for (const folder of [...reasons.keys()].sort()) {
      for (const need of needsOf(found, folder)) add(need.folder, `needed by ${nameOf(folder)}`);
    }
    const roots = rootPackages(found);
    for (const [name, folder] of roots) {
      add(folder, `another version of ${name} is left out`);
      for (const ask of bundledAsks(found)) {
        if (ask.name === name && ask.folder !== folder && ask.by !== undefined) add(ask.by, `needs another version of ${name}`);
      }
    }
  }
}

/** What code in the bundle asks for. */
const bundledAsks = ({ asks, reasons }) => asks.filter(({ by, folder }) => folder !== undefined && !reasons.has(by ?? ''));

/** Packages that code in the bundle finds beside it, by name; where versions differ, the one of the function's own code. */
function rootPackages(found) {
  const asks = bundledAsks(found);
  const names = new Set(asks.filter(({ folder }) => found.reasons.has(folder)).map(({ name }) => name));
  return new Map([...names].sort().map((name) => [name, asks.find((ask) => ask.name === name)?.folder]));
}

/** Drivers of other databases, optional accelerators: asking for them fails at run time, as it does in the monolith. */
function missingNames({ asks, reasons }) {
  const missing = asks.filter(({ by, folder }) => folder === undefined && !reasons.has(by ?? ''));
  const own = new Set(missing.filter(({ by }) => by === undefined).map(({ name }) => name));
  return [...new Set(missing.map(({ name }) => name))].filter((name) => !own.has(name));
}

/** Installed packages that one needs: listed ones, those its code asks for, and optional companions as far as the function has them. */
function needsOf(found, folder) {
  const known = found.needs.get(folder) ?? findNeeds(found.asks, folder);
  found.needs.set(folder, known);
  return known;
}

function findNeeds(asks, folder) {
  const present = new Set(asks.map(({ name }) => packageName(name)));
  const needs = new Map(
    asks.flatMap((ask) => (ask.by === folder && ask.folder !== undefined ? [[packageName(ask.name), ask.folder]] : [])),
  );
  for (const name of declaredNeeds(folder, present)) {
    const target = needs.has(name) ? undefined : findPackage(folder, name);
    if (target !== undefined && target !== folder) needs.set(name, target);
  }
  return [...needs].map(([name, target]) => ({ name, folder: target })).sort((left, right) => (left.name < right.name ? -1 : 1));
}

function declaredNeeds(folder, present) {
  const { dependencies, optionalDependencies, peerDependencies = {}, peerDependenciesMeta = {} } = readManifest(folder);
  const companions = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true || present.has(name));
  return [...Object.keys({ ...dependencies, ...optionalDependencies }), ...companions].filter((name) => !name.startsWith('@types/'));
}

/** Where each package goes, relative to the bundle, so that each finds the versions it needs; parents come first. */
function placePackages(found, roots) {
  const placed = new Map([...roots].map(([name, folder]) => [`node_modules/${name}`, folder]));
  for (const [path, folder] of placed) {
    for (const need of needsOf(found, folder)) {
      const seen = lookUp(placed, path, need.name);
      if (seen === need.folder || path.split('/node_modules/').length > DEEPEST) continue;
      placed.set(seen === undefined ? `node_modules/${need.name}` : `${path}/node_modules/${need.name}`, need.folder);
    }
  }
  return [...placed].map(([path, folder]) => ({ path, folder }));
}

/** Versions that need each other in a circle would nest for ever. */
const DEEPEST = 10;

/** What Node finds from a placed package. */
function lookUp(placed, path, name) {
  for (let from = path; ; from = from.slice(0, from.lastIndexOf('/node_modules/'))) {
    const candidate = placed.get(`${from}/node_modules/${name}`);
    if (candidate !== undefined) return candidate;
    if (!from.includes('/node_modules/')) return placed.get(`node_modules/${name}`);
  }
}

/** The installed package a file belongs to; undefined for a file of the function's own. */
function packageOf(file) {
  const parts = file.split(sep);
  const at = parts.lastIndexOf('node_modules');
  if (at < 0 || parts[at + 1] === undefined) return undefined;
  const name = packageName(parts.slice(at + 1).join('/'));
  return { name, folder: [...parts.slice(0, at + 1), ...name.split('/')].join(sep) };
}

/** `@scope/name/lib/x` is `@scope/name`; Prisma generates its client as `.prisma/client`. */
const packageName = (path) =>
  path
    .split('/')
    .slice(0, /^[@.]/.test(path) ? 2 : 1)
    .join('/');

const nameOf = (folder) => packageOf(folder)?.name ?? folder;

function findPackage(from, name) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (folder === dirname(folder)) return undefined;
  }
}

/** Addons and WebAssembly, which their packages read from their own folder. */
function hasCompiledCode(folder) {
  if (['binding.gyp', 'prebuilds'].some((name) => existsSync(join(folder, name)))) return true;
  const { gypfile, binary } = readManifest(folder);
  return gypfile === true || binary !== undefined || containsCompiledCode(folder, 3);
}

function containsCompiledCode(folder, depth) {
  return readdirSync(folder, { withFileTypes: true }).some((entry) =>
    entry.isDirectory()
      ? depth > 1 && entry.name !== 'node_modules' && containsCompiledCode(join(folder, entry.name), depth - 1)
      : /\.(?:node|wasm)$/.test(entry.name),
  );
}

function readManifest(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return {};
  }
}
