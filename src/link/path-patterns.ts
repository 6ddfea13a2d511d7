import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { fieldOf } from '../lib/field-of.ts';
import { parseJsonWithComments } from '../lib/json-with-comments.ts';

const MOST_PARENTS = 8;

/** Keys of `compilerOptions.paths`, from the configurations it extends too; what cannot be read adds none. */
export function readPathPatterns(configFile: string, depth = 0): string[] {
  const config = readConfiguration(configFile);
  const paths = fieldOf(fieldOf(config, 'compilerOptions'), 'paths');
  if (typeof paths === 'object' && paths !== null) return Object.keys(paths);
  if (depth > MOST_PARENTS) return [];
  return parentsOf(config).flatMap((parent) => readPathPatterns(resolve(dirname(configFile), parent), depth + 1));
}

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
