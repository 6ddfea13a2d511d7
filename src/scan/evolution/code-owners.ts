import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Where GitHub and GitLab look for the file, in this order. */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

/** Reads who owns a path; `undefined` where nobody is named. Patterns are those of `.gitignore`; the last that matches counts. */
export function readCodeOwners(root: string): (path: string) => readonly string[] | undefined {
  const text = PLACES.map((place) => textOf(join(root, place))).find((found) => found !== undefined);
  const rules = text === undefined ? [] : parseCodeOwners(text);
  return (path) => rules.findLast(({ matches }) => matches(path))?.owners;
}

export interface OwnerRule {
  readonly matches: (path: string) => boolean;
  readonly owners: readonly string[] | undefined;
}

/** A line without owners takes those of an earlier one away. Sections of GitLab are read as their lines. */
export function parseCodeOwners(text: string): readonly OwnerRule[] {
  return text.split('\n').flatMap((line): readonly OwnerRule[] => {
    const [pattern, ...owners] = words(line.replace(/(^|\s)#.*$/, '$1'));
    if (pattern === undefined || /^\^?\[/.test(pattern)) return [];
    const rule = ignore({ ignorecase: false }).add(pattern);
    const start = literalStart(pattern);
    const matches = (path: string): boolean => path.startsWith(start) && rule.ignores(path) && !isTooDeep(rule, pattern, path);
    return [{ matches, owners: owners.length === 0 ? undefined : owners }];
  });
}

/** What every path of a pattern begins with. Thousands of rules are asked for each file, and most of them end here. */
const literalStart = (pattern: string): string =>
  /\/./.test(pattern) ? (/^[^*?[\]\\!]*/.exec(pattern.replace(/^\//, ''))?.[0] ?? '') : '';

/** Unlike in `.gitignore`, `docs/*` names the files in a folder, not what lies in its folders. */
function isTooDeep(rule: Ignore, pattern: string, path: string): boolean {
  const folder = posix.dirname(path);
  return /(?<!\*\*)\/\*$/.test(pattern) && folder !== '.' && rule.ignores(`${folder}/`);
}

/** Words of a line; a space behind a backslash belongs to its word. */
const words = (line: string): readonly string[] => line.trim().match(/(?:\\.|\S)+/g) ?? [];

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
