import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
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

/** The configurations that one refers to: each has its own files. */
export function readReferences(configFile: string): readonly string[] {
  const written = fieldOf(readConfiguration(configFile), 'references');
  return (Array.isArray(written) ? written : []).flatMap((reference) => {
    const path = fieldOf(reference, 'path');
    if (typeof path !== 'string') return [];
    const target = resolve(dirname(configFile), path);
    return [target.endsWith('.json') ? target : join(target, 'tsconfig.json')];
  });
}

/** Whether a configuration, or one that it extends, has names looked for in a folder. */
export function hasBaseUrl(configFile: string, depth = 0): boolean {
  const config = readConfiguration(configFile);
  if (fieldOf(fieldOf(config, 'compilerOptions'), 'baseUrl') !== undefined) return true;
  return depth <= MOST_PARENTS && parentsOf(config).some((parent) => hasBaseUrl(resolve(dirname(configFile), parent), depth + 1));
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
