import { ts } from 'ts-morph';
import { sortedBy, uniqueSorted } from '../../lib/sort.ts';
import type { BootTrace } from '../../model/boot-trace.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { RouteFact } from '../../model/fact.ts';
import type { ModuleId, ServiceId } from '../../model/ids.ts';
import type { PlannedService } from '../../model/migration-plan.ts';
import type { Monolith } from '../../model/monolith.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { ProgramQueries } from '../../model/program.ts';
import type { MovedEntry, MovedFile, ReachedPackage, ReachedVariable, SliceClosure } from '../slice-closure.ts';
import { findAmbient } from './ambient.ts';
import { type ChosenEntry, entryCandidates } from './choose-entry.ts';
import { collectAssets } from './collect-assets.ts';
import { editModule } from './edit-module.ts';
import { createIsKept } from './kept-places.ts';
import { createLeftOut, type LeftOutQueries } from './left-out.ts';
import { firstLine, listStartUp } from './list-start-up.ts';
import { answerMainChecks, type MainChecks } from './main-checks.ts';
import { type Marked, markSlice, type OutsideImport } from './mark.ts';
import { findModulePlaces, type ModulePlace } from './module-places.ts';
import type { ModuleSource } from './module-source.ts';
import { chooseBase, extensionStyle, relativeSpecifier } from './package-paths.ts';
import { requestScopedIn } from './request-scoped.ts';
import { findRuntimePaths } from './runtime-files.ts';
import { createLoadedFor } from './side-effect-imports.ts';
import { createSources, type Sources } from './sources.ts';
import { decideStartUp } from './start-up.ts';
import { findViewEngines, registeredEngines, registerViewEngines } from './view-engines.ts';

export interface ClosureInput {
  readonly program: ProgramQueries;
  readonly trace: BootTrace;
  readonly monolith: Monolith;
  readonly readSource: (path: ModuleId) => string | undefined;
  readonly readBytes: (path: ModuleId) => Uint8Array | undefined;
  /** Files below a folder of the analysed root, at any depth, or the file itself; sorted. */
  readonly listFiles: (folder: ModuleId) => readonly ModuleId[];
  readonly isIgnored: (path: ModuleId) => boolean;
}

/** Closes several slices over one monolith: modules are parsed once. A slice that cannot be closed has no entry in the map. */
export function closeSlices(input: ClosureInput, services: readonly PlannedService[]): Outcome<ReadonlyMap<ServiceId, SliceClosure>> {
  const sources = createSources(input.program, input.readSource);
  const closures = new Map<ServiceId, SliceClosure>();
  const diagnostics: Diagnostic[] = [];
  for (const service of services) {
    const { value, diagnostics: found } = closeSlice(input, sources, service);
    if (value !== undefined) closures.set(service.id, value);
    diagnostics.push(...found);
  }
  return { value: closures, diagnostics };
}

function closeSlice(input: ClosureInput, sources: Sources, service: PlannedService): Outcome<SliceClosure | undefined> {
  const routes = routesOf(input.monolith, service);
  const decision = decideStartUp(input.trace, input.monolith, routes);
  const leftOut = createLeftOut(sources, input.trace, decision);
  const modules = input.program.program.modules.filter((module) => module.role !== 'test');
  const candidates = entryCandidates(sources, input.trace, decision, {
    statements: routes.flatMap((route) => route.statements),
    modules: modules.filter(({ role }) => role === 'source').map(({ id }) => id),
  });
  const ambient = modules
    .filter((module) => input.readSource(module.id)?.includes('declare') === true)
    .flatMap((module) => ((source) => (source === undefined ? [] : findAmbient(source)))(sources.module(module.id)));
  for (const entry of candidates) {
    const exported = entry.exported === undefined ? {} : { exported: entry.exported };
    const marked = markSlice({ sources, leftOut, ambient, entry: entry.module, ...exported });
    if (entry.exported !== undefined || startsApplication(sources, leftOut, marked))
      return assemble({ input, sources, service: service.id, leftOut, marked, entry, shared: decision.shared });
  }
  return { value: undefined, diagnostics: routes.map(withoutEntry) };
}

/** Whether kept code comes to hand the application over. */
const startsApplication = (sources: Sources, leftOut: LeftOutQueries, marked: Marked): boolean =>
  [...marked.modules].some((id) => {
    const module = sources.module(id);
    if (module === undefined) return false;
    const left = leftOut.of(module);
    return left.handOvers.some(createIsKept(module, marked, left));
  });

