import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { isPackageName, splitPackage } from '../lib/package-name.ts';
import type { ModuleId } from '../model/ids.ts';
import { toModuleId } from '../model/ids.ts';
import type { ImportTarget } from '../model/program.ts';
import type { SourceTree } from '../model/source-tree.ts';
import { createConfiguredResolvers } from './configured-resolvers.ts';
import { findSource, likeliestSource } from './find-source.ts';
import { createPackageSources } from './package-sources.ts';

/** Tells what a specifier written in a module names. */
export interface ModuleResolver {
  resolve(from: ModuleId, specifier: string): ImportTarget;
}

const NOT_FOUND: ImportTarget = { kind: 'unresolved', reason: 'not-found' };

/** Resolves over the files of a tree on disk: relative paths, tsconfig paths, workspaces, packages; memoised per folder. */
export function createModuleResolver(root: string, tree: SourceTree): ModuleResolver {
  const folder = resolve(root);
  const known = new Set<string>(tree.files.map(({ path }) => path));
  const sources = createPackageSources(tree, known, (path) => readText(join(folder, path)));
  const configured = createConfiguredResolvers(folder, tree);

  const relativeTarget: Resolve = (directory, specifier) => {
    const path = posix.join(directory, specifier);
    if (path === '..' || path.startsWith('../')) return { kind: 'unresolved', reason: 'outside-root' };
    const likely = likeliestSource(known, path);
    if (likely !== undefined) return { kind: 'module', module: likely };
    const found = configured.plain.sync(join(folder, directory), specifier).path;
    const target = found === undefined ? undefined : (toTarget(folder, known, found) ?? NOT_FOUND);
    if (target?.kind === 'module') return target;
    // A broken manifest or configuration beside the file stops the resolver, but not us; compiled output is read at its source.
    const source = (target === undefined ? findSource(known, path) : undefined) ?? sources.sourceOfCompiled(path);
    return source === undefined ? (target ?? NOT_FOUND) : { kind: 'module', module: source };
  };

  const namedTarget: Resolve = (directory, specifier) => {
    const found = configured.forDirectory(directory).sync(join(folder, directory), specifier).path;
    const target = found === undefined ? undefined : toTarget(folder, known, found);
    if (target?.kind === 'module') return target;
    // A workspace may not be linked, and may point at compiled output: its sources are what we know.
    const source = sources.source(specifier);
    if (source !== undefined) return { kind: 'module', module: source };
    if (target?.kind === 'asset') return target;
    if (found !== undefined || sources.isDependency(specifier)) return packageTarget(specifier);
    return isPackageName(specifier) && !configured.isAlias(directory, specifier) ? packageTarget(specifier) : NOT_FOUND;
  };

  const named = memoised(namedTarget);

  const resolveIn: Resolve = (directory, written) => {
    // Loader prefixes and queries of bundlers: `raw-loader!./a.txt`, `./icon.svg?url`.
    const specifier = written.replace(/^.*!/, '').replace(/(?<=.)\?.*$/, '');
    if (isBuiltin(specifier)) return { kind: 'builtin', name: specifier.replace(/^node:/, '') };
    return /^\.\.?($|\/)/.test(specifier)
      ? relativeTarget(directory, specifier)
      : named(configured.homeOf(directory, specifier), specifier);
  };

  const resolved = memoised(resolveIn);

  return { resolve: (from, specifier) => resolved(posix.dirname(from), specifier) };
}

type Resolve = (directory: string, specifier: string) => ImportTarget;

/** Answers once for each folder and specifier. */
function memoised(resolveIn: Resolve): Resolve {
  const memo = new Map<string, Map<string, ImportTarget>>();
  return (directory, specifier) => {
    const table = memo.get(directory) ?? new Map<string, ImportTarget>();
    memo.set(directory, table);
    const target = table.get(specifier) ?? resolveIn(directory, specifier);
    table.set(specifier, target);
    return target;
  };
}

function toTarget(folder: string, known: ReadonlySet<string>, found: string): ImportTarget | undefined {
  const inside = insideOf(folder, found.replace(/\?.*$/, ''));
  if (inside.split('/').includes('node_modules')) return undefined;
  if (inside.startsWith('../') || isAbsolute(inside)) return { kind: 'unresolved', reason: 'outside-root' };
  return known.has(inside) ? { kind: 'module', module: toModuleId(inside) } : { kind: 'asset', path: toModuleId(inside) };
}

/** `relative`, but quick for what lies in the folder: almost all does. */
const insideOf = (folder: string, path: string): string =>
  sep === '/' && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : relative(folder, path).split(sep).join('/');

const packageTarget = (specifier: string): ImportTarget => {
  const { name, subpath } = splitPackage(specifier);
  return { kind: 'package', package: name, subpath };
};

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
