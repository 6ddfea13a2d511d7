import { sortedBy } from '../../src/lib/sort.ts';
import { type DefaultPackage, defaultPackageByName } from './default-packages.ts';
import { isFromRegistry, type NpmLockEntries, type NpmLockEntry, placeOf } from './npm-lockfile.ts';

/** The manifest of the slice, as far as a lock file repeats it. */
export interface LockedManifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
}

/**
 * The slice's `package-lock.json`: the entries of the monolith's lock file that its dependencies reach, each in its place.
 * Undefined when it could not be complete: a workspace link, a Git dependency, or a package the lock file does not have.
 */
export function sliceLockfile(manifest: LockedManifest, monolith: NpmLockEntries): object | undefined {
  const entries = withDefaults(manifest, monolith);
  const [production, development] = [Object.keys(manifest.dependencies), Object.keys(manifest.devDependencies)];
  const all = entries === undefined ? undefined : reach(entries, [...production, ...development], followInstalled);
  if (entries === undefined || all === undefined) return undefined;
  // What is reached by ways that npm counts as required, and by any way: from these follow the marks of each entry.
  const ways = {
    production: reach(entries, production, followPresent(all)) ?? all,
    requiredInProduction: reach(entries, production, followRequired) ?? all,
    requiredInDevelopment: reach(entries, development, followRequired) ?? all,
    own: reach(entries, [...production, ...development], followOwn) ?? all,
  };
  const packages = sortedBy(all, (place) => place).map(
    (place) => [place, withMarks(entries.get(place) ?? {}, marksOf(place, ways))] as const,
  );
  const { name, version, dependencies, devDependencies, engines } = manifest;
  const root = { name, version, dependencies, devDependencies, engines };
  return { name, version, lockfileVersion: 3, requires: true, packages: { '': root, ...Object.fromEntries(packages) } };
}

interface Ways {
  readonly production: ReadonlySet<string>;
  readonly requiredInProduction: ReadonlySet<string>;
  readonly requiredInDevelopment: ReadonlySet<string>;
  /** Without peers. */
  readonly own: ReadonlySet<string>;
}

/** npm's own reading: `dev` and `optional` when every way to the package is one, `devOptional` when every way is one or the other. */
function marksOf(place: string, { production, requiredInProduction, requiredInDevelopment, own }: Ways): Readonly<Record<string, true>> {
  const peer = !own.has(place);
  if (requiredInProduction.has(place)) return { ...(peer && { peer }) };
  const dev = !production.has(place);
  const optional = !requiredInDevelopment.has(place);
  return {
    ...(dev && { dev: true }),
    ...(optional && { optional: true }),
    ...(!dev && !optional && { devOptional: true }),
    ...(peer && { peer }),
  };
}

/** The monolith's entries, with ours for what it lacks or has in another version than the slice lists; undefined on a clash. */
function withDefaults(manifest: LockedManifest, monolith: NpmLockEntries): NpmLockEntries | undefined {
  const entries = new Map(monolith);
  for (const [name, specifier] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    const place = `node_modules/${name}`;
    if (matches(entries.get(place), specifier)) continue;
    const ours = defaultPackageByName.get(name);
    if (ours?.version !== specifier) return undefined;
    entries.set(place, toEntry(ours));
    for (const dependency of Object.keys({ ...ours.dependencies, ...ours.optionalDependencies })) {
      const known = defaultPackageByName.get(dependency);
      if (known === undefined) return undefined;
      // Always nested: the root's place may belong to another version that the monolith's packages use.
      entries.set(`${place}/node_modules/${dependency}`, toEntry(known));
    }
  }
  return entries;
}

const matches = (entry: NpmLockEntry | undefined, specifier: string): boolean =>
  entry?.version !== undefined &&
  isFromRegistry(entry) &&
  (entry.version === specifier || `npm:${entry.name}@${entry.version}` === specifier);

const toEntry = ({ name: _name, ...entry }: DefaultPackage): NpmLockEntry => structuredClone(entry) as NpmLockEntry;

interface Edge {
  readonly name: string;
  readonly from: string;
  readonly kind: 'required' | 'optional' | 'peer' | 'optional-peer';
}
/** Whether an edge that leads to `place` is followed. */
type Follow = (edge: Edge, place: string) => boolean;

const followRequired: Follow = ({ kind }) => kind === 'required' || kind === 'peer';
const followOwn: Follow = ({ kind }) => kind === 'required' || kind === 'optional';
/** An optional peer is not installed for its own sake. */
const followInstalled: Follow = ({ kind }) => kind !== 'optional-peer';
const followPresent =
  (present: ReadonlySet<string>): Follow =>
  (_, place) =>
    present.has(place);

/** Every place reached from the root's dependencies; undefined when a required one is missing or comes from no registry. */
function reach(entries: NpmLockEntries, roots: readonly string[], follow: Follow): ReadonlySet<string> | undefined {
  const seen = new Set<string>();
  const waiting: Edge[] = roots.map((name) => ({ name, from: '', kind: 'required' }));
  for (let edge = waiting.pop(); edge !== undefined; edge = waiting.pop()) {
    const place = placeOf(entries, edge.name, edge.from);
    const entry = place === undefined ? undefined : entries.get(place);
    if (place === undefined || entry === undefined) {
      if (edge.kind === 'required' || edge.kind === 'peer') return undefined;
      continue;
    }
    if (seen.has(place) || !follow(edge, place)) continue;
    if (!isFromRegistry(entry)) return undefined;
    seen.add(place);
    waiting.push(...edgesOf(entry, place));
  }
  return seen;
}

function edgesOf(entry: NpmLockEntry, from: string): readonly Edge[] {
  const optional = Object.keys(entry.optionalDependencies ?? {});
  const required = Object.keys(entry.dependencies ?? {}).filter((name) => !optional.includes(name));
  const isOptionalPeer = (name: string) => entry.peerDependenciesMeta?.[name]?.optional === true;
  return [
    ...required.map((name) => ({ name, from, kind: 'required' }) as const),
    ...optional.map((name) => ({ name, from, kind: 'optional' }) as const),
    ...Object.keys(entry.peerDependencies ?? {}).map(
      (name) => ({ name, from, kind: isOptionalPeer(name) ? 'optional-peer' : 'peer' }) as const,
    ),
  ];
}

/** The entry with the slice's marks instead of the monolith's. */
function withMarks(entry: NpmLockEntry, marks: Readonly<Record<string, true>>): object {
  const { dev: _dev, optional: _optional, devOptional: _devOptional, peer: _peer, ...kept } = entry;
  return { ...kept, ...marks };
}
