import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../lib/errors.ts';
import type { PhaseNumber } from '../model/migration-plan.ts';
import type { PlanFile } from '../model/plan-file.ts';
import { type DataFile, offsetOf, parseDataFile, validateDataFile } from './read-data-file.ts';
import { readTextIfExists } from './read-text-if-exists.ts';

/** Name of the plan file, in the analysed root. */
export const PLAN_FILE_NAME = 'banyan.plan.yaml';

const names = z
  .array(z.string().min(1))
  .nullish()
  .transform((list): readonly string[] => list ?? []);
const phase = z
  .int()
  .min(0)
  .max(7)
  .default(0)
  .transform((number) => number as PhaseNumber);
const verdict = z.enum(['copy', 'library', 'contract', 'own-service', 'monolith']);

const service = z.strictObject({
  title: z.string().min(1).exactOptional(),
  placement: z.enum(['lambda', 'fargate', 'stay']).exactOptional(),
  phase,
  weight: z.number().min(0).max(100).default(0),
  routes: names,
  triggers: names,
  tables: names,
  modules: names,
});

/** Emptied lists and maps (`tables:`) are what is left when a person deletes the last line below them. */
const planFileSchema = z.strictObject({
  version: z.literal(1, 'must be 1, the only version there is'),
  services: z
    .record(z.string().regex(/^[a-z\d]+(-[a-z\d]+)*$/, 'names of services are kebab-case, such as `order-history`'), service)
    .nullish()
    .transform((services) => services ?? {}),
  shared: z
    .record(z.string(), verdict)
    .nullish()
    .transform((shared) => shared ?? {}),
  stay: z
    .strictObject({ modules: names, routes: names })
    .nullish()
    .transform((stay) => stay ?? { modules: [], routes: [] }),
});

export interface ReadPlanFile {
  readonly file: PlanFile;
  readonly text: string;
}

/** Reads the plan file of a root; undefined when there is none. Throws a {@link UserError} with the place when it is broken. */
export async function readPlanFile(root: string): Promise<ReadPlanFile | undefined> {
  const text = await readTextIfExists(join(root, PLAN_FILE_NAME));
  return text === undefined ? undefined : { file: parsePlanFile(text), text };
}

/** Validates the text of a plan file. */
export function parsePlanFile(text: string): PlanFile {
  const data = parseDataFile(PLAN_FILE_NAME, text);
  const file = validateDataFile(data, planFileSchema);
  checkPlacedOnce(data, file);
  return file;
}

/** A module, table, route or trigger has one place; two would make the file contradict itself. */
function checkPlacedOnce({ document, lines }: DataFile, { services, shared, stay }: PlanFile): void {
  const known = new Map<string, readonly (string | number)[]>();
  const claim = (kind: string, name: string, path: readonly (string | number)[]): void => {
    const key = `${kind} ${name}`;
    const before = known.get(key);
    if (before === undefined) {
      known.set(key, path);
      return;
    }
    const [first, second] = [before, path].map((place) => lines.linePos(offsetOf(document, place)));
    throw new UserError(
      'placed-twice',
      `${PLAN_FILE_NAME}:${second?.line ?? 1}:${second?.col ?? 1} ${kind} "${name}" already has a place in line ${first?.line ?? 1}`,
      'Remove one of the two lines; nothing was changed.',
    );
  };
  const claimAll = (kind: string, list: readonly string[], path: readonly (string | number)[]): void =>
    list.forEach((name, index) => {
      claim(kind, name, [...path, index]);
    });
  for (const [id, { modules, tables, routes, triggers }] of Object.entries(services)) {
    claimAll('module', modules, ['services', id, 'modules']);
    claimAll('table', tables, ['services', id, 'tables']);
    claimAll('route', routes, ['services', id, 'routes']);
    claimAll('trigger', triggers ?? [], ['services', id, 'triggers']);
  }
  for (const module of Object.keys(shared)) claim('module', module, ['shared', module]);
  claimAll('module', stay.modules, ['stay', 'modules']);
  claimAll('route', stay.routes, ['stay', 'routes']);
}
