import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModuleId } from '../model/ids.ts';

/** Reads files below one root; undefined for a file that cannot be read. */
export interface SourceReader {
  /** The text, without a byte order mark. */
  readonly text: (path: ModuleId) => string | undefined;
  readonly bytes: (path: ModuleId) => Uint8Array | undefined;
}

export function createSourceReader(root: string): SourceReader {
  return {
    text: (path) => {
      const text = attempt(() => readFileSync(join(root, path), 'utf8'));
      return text?.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    },
    bytes: (path) => attempt(() => readFileSync(join(root, path))),
  };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
