import { join } from 'node:path';
import { UserError } from '../lib/errors.ts';
import type { Configuration } from '../model/configuration.ts';
import { defaultConfiguration } from './default-configuration.ts';
import { readTextIfExists } from './read-text-if-exists.ts';

/** Names under which the configuration is looked for, in the analysed root. */
const NAMES = ['banyan.config.yaml', 'banyan.config.yml', 'banyan.config.json'] as const;

/**
 * Reads and completes the configuration of a root; defaults alone when there is none.
 * Throws a {@link UserError} with file, line and column when it is broken or says something unknown.
 */
export async function readConfiguration(root: string): Promise<Configuration> {
  const found: { readonly name: string; readonly text: string }[] = [];
  for (const name of NAMES) {
    const text = await readTextIfExists(join(root, name));
    if (text !== undefined) found.push({ name, text });
  }
  const [first, second] = found;
  if (first === undefined) return defaultConfiguration;
  if (second !== undefined)
    throw new UserError('two-configurations', `both ${first.name} and ${second.name} exist`, 'Keep one of them; nothing was changed.');
  // Loaded only when there is something to read: schema and YAML parser cost more than reading a small monolith.
  const { configurationSchema } = await import('./configuration-schema.ts');
  const { parseDataFile, validateDataFile } = await import('./read-data-file.ts');
  return validateDataFile(parseDataFile(first.name, first.text), configurationSchema);
}
