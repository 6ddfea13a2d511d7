import { chmod, mkdir, open, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../lib/errors.ts';
import { foldersOf } from './check-paths.ts';
import { besideOf } from './decide-writes.ts';
import { isInside } from './is-inside.ts';
import { hashOf, JOURNAL_PATH, RECORDS } from './manifest.ts';
import { readIfExists } from './output-folder.ts';

/** One change of the output folder. */
export type Change =
  | { readonly kind: 'place'; readonly path: string; readonly bytes: Uint8Array; readonly executable: boolean }
  | { readonly kind: 'remove'; readonly path: string };

/** A change as the journal names it: bytes lie in the staging folder, `before` is what the path held when it was decided. */
type Step =
  | { readonly kind: 'place'; readonly path: string; readonly staged: string; readonly before: string | null }
  | { readonly kind: 'remove'; readonly path: string; readonly before: string | null };

const STAGING = `${RECORDS}/staging`;

/**
 * Makes all changes or, when interrupted, leaves a journal from which {@link recover} makes them: new bytes are staged,
 * the journal is written, then each file is renamed into place. Before the journal stands, nothing is visible.
 */
export async function commit(out: string, changes: readonly Change[]): Promise<void> {
  const steps = await stage(out, changes);
  await writeDurably(join(out, JOURNAL_PATH), `${JSON.stringify({ version: 1, steps }, null, 2)}\n`);
  await apply(out, steps);
}

/** Completes an interrupted run whose journal stands, and clears away one that had not come so far. */
export async function recover(out: string): Promise<void> {
  const text = await readFile(join(out, JOURNAL_PATH), 'utf8').catch(() => undefined);
  if (text === undefined) {
    await rm(join(out, STAGING), { recursive: true, force: true });
    await rm(join(out, `${JOURNAL_PATH}.part`), { force: true });
    return;
  }
  await apply(out, parseJournal(text));
}

const path = z.string().refine(isInside);
const before = z.string().nullable();
const journalSchema = z.object({
  version: z.literal(1),
  steps: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('place'), path, staged: z.string().regex(/^\.banyan\/staging\/\d{6,}$/), before }),
      z.object({ kind: z.literal('remove'), path, before }),
    ]),
  ),
});

/** A journal may come with a checkout: one that names a place outside the folder is refused, not followed. */
function parseJournal(text: string): readonly Step[] {
  try {
    return journalSchema.parse(JSON.parse(text)).steps;
  } catch {
    throw new UserError(
      'broken-journal',
      `${JOURNAL_PATH} of the output folder is not what an interrupted run leaves`,
      'Delete that file, or choose another output folder; nothing was changed.',
    );
  }
}

async function stage(out: string, changes: readonly Change[]): Promise<readonly Step[]> {
  await mkdir(join(out, STAGING), { recursive: true });
  const steps: Step[] = [];
  for (const [index, change] of changes.entries()) {
    const before = await hashIfExists(join(out, change.path));
    if (change.kind === 'remove') {
      steps.push({ kind: 'remove', path: change.path, before });
      continue;
    }
    const staged = `${STAGING}/${String(index).padStart(6, '0')}`;
    await writeFile(join(out, staged), change.bytes);
    if (change.executable) await chmod(join(out, staged), 0o755);
    steps.push({ kind: 'place', path: change.path, staged, before });
  }
  return steps;
}

/** Removals first: a folder may stand where a file was. Done steps are recognised and skipped. */
async function apply(out: string, steps: readonly Step[]): Promise<void> {
  for (const step of steps) if (step.kind === 'remove') await removeFile(out, step);
  for (const step of steps) if (step.kind === 'place') await placeFile(out, step);
  await rm(join(out, JOURNAL_PATH), { force: true });
  await rm(join(out, STAGING), { recursive: true, force: true });
}

async function removeFile(out: string, { path, before }: Step): Promise<void> {
  if ((await hashIfExists(join(out, path))) !== before) return;
  await rm(join(out, path), { force: true });
  for (const folder of [...foldersOf(path)].reverse()) {
    const isGone = await rmdir(join(out, folder)).then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}

async function placeFile(out: string, { path, staged, before }: Extract<Step, { kind: 'place' }>): Promise<void> {
  if ((await readIfExists(join(out, staged))) === undefined) return;
  const target = join(out, path);
  await mkdir(dirname(target), { recursive: true });
  // Somebody changed the file between decision and rename: their bytes stay.
  const isTouched = (await hashIfExists(target)) !== before;
  await rename(join(out, staged), isTouched && !path.startsWith(`${RECORDS}/`) ? besideOf(target) : target);
}

async function hashIfExists(path: string): Promise<string | null> {
  const bytes = await readIfExists(path);
  return bytes === undefined ? null : hashOf(bytes);
}

/** The journal must be on the disk before the first rename, whole or not at all. */
async function writeDurably(path: string, text: string): Promise<void> {
  const part = `${path}.part`;
  const handle = await open(part, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, path);
}
