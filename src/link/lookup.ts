import type { DeclarationSyntax } from '../model/file-syntax.ts';
import type { Binding, Evaluator, Meaning } from './evaluator.ts';
import { declarationAt, type LinkedFile } from './linked-file.ts';

/** Finds what a name means: locals outwards, then the module, its imports, and at last globals. */
export function lookupName(e: Evaluator, file: LinkedFile, owner: number, name: string, meaning: Meaning, offset?: number): Binding {
  for (let scope = owner; scope >= 0; scope = declarationAt(file, scope).parent) {
    const candidates = file.names.get(scope)?.get(name);
    if (candidates === undefined) continue;
    const index = nearest(file, candidates, meaning, offset);
    if (index !== undefined) return { kind: 'declaration', file, index };
  }
  return importedName(e, file, name, meaning) ?? { kind: 'global', name };
}

/** Among declarations of one name: the meaning asked for, the innermost block around the place, an implementation before its overloads. */
function nearest(file: LinkedFile, candidates: readonly number[], meaning: Meaning, offset: number | undefined): number | undefined {
  let best: number | undefined;
  let bestSize = Number.POSITIVE_INFINITY;
  let bestRank = -1;
  for (const index of candidates) {
    const declaration = declarationAt(file, index);
    const { scope } = declaration;
    if (scope !== undefined && offset !== undefined && (offset < scope.start || offset >= scope.end)) continue;
    const size = scope === undefined ? Number.MAX_SAFE_INTEGER : scope.end - scope.start;
    const rank = rankFor(declaration, meaning);
    if (rank > bestRank || (rank === bestRank && size < bestSize)) [best, bestSize, bestRank] = [index, size, rank];
  }
  return best;
}

function rankFor({ kind, returns }: DeclarationSyntax, meaning: Meaning): number {
  const isType = kind === 'interface' || kind === 'type-alias';
  if (kind === 'class' || kind === 'enum') return 3;
  if (meaning === 'type') return isType ? 3 : kind === 'namespace' ? 2 : 0;
  if (isType) return -1;
  if (kind === 'function') return returns === undefined ? 2 : 3;
  return kind === 'namespace' ? 1 : 3;
}

function importedName(e: Evaluator, file: LinkedFile, name: string, meaning: Meaning): Binding | undefined {
  const imported = file.importedNames.get(name);
  return imported === undefined ? undefined : importBinding(e, file, imported.index, imported.imported, meaning);
}

/** What the import at `index` gives under a name; `*` for all of it. */
export function importBinding(e: Evaluator, file: LinkedFile, index: number, imported: string, meaning: Meaning): Binding {
  const target = file.targets[index];
  switch (target?.kind) {
    case 'module': {
      const module = e.files.get(target.module);
      return module === undefined ? { kind: 'unknown' } : moduleBinding(e, module, imported, meaning);
    }
    case 'package': {
      const name = target.subpath === '' ? target.package : `${target.package}/${target.subpath}`;
      return { kind: 'external', package: name, path: imported === '*' ? [] : [imported] };
    }
    case 'builtin':
      return { kind: 'external', package: target.name, path: imported === '*' ? [] : [imported] };
    default:
      return { kind: 'unknown' };
  }
}

/** A name of a module as an import sees it; `export =` and `module.exports =` stand for the namespace and the default. */
export function moduleBinding(e: Evaluator, module: LinkedFile, imported: string, meaning: Meaning): Binding {
  const hasEquals = module.exports.has('=');
  if (imported === '*') return hasEquals ? e.exported(module, '=', meaning) : { kind: 'module', file: module };
  const found = e.exported(module, imported, meaning);
  if (found.kind !== 'unknown' || imported !== 'default') return found;
  if (hasEquals) return e.exported(module, '=', meaning);
  // `import x from` a CommonJS module gives all of its exports.
  return module.exports.size > 0 && !module.exports.has('default') ? { kind: 'module', file: module } : found;
}

/** Follows a module's export of a name to what it names. `seen` ends cycles of `export *`. */
export function exportBinding(e: Evaluator, file: LinkedFile, name: string, meaning: Meaning, seen: Set<LinkedFile>): Binding {
  if (seen.has(file)) return { kind: 'unknown' };
  seen.add(file);
  const named = namedExport(e, file, name, meaning, seen);
  if (named !== undefined) return named;
  return name === 'default' || name === '=' ? { kind: 'unknown' } : starExport(e, file, name, meaning, seen);
}

