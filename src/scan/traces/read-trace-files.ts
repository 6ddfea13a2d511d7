import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../../lib/errors.ts';
import type { ObservedSpan } from '../../model/runtime-evidence.ts';
import { readOtlp } from './read-otlp.ts';

/** Spans of files that the user named; throws {@link UserError} for one that holds none. */
export function readTraceFiles(root: string, paths: readonly string[]): readonly ObservedSpan[] {
  return paths.flatMap((path) => {
    const spans = readOtlp(textOf(resolve(root, path), path));
    if (!('message' in spans)) return spans;
    throw new UserError(
      'not-otlp',
      `${path} holds no spans: ${spans.message}`,
      'Export traces as OTLP in JSON, for example with the file exporter of the OpenTelemetry Collector.',
    );
  });
}

function textOf(path: string, given: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(
      'unreadable-traces',
      `${given} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'Name a file with traces as OTLP in JSON.',
    );
  }
}
