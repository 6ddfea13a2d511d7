import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fieldOf } from '../lib/field-of.ts';
import { parseJsonWithComments } from '../lib/json-with-comments.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ModuleId } from '../model/ids.ts';
import type { SourceLocation } from '../model/location.ts';
import { jsonProblemAt, placeIn } from './json-problem.ts';
import { roleOf } from './role-of.ts';

/** Findings about configurations that cannot be read: their paths and output folders are not known. */
export const checkTsconfigs = (root: string, paths: readonly ModuleId[]): readonly Diagnostic[] =>
  paths.filter((path) => roleOf(path) !== 'test').flatMap((path) => checkTsconfig(root, path));

function checkTsconfig(root: string, path: ModuleId): readonly Diagnostic[] {
  const text = attempt(() => readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, ''));
  if (text === undefined) return [unreadable('it cannot be opened', { file: path, line: 1, column: 1 })];
  // The compiler takes an empty file for an empty object.
  if (isBlank(text)) return [];
  const value = parseJsonWithComments(text);
  if (value === undefined) return [unreadable('it is not valid JSON', jsonProblemAt(path, text))];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [unreadable('it must hold an object', { file: path, line: 1, column: 1 })];
  }
  return missingBases(root, path, value).map((base) =>
    unreadable(`"${base}", which it extends, is not there`, placeIn(path, text, text.indexOf('"extends"'))),
  );
}

/** Bases named by a path; those of packages may come with an installation that is not here. */
function missingBases(root: string, path: ModuleId, value: object): readonly string[] {
  const named = [fieldOf(value, 'extends')].flat().filter((base) => typeof base === 'string');
  const exists = (base: string): boolean => {
    const file = resolve(root, dirname(path), base);
    return existsSync(file) || existsSync(`${file}.json`);
  };
  return named.filter((base) => base.startsWith('.') && !exists(base));
}

const isBlank = (text: string): boolean => text.replace(/\/\/[^\n\r]*|\/\*[\s\S]*?\*\//g, '').trim() === '';

const unreadable = (message: string, at: SourceLocation): Diagnostic => ({ code: 'unreadable-file', data: { message }, at });

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