/** What a module itself exports under a name; `undefined` when only its `export *` may hold it. */
function namedExport(e: Evaluator, file: LinkedFile, name: string, meaning: Meaning, seen: Set<LinkedFile>): Binding | undefined {
  const own = file.exports.get(name);
  if (own !== undefined) {
    const bindings = own.map((one) => ownExport(e, file, one, meaning, seen));
    return bindings.find((binding) => suits(binding, meaning)) ?? bindings[0] ?? { kind: 'unknown' };
  }
  if (name === '=' || name === 'default' || !file.exports.has('=')) return undefined;
  const object = exportBinding(e, file, '=', meaning, new Set());
  return object.kind === 'declaration' || object.kind === 'value' || object.kind === 'module'
    ? { kind: 'member', of: object, name }
    : undefined;
}

const suits = (binding: Binding, meaning: Meaning): boolean =>
  binding.kind !== 'unknown' &&
  (meaning === 'type' ||
    binding.kind !== 'declaration' ||
    (declarationAt(binding.file, binding.index).kind !== 'interface' && declarationAt(binding.file, binding.index).kind !== 'type-alias'));

function ownExport(e: Evaluator, file: LinkedFile, one: LinkedFile['stars'][number], meaning: Meaning, seen: Set<LinkedFile>): Binding {
  if (one.from !== undefined) return reExport(e, file, one.from, one.imported ?? '*', meaning, seen);
  if (one.local !== undefined) {
    if (one.local === '*default*') return anonymousDefault(file);
    return e.lookup(file, 0, one.local, meaning);
  }
  if (one.value === undefined) return { kind: 'unknown' };
  const declared = declaredBy(file, one.span, one.name);
  return declared === undefined ? { kind: 'value', file, expression: one.value } : { kind: 'declaration', file, index: declared };
}

/** The declaration an exported expression was given. */
function declaredBy(file: LinkedFile, span: { readonly start: number; readonly end: number }, name: string): number | undefined {
  const expected = name === '=' ? 'module.exports' : name === 'default' ? 'default' : `exports.${name}`;
  return file.topLevel.get(span.start)?.find((index) => {
    const declaration = declarationAt(file, index);
    return (
      declaration.span.start === span.start &&
      declaration.span.end === span.end &&
      (declaration.name === expected || declaration.name.startsWith('<'))
    );
  });
}

function anonymousDefault(file: LinkedFile): Binding {
  const index = file.children[0]?.find((child) => declarationAt(file, child).name === 'default');
  return index === undefined ? { kind: 'unknown' } : { kind: 'declaration', file, index };
}

function reExport(e: Evaluator, file: LinkedFile, index: number, imported: string, meaning: Meaning, seen: Set<LinkedFile>): Binding {
  const target = file.targets[index];
  const module = target?.kind === 'module' ? e.files.get(target.module) : undefined;
  if (module === undefined || imported === '*' || module.exports.has('=')) return importBinding(e, file, index, imported, meaning);
  return exportBinding(e, module, imported, meaning, new Set(seen));
}

/** In a loop, each star's modules before the next star: they may be thousands in a row. */
function starExport(e: Evaluator, first: LinkedFile, name: string, meaning: Meaning, seen: Set<LinkedFile>): Binding {
  let external: Binding | undefined;
  const open = starsOf(first);
  for (let star = open.pop(); star !== undefined; star = open.pop()) {
    const { file, from } = star;
    const target = file.targets[from];
    const module = target?.kind === 'module' ? e.files.get(target.module) : undefined;
    if (module !== undefined && seen.has(module)) continue;
    const found = module === undefined ? importedBinding(e, star, name, meaning) : namedExport(e, module, name, meaning, seen.add(module));
    if (found === undefined && module !== undefined) open.push(...starsOf(module));
    if (found?.kind === 'external') external ??= found;
    else if (module !== undefined && found !== undefined && found.kind !== 'unknown') return found;
  }
  // A star over a package may hold the name; it does when nothing of the program has it.
  return external ?? { kind: 'unknown' };
}

interface Star {
  readonly file: LinkedFile;
  readonly from: number;
}

/** The last first, as a stack gives them. */
const starsOf = (file: LinkedFile): Star[] => file.stars.map(({ from = -1 }) => ({ file, from })).reverse();

const importedBinding = (e: Evaluator, { file, from }: Star, name: string, meaning: Meaning): Binding | undefined =>
  file.targets[from] === undefined ? undefined : importBinding(e, file, from, name, meaning);