const withoutEntry = (route: RouteFact): Diagnostic => ({
  code: 'route-cannot-move',
  data: { route: route.id, reason: 'no entry module was found that starts or exports its application' },
  at: route.at,
});

function routesOf(monolith: Monolith, service: PlannedService): readonly RouteFact[] {
  const ids = new Set(service.routes.filter((route) => route.blockedBy === undefined).map((route) => route.id));
  return monolith.routes.filter((route) => ids.has(route.id));
}

interface Closing {
  readonly input: ClosureInput;
  readonly sources: Sources;
  readonly service: ServiceId;
  readonly leftOut: LeftOutQueries;
  readonly marked: Marked;
  readonly entry: ChosenEntry;
  readonly shared: ReturnType<typeof decideStartUp>['shared'];
}

function assemble(closing: Closing): Outcome<SliceClosure> {
  const { input, sources, service, leftOut, marked, entry } = closing;
  const modules = uniqueSorted(marked.modules).flatMap((id) => sources.module(id) ?? []);
  const isKept = new Map(modules.map((module) => [module.id, createIsKept(module, marked, leftOut.of(module))] as const));
  const runtime = modules.flatMap((module) =>
    findRuntimePaths(module, isKept.get(module.id) ?? (() => false)).map((path) => ({ ...path, module })),
  );
  const imported = marked.outside.flatMap((each) => (each.target.kind === 'asset' ? [each.target.path] : []));
  const besideCode = runtime.flatMap((each) => (each.from === 'module' ? input.listFiles(each.path) : []));
  const base = chooseBase(
    modules.map((module) => module.id),
    [...imported, ...besideCode],
  );
  const loadedFor = createLoadedFor(sources, marked, entry.module);
  const registered = new Set(modules.flatMap((module) => registeredEngines(module, isKept.get(module.id) ?? (() => false))));
  const edited = modules.map((module) => ({ module, ...moveModule({ closing, module, base, loadedFor, registered }) }));
  const assets = collectAssets({ input, base, runtime, imported });
  const startUp = listStartUp({ program: input.program, modules, marked, leftOut, isKept, triggers: input.monolith.triggers });
  const shared = closing.shared
    .filter((span) => marked.modules.has(span.file))
    .map((span) => ({
      text: 'one statement registers routes of this slice and others; it is kept whole',
      at: input.program.location(span.file, span.start),
    }));
  const value: SliceClosure = {
    service,
    base,
    entry: toEntry(entry, base),
    files: sortedBy(
      edited.map(({ file }) => file),
      (file) => file.path,
    ),
    assets: assets.value,
    packages: toPackages([...marked.outside, ...edited.flatMap(({ module, engines }) => engines.map((name) => importOf(name, module.id)))]),
    builtins: uniqueSorted(
      marked.outside.flatMap((each) => (each.target.kind === 'builtin' ? [each.target.name.replace(/^node:/, '')] : [])),
    ),
    environment: toEnvironment(input.program, isKept),
    modulePlaces: uniqueSorted(edited.flatMap(({ places }) => places.map(({ form }) => form))),
    requestScoped: sortedBy(
      modules.flatMap(({ id }) => requestScopedIn(input, id, isKept.get(id) ?? (() => false)).map(({ name, at }) => ({ name, at }))),
      ({ name, at }) => `${at.file} ${String(at.line).padStart(6, '0')} ${name}`,
    ),
    listing: {
      pruned: edited.filter(({ pruned }) => pruned.length > 0).map(({ module, pruned }) => ({ module: module.id, names: pruned })),
      startUpKept: startUp.kept,
      startUpDropped: startUp.dropped,
      notes: sortedBy([...shared, ...startUp.notes, ...assets.notes], (note) => `${note.at.file}:${String(note.at.line).padStart(6, '0')}`),
    },
  };
  const unanswered = edited.flatMap(({ module, unanswered }) =>
    unanswered.map((node): Diagnostic => {
      const text = firstLine((ts.findAncestor(node, ts.isStatement) ?? node).getText(module.file));
      const at = input.program.location(module.id, node.getStart(module.file));
      return { code: 'main-script-asked', data: { service, text }, at };
    }),
  );
  return { value, diagnostics: [...startUp.diagnostics(service), ...unanswered] };
}

const toEntry = (entry: ChosenEntry, base: string): MovedEntry => {
  const place = { module: entry.module, path: base + entry.module };
  return entry.exported === undefined ? { kind: 'provided', ...place } : { kind: 'exported', ...place, name: entry.exported };
};

