import type { LibraryHost } from '../../../src/model/boot-trace.ts';

/** Files of the program that a pattern below a folder (the root, where none is told) names. */
export function matchingFiles<Value>(host: LibraryHost<Value>, pattern: string | undefined, cwd: Value | undefined): readonly string[] {
  if (pattern === undefined) return [];
  const segments = pattern.split('/').filter((segment) => segment !== '.' && segment !== '');
  const fixed = segments.findIndex((segment) => /[*?{[]/.test(segment));
  const folder = segments.slice(0, fixed === -1 ? segments.length - 1 : fixed).join('/');
  const rest = segments.slice(fixed === -1 ? segments.length - 1 : fixed).join('/');
  const start = pattern.startsWith('/') ? '/' : '';
  const below =
    cwd === undefined || start !== '' ? host.constant(`${start}${folder || '.'}`) : host.concatenate([cwd, host.constant(`/${folder}`)]);
  const found = host.filesBelow(below);
  if (found === undefined) return [];
  const wanted = toExpression(rest);
  const prefix = found.place === '.' ? '' : `${found.place}/`;
  return found.files.filter((file) => /\.[cm]?[jt]sx?$/.test(file) && wanted.test(file.slice(prefix.length)));
}

/** The sources of compiled files are meant, too. */
function toExpression(pattern: string): RegExp {
  const parts = pattern
    .replace(/\{(?:[^{}]*,)?[jt]s(?:,[^{}]*)?\}$/, '?s')
    .replace(/\.[jt]s$/, '.?s')
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => (part === '**/' ? '(?:.*/)?' : part === '**' ? '.*' : part === '*' ? '[^/]*' : part === '?' ? '.' : escaped(part)));
  return new RegExp(`^${parts.join('')}$`);
}

const escaped = (text: string): string => text.replace(/[.+^${}()|[\]\\]/g, '\\$&');
