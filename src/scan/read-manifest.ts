import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import type { ModuleId } from '../model/ids.ts';
import type { SourceLocation } from '../model/location.ts';
import type { PackageManifest } from '../model/source-tree.ts';
import { jsonProblemAt } from './json-problem.ts';

/** Why and where a manifest cannot be read. */
interface ManifestProblem {
  readonly message: string;
  readonly at: SourceLocation;
}

/** Reads a `package.json`, or tells why it cannot be read. */
export function readManifest(root: string, path: ModuleId): PackageManifest | ManifestProblem {
  const start = { file: path, line: 1, column: 1 };
  let text: string;
  try {
    text = readFileSync(posix.join(root, path), 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return { message: 'it cannot be opened', at: start };
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { message: 'it is not valid JSON', at: jsonProblemAt(path, text) };
  }
  if (!isRecord(parsed)) return { message: 'it must hold an object', at: start };
  const { name, main, type, scripts, dependencies, peerDependencies, optionalDependencies, devDependencies, workspaces } = parsed;
  return {
    path,
    directory: posix.dirname(path),
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof main === 'string' ? { main } : {}),
    type: type === 'module' ? 'module' : 'commonjs',
    scripts: texts(scripts),
    dependencies: { ...texts(peerDependencies), ...texts(optionalDependencies), ...texts(dependencies) },
    devDependencies: texts(devDependencies),
    workspaces: workspacesOf(workspaces),
    private: parsed.private === true,
  };
}

/** Fields of a manifest, none of them checked yet. */
interface ManifestFields {
  readonly [key: string]: unknown;
  readonly name?: unknown;
  readonly main?: unknown;
  readonly type?: unknown;
  readonly scripts?: unknown;
  readonly dependencies?: unknown;
  readonly peerDependencies?: unknown;
  readonly optionalDependencies?: unknown;
  readonly devDependencies?: unknown;
  readonly workspaces?: unknown;
  readonly packages?: unknown;
  readonly private?: unknown;
}

const isRecord = (value: unknown): value is ManifestFields => typeof value === 'object' && value !== null && !Array.isArray(value);

function texts(value: unknown): Record<string, string> {
  // Without a prototype: a dependency may be called `constructor`.
  const table: Record<string, string> = Object.create(null);
  if (isRecord(value)) for (const [key, text] of Object.entries(value)) if (typeof text === 'string') table[key] = text;
  return table;
}

function workspacesOf(value: unknown): string[] {
  const list = isRecord(value) ? value.packages : value;
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}
