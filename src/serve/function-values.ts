import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { EventPort } from '../model/events.ts';
import type { GatewayFunction } from '../model/gateway-table.ts';

/**
 * The values that functions may take their declared variables from: the environment given, and for what it lacks the
 * monolith's `.env` file, which monoliths load themselves and functions do not have. Names taken from there are told.
 */
export function functionValues(
  root: string,
  environment: NodeJS.ProcessEnv,
  tell: { readonly functions: readonly GatewayFunction[]; readonly events: EventPort },
): NodeJS.ProcessEnv {
  const file = readEnvFile(join(root, '.env'));
  const declared = new Set(tell.functions.flatMap((definition) => definition.environment));
  const taken = [...declared].filter((name) => environment[name] === undefined && file[name] !== undefined).sort();
  if (taken.length > 0) tell.events({ type: 'log', text: `from the monolith's .env: ${taken.join(', ')}` });
  return { ...file, ...environment };
}

function readEnvFile(path: string): NodeJS.ProcessEnv {
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}
