import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../lib/errors.ts';
import type { GatewayTable } from '../model/gateway-table.ts';
import type { Verification } from '../model/verification.ts';

/** Where `extract` puts the strangler table, relative to the output folder. */
const GATEWAY_TABLE = 'gateway/routes.json';
/** Where `verify` keeps its last result, relative to the output folder. */
export const VERIFICATION_FILE = '.banyan/verification.json';

/** The parts a hand edit could break; the rest was written by Banyan and is taken as it is. */
const tableShape = z.looseObject({
  version: z.literal(1),
  granularity: z.enum(['service', 'route']).default('service'),
  routes: z.array(z.looseObject({ id: z.string(), method: z.string(), path: z.string(), order: z.number() })),
  functions: z.array(z.looseObject({ name: z.string(), service: z.string(), entry: z.string() })),
});
const verificationShape = z.looseObject({ checks: z.array(z.looseObject({})), routes: z.array(z.looseObject({})) });

/** The strangler table of an output folder; undefined when nothing was extracted there. Throws a {@link UserError} when it is broken. */
export async function readGatewayTable(out: string): Promise<GatewayTable | undefined> {
  return (await readJson(out, GATEWAY_TABLE, tableShape)) as GatewayTable | undefined;
}

/** The last kept verification of an output folder; undefined when there is none. */
export async function readVerification(out: string): Promise<Verification | undefined> {
  return (await readJson(out, VERIFICATION_FILE, verificationShape)) as Verification | undefined;
}

async function readJson(out: string, name: string, shape: z.ZodType): Promise<unknown> {
  const path = join(out, name);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error).split('\n', 1)[0] : String(error);
    throw new UserError('broken-output', `${path} is broken: ${reason}`, 'Delete it and run "banyan extract" again.');
  }
}
