import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fieldOf } from '../lib/field-of.ts';
import { parseJsonWithComments } from '../lib/json-with-comments.ts';

/** Folders that usually hold compiled output. */
const usualNames = new Set(['dist', 'build', 'out', '.output']);

/** Folders, with a closing `/`, that hold compiled output: named so or named by a tsconfig, and without TypeScript sources in them. */
export function findOutputFolders(root: string, paths: readonly string[]): string[] {
  const candidates = new Set([...paths.flatMap(usualFolder), ...paths.filter(isTsconfig).flatMap((path) => configuredFolder(root, path))]);
  return [...candidates].filter((folder) => holdsOnlyOutput(paths.filter((path) => path.startsWith(folder))));
}

const isTsconfig = (path: string): boolean => /(^|\/)tsconfig[^/]*\.json$/.test(path);

function usualFolder(path: string): string[] {
  const parts = path.split('/');
  const at = parts.findIndex((part, index) => index < parts.length - 1 && usualNames.has(part));
  return at < 0 ? [] : [`${parts.slice(0, at + 1).join('/')}/`];
}

/** The `outDir` of a tsconfig, when it lies below the root. */
function configuredFolder(root: string, path: string): string[] {
  const written = fieldOf(fieldOf(parseJsonWithComments(readText(join(root, path))), 'compilerOptions'), 'outDir');
  if (typeof written !== 'string') return [];
  const folder = posix.join(posix.dirname(path), written);
  return folder === '.' || folder.startsWith('..') || folder.startsWith('/') ? [] : [folder.endsWith('/') ? folder : `${folder}/`];
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function holdsOnlyOutput(paths: readonly string[]): boolean {
  const scripts = paths.filter((path) => /\.[cm]?[jt]sx?$/.test(path));
  return scripts.length > 0 && scripts.every((path) => /\.([cm]?jsx?|d\.[cm]?ts)$/.test(path));
}
