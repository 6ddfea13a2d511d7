import { parse } from 'yaml';
import { z } from 'zod';
import { emptyLockfile, type LockedPackage, type LockfileQuery, onlyOne, toLockedPackage } from './locked-package.ts';

/** Version 5 writes the version alone, later ones with the range. */
const dependency = z.union([z.string(), z.number(), z.object({ version: z.union([z.string(), z.number()]) })]);
const dependencies = z.record(z.string(), dependency).optional();
const importer = z.object({ dependencies, devDependencies: dependencies, optionalDependencies: dependencies });
const lockSchema = importer.extend({
  importers: z.record(z.string(), importer).optional(),
  packages: z.record(z.string(), z.unknown()).optional(),
});
type Importer = z.infer<typeof importer>;

/** Reads versions 5 to 9: what each importer got, and for packages no manifest lists the only version there is. */
export function readPnpmLockfile(text: string): LockfileQuery {
  const lock = readLock(text);
  if (lock === undefined) return emptyLockfile;
  const all = Object.keys(lock.packages ?? {}).flatMap((key) => {
    const parts = /^\/?(?<name>@?[^@]+?)[@/](?<version>\d[^(_/]*)/.exec(key)?.groups;
    return parts?.name === undefined || parts.version === undefined ? [] : [{ name: parts.name, version: parts.version }];
  });
  return ({ name, directory }) => {
    const found = direct(lock.importers?.[directory] ?? (directory === '.' ? lock : undefined), name);
    if (found !== undefined) return readVersion(name, found);
    return onlyOne(all.filter((entry) => entry.name === name).map((entry) => toLockedPackage(name, name, entry.version)));
  };
}

function direct(from: Importer | undefined, name: string): string | undefined {
  const found = from?.dependencies?.[name] ?? from?.devDependencies?.[name] ?? from?.optionalDependencies?.[name];
  if (found === undefined) return undefined;
  return String(typeof found === 'object' ? found.version : found);
}

/** `4.18.2`, `4.18.2(peer@1)`, `4.18.2_peer@1`, alias `other@4.18.2` or `/other/4.18.2`; `link:` and the like name no version. */
function readVersion(name: string, written: string): LockedPackage | undefined {
  const version = written.replace(/[(_].*$/, '');
  if (/^\d/.test(version)) return toLockedPackage(name, name, version);
  const alias = /^\/?(?<actual>@?[^@:]+?)[@/](?<version>\d[^/]*)$/.exec(version)?.groups;
  return alias?.actual === undefined || alias.version === undefined ? undefined : toLockedPackage(name, alias.actual, alias.version);
}

function readLock(text: string): z.infer<typeof lockSchema> | undefined {
  try {
    return lockSchema.safeParse(parse(text)).data;
  } catch {
    return undefined;
  }
}
