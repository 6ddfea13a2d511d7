import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { fieldOf } from '../lib/field-of.ts';
import { parseJsonWithComments } from '../lib/json-with-comments.ts';

const MOST_PARENTS = 8;

/** `compilerOptions.paths` with absolute targets, from the configurations it extends too; what cannot be read adds none. */
export function readPathPatterns(configFile: string, depth = 0): Readonly<Record<string, string[]>> {
  const config = readConfiguration(configFile);
  const options = fieldOf(config, 'compilerOptions');
  const paths = fieldOf(options, 'paths');
  if (typeof paths === 'object' && paths !== null) {
    const base = fieldOf(options, 'baseUrl');
    const home = resolve(dirname(configFile), typeof base === 'string' ? base : '.');
    return Object.fromEntries(Object.entries(paths).map(([pattern, targets]) => [pattern, absolute(home, targets)]));
  }
  if (depth > MOST_PARENTS) return {};
  const parents = parentsOf(config).map((parent) => readPathPatterns(resolve(dirname(configFile), parent), depth + 1));
  return Object.assign({}, ...parents);
}

const absolute = (home: string, targets: unknown): string[] =>
  [targets].flat().flatMap((target) => (typeof target === 'string' ? [resolve(home, target)] : []));

function readConfiguration(path: string): unknown {
  try {
    return parseJsonWithComments(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Only configurations of the project itself are followed. */
function parentsOf(config: unknown): string[] {
  return [fieldOf(config, 'extends')].flat().flatMap((written) => {
    if (typeof written !== 'string' || !(written.startsWith('.') || isAbsolute(written))) return [];
    return [written.endsWith('.json') ? written : `${written}.json`];
  });
}
