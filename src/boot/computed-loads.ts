import { posix } from 'node:path';
import { sortedBy, uniqueSorted } from '../lib/sort.ts';
import type { BootLoad } from '../model/boot-trace.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ModuleId } from '../model/ids.ts';
import { withDefaults } from './fold.ts';
import { join, MAXIMUM_OPTIONS } from './join.ts';
import { type Machine, underGuard } from './machine.ts';
import { absoluteDirectory, ROOT, relativeToRoot } from './paths.ts';
import { sourceText } from './source-text.ts';
import { type CallSite, type ComputedLoad, type LoadForm, type ModuleState, UNKNOWN, type Value } from './value.ts';

interface LoadRequest {
  readonly specifier: Value;
  readonly from: ModuleState;
  readonly form: LoadForm;
  readonly site: CallSite;
}

/** Loads the modules that a computed name stands for: one, one of several, or those of a folder that fit it. */
export function loadComputed(machine: Machine, { specifier, from, form, site }: LoadRequest): Value {
  const known = withDefaults(specifier);
  const names = namesOf(machine, known, from);
  if (names === undefined || names.length > MAXIMUM_OPTIONS) return unknownLoad(machine, site);
  const load = (name: string): Value | undefined => {
    const loaded = machine.requireComputed(name, from, form);
    if (loaded !== undefined) noteLoad(machine, site, loaded.module === undefined ? [] : [loaded.module]);
    return loaded?.value;
  };
  const [only] = names;
  if (names.length === 1 && only !== undefined)
    return load(only) ?? (CODE.test(only) || !/\.\w+$/.test(only) ? unknownLoad(machine, site) : UNKNOWN);
  const guard = machine.recorder.guard(site, true);
  const values = underGuard(machine, guard, () => names.flatMap((name) => load(name) ?? []));
  return values.length === 0 ? unknownLoad(machine, site) : join(values);
}

/** Remembers what was loaded where; start-up only, because a request may load by any name. */
export function noteLoad(machine: Machine, site: CallSite, modules: Iterable<ModuleId>): void {
  const load = placeOf(machine, site);
  if (load === undefined) return;
  load.isResolved = true;
  for (const module of modules) load.modules.add(module);
}

/** Start-up came here, and what is loaded is not known. */
function unknownLoad(machine: Machine, site: CallSite): Value {
  const load = placeOf(machine, site);
  if (load !== undefined) load.isOpen = true;
  return { kind: 'unknown', origin: site };
}

function placeOf(machine: Machine, site: CallSite): ComputedLoad | undefined {
  if (machine.state.mode !== 'booting' || isWritten(site)) return undefined;
  const key = `${site.module}\n${site.node.start}`;
  const known = machine.state.loads.get(key) ?? { site, modules: new Set<ModuleId>(), isResolved: false, isOpen: false };
  machine.state.loads.set(key, known);
  return known;
}

/** A constant specifier that leads nowhere is an unresolved import, told where imports are resolved. */
const isWritten = ({ node }: CallSite): boolean =>
  (node.type === 'ImportExpression' && node.source.type === 'Literal') ||
  (node.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    node.callee.name === 'require' &&
    node.arguments[0]?.type === 'Literal');

/** Names that a value may be; `undefined` when nothing is known of it. */
function namesOf(machine: Machine, value: Value, from: ModuleState): readonly string[] | undefined {
  switch (value.kind) {
    case 'constant':
      return typeof value.value === 'string' ? [value.value] : undefined;
    case 'object': {
      const address = value.properties.get('href');
      return address === undefined ? undefined : namesOf(machine, address, from);
    }
    case 'union': {
      const names = value.options.map((option) => namesOf(machine, option, from));
      return names.every((one) => one !== undefined) ? [...new Set(names.flat())] : undefined;
    }
    case 'template':
      return filesLike(machine, value.parts, from);
    default:
      return undefined;
  }
}

const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;

/** Files that fit a name with holes; a hole stands for no folder, so that only listed folders count. */
function filesLike(machine: Machine, parts: readonly string[], from: ModuleState): readonly string[] | undefined {
  const [first = '', ...rest] = parts;
  const path = dropScheme(first);
  if (!/^\.{0,2}\//.test(path)) return undefined;
  const start = path.startsWith('/') ? path : `${absoluteDirectory(from.id)}/${path}`;
  const folder = relativeToRoot(posix.normalize(start.slice(0, start.lastIndexOf('/'))));
  if (folder === undefined || folder === '.') return undefined;
  const escaped = [posix.normalize(start), ...rest].map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^/]+');
  const wanted = new RegExp(`^${escaped.replace(/\\\.[cm]?[jt]sx?$/, '')}(?:/index)?(?:\\.[cm]?[jt]sx?)?$`);
  return machine
    .listFiles(folder)
    .filter((file) => CODE.test(file))
    .map((file) => `${ROOT}/${file}`)
    .filter((file) => wanted.test(file));
}

export const dropScheme = (path: string): string => path.replace(/^file:\/\//, '');

/** What start-up loads by computed names, and findings for the places of which that is not known. */
export function traceLoads(machine: Machine): { readonly loads: readonly BootLoad[]; readonly diagnostics: readonly Diagnostic[] } {
  const places = [...machine.state.loads.values()].map((load) => ({ ...load, at: machine.recorder.location(load.site) }));
  return {
    loads: sortedBy(
      places.filter(({ isResolved }) => isResolved).map(({ at, modules }) => ({ at, modules: uniqueSorted(modules) })),
      ({ at }) => `${at.file}\0${String(at.line).padStart(7, '0')}${String(at.column).padStart(7, '0')}`,
    ),
    diagnostics: places
      .filter(({ isOpen }) => isOpen)
      .map(({ site, at }) => ({ code: 'unknown-module', data: { text: sourceText(site.node) }, at })),
  };
}