interface Moving {
  readonly closing: Closing;
  readonly module: ModuleSource;
  readonly base: string;
  readonly loadedFor: ReturnType<typeof createLoadedFor>;
  /** Endings of templates for which kept code names the engine itself. */
  readonly registered: ReadonlySet<string>;
}

interface MovedModule {
  readonly file: MovedFile;
  readonly pruned: readonly string[];
  readonly places: readonly ModulePlace[];
  readonly engines: readonly string[];
  readonly unanswered: MainChecks['unanswered'];
}

function moveModule({ closing, module, base, loadedFor, registered }: Moving): MovedModule {
  const { sources, marked, leftOut } = closing;
  const path = base + module.id;
  const left = leftOut.of(module);
  const isKept = createIsKept(module, marked, left);
  const isMain = closing.entry.exported === undefined && module.id === closing.entry.module;
  const started = { as: isMain ? 'main' : 'loaded', entry: closing.entry.module } as const;
  const mainChecks = closing.entry.exported === undefined ? answerMainChecks(module, isKept, started) : { edits: [], unanswered: [] };
  const isAnswered = (offset: number): boolean => mainChecks.edits.some((each) => each.start <= offset && offset < each.end);
  const places = findModulePlaces(module, (offset) => isKept(offset) && !isAnswered(offset));
  const engines = findViewEngines(module, isKept, registered);
  const style = extensionStyle(module.importStatements.map((each) => each.specifier));
  const { text, pruned } = editModule({
    module,
    marked,
    leftOut: left,
    rewritten: (specifier) => {
      const target = sources.targetOf(module.id, specifier);
      if (specifier.startsWith('.') || (target?.kind !== 'module' && target?.kind !== 'asset')) return undefined;
      return relativeSpecifier(module.id, target.kind === 'module' ? target.module : target.path, style);
    },
    loadedFor: (specifier) => {
      const loaded = loadedFor(module.id, specifier);
      const target = sources.targetOf(module.id, specifier);
      const isSame = loaded.length === 1 && target?.kind === 'module' && target.module === loaded[0] && specifier.startsWith('.');
      return isSame ? [specifier] : loaded.map((id) => relativeSpecifier(module.id, id, style));
    },
    generated: (name) => relativeSpecifier(path, `src/banyan/${name}.ts`, style),
    path,
    places,
    adapted: [...mainChecks.edits, ...registerViewEngines(module, engines)],
    requestScoped: requestScopedIn(closing.input, module.id, isKept).map(({ store }) => store),
  });
  return {
    file: { module: module.id, path, text, form: text === module.text ? 'whole' : 'pruned' },
    pruned,
    places,
    engines: engines.map(({ name }) => name),
    unanswered: mainChecks.unanswered,
  };
}

const importOf = (name: string, from: ModuleId): OutsideImport => ({
  target: { kind: 'package', package: name, subpath: '' },
  specifier: name,
  from,
  typeOnly: false,
});

function toPackages(outside: readonly OutsideImport[]): readonly ReachedPackage[] {
  const found = new Map<string, { readonly subpaths: Set<string>; readonly importedBy: Set<ModuleId>; typeOnly: boolean }>();
  for (const { target, from, typeOnly } of outside) {
    if (target.kind !== 'package') continue;
    const entry = found.get(target.package) ?? { subpaths: new Set(), importedBy: new Set(), typeOnly: true };
    entry.subpaths.add(target.subpath === '' ? '.' : target.subpath);
    entry.importedBy.add(from);
    entry.typeOnly &&= typeOnly;
    found.set(target.package, entry);
  }
  const packages = [...found].map(([name, each]) => ({
    name,
    subpaths: uniqueSorted(each.subpaths),
    importedBy: uniqueSorted(each.importedBy),
    typeOnly: each.typeOnly,
  }));
  return sortedBy(packages, (each) => each.name);
}

function toEnvironment(program: ProgramQueries, isKept: ReadonlyMap<ModuleId, (offset: number) => boolean>): readonly ReachedVariable[] {
  const found = new Map<string, ReachedVariable>();
  for (const [id, kept] of isKept) {
    for (const read of program.module(id)?.syntax.environmentReads ?? []) {
      if (read.name === undefined || found.has(read.name) || !kept(read.span.start)) continue;
      found.set(read.name, { name: read.name, at: program.location(id, read.span.start) });
    }
  }
  return sortedBy(found.values(), (each) => each.name);
}
