import { z } from 'zod';
import { emptyLockfile, type LockfileQuery, toLockedPackage } from './locked-package.ts';

const peerMeta = z.record(z.string(), z.object({ optional: z.boolean().optional() }));
const names = z.record(z.string(), z.string());

/** An entry of `packages` (lock file 2 and 3), whatever else stands in it kept. */
const entrySchema = z.looseObject({
  version: z.string().optional(),
  name: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().optional(),
  dependencies: names.optional(),
  optionalDependencies: names.optional(),
  peerDependencies: names.optional(),
  peerDependenciesMeta: peerMeta.optional(),
});
const lockSchema = z.object({
  lockfileVersion: z.number().optional(),
  packages: z.record(z.string(), entrySchema).optional(),
  dependencies: z.record(z.string(), z.looseObject({ version: z.string() })).optional(),
});

export type NpmLockEntry = z.infer<typeof entrySchema>;
export type NpmLockEntries = ReadonlyMap<string, NpmLockEntry>;

/** The entries of a `package-lock.json` by their place (`node_modules/express`); empty for version 1, which has none. */
export function readNpmEntries(text: string): NpmLockEntries {
  return new Map(Object.entries(readNpm(text)?.packages ?? {}));
}

/** Reads versions 1, 2 and 3. */
export function readNpmLockfile(text: string): LockfileQuery {
  const lock = readNpm(text);
  if (lock === undefined) return emptyLockfile;
  const { packages } = lock;
  if (packages === undefined) {
    return ({ name }) => {
      const entry = lock.dependencies?.[name];
      return entry === undefined ? undefined : fromVersionOne(name, entry.version);
    };
  }
  return ({ name, directory }) => {
    const place = placeOf(new Map(Object.entries(packages)), name, directory === '.' ? '' : directory);
    const entry = place === undefined ? undefined : packages[place];
    return entry?.version === undefined || !isFromRegistry(entry) ? undefined : toLockedPackage(name, entry.name ?? name, entry.version);
  };
}

/** Where Node finds a package from a place in the tree: the nearest `node_modules` upward. */
export function placeOf(entries: NpmLockEntries, name: string, from: string): string | undefined {
  for (let folder = from; ; folder = parentFolder(folder)) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (entries.has(place)) return place;
    if (folder === '') return undefined;
  }
}

/** False for links to workspaces, Git and file dependencies: a version number does not name those. */
export const isFromRegistry = (entry: NpmLockEntry): boolean =>
  entry.link !== true &&
  (entry.resolved === undefined || /^https?:.*\.tgz(?:[?#].*)?$/.test(entry.resolved) || entry.integrity !== undefined);

function parentFolder(folder: string): string {
  const nested = folder.lastIndexOf('/node_modules/');
  if (nested >= 0) return folder.slice(0, nested);
  const slash = folder.lastIndexOf('/');
  return folder.startsWith('node_modules/') || slash < 0 ? '' : folder.slice(0, slash);
}

/** Version 1 writes aliases and non-registry packages into the version itself. */
function fromVersionOne(name: string, version: string) {
  const alias = /^npm:(?<actual>.+)@(?<version>[^@]+)$/.exec(version)?.groups;
  if (alias !== undefined) return toLockedPackage(name, alias.actual ?? name, alias.version ?? version);
  return /^\d/.test(version) ? toLockedPackage(name, name, version) : undefined;
}

function readNpm(text: string): z.infer<typeof lockSchema> | undefined {
  try {
    return lockSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
