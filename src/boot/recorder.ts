import { placeKey } from '../lib/place.ts';
import type {
  BootCall,
  BootClosure,
  BootEffect,
  BootGuard,
  BootTrace,
  BootValue,
  LibraryBinding,
  LibraryMember,
  LibraryObject,
} from '../model/boot-trace.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { type LibraryObjectId, type ModuleId, type SymbolId, toLibraryObjectId, toModuleId } from '../model/ids.ts';
import type { SourceLocation, SourceSpan } from '../model/location.ts';
import type { ProgramQueries } from '../model/program.ts';
import { sourceText } from './source-text.ts';
import type { CallSite, Origin } from './value.ts';

/** Collects what evaluation finds. */
export interface Recorder {
  location(origin: Origin): SourceLocation;
  guard(origin: Origin, taken: boolean): BootGuard;
  /** From now on nothing is registered any more: conditions need no text. */
  explore(): void;
  object(kind: string, given: readonly BootValue[], site: CallSite): LibraryObjectId;
  /** Lines and columns of a file where objects were made so far. */
  placesOfObjects(file: ModuleId): ReadonlySet<string>;
  /** Files in which something was made to listen so far. */
  listening(): ReadonlySet<ModuleId>;
  /** The object on which effects of a library's own functions stand. */
  singleton(kind: string, site: CallSite): LibraryObjectId;
  effect(effect: Omit<BootEffect, 'order'>): void;
  binding(object: LibraryObjectId, symbol: SymbolId): void;
  /** An expression that names a member, which holds the object. */
  member(object: LibraryObjectId, origin: Origin): void;
  call(from: SymbolId, to: SymbolId, site: Origin): void;
  module(id: ModuleId): void;
  limit(limit: 'steps' | 'depth' | 'recursions' | 'iterations' | 'registrations', value: number, origin: Origin): void;
  escape(code: 'object-escapes' | 'client-escapes', data: { readonly object: string; readonly into: string }, origin: Origin): void;
  /** A registered handler was not followed to its end. */
  partly(handler: SymbolId, origin: Origin): void;
  unknownCall(origin: Origin): void;
  finish(
    entries: BootTrace['entries'],
    closures: readonly BootClosure[],
  ): { readonly trace: BootTrace; readonly diagnostics: readonly Diagnostic[] };
}

const SOME_CONDITION: BootGuard = { text: '', taken: true, at: { file: toModuleId(''), line: 1, column: 1 } };

export function createRecorder(program: ProgramQueries): Recorder {
  const objects: LibraryObject[] = [];
  const effects: BootEffect[] = [];
  const bindings = new Map<string, LibraryBinding>();
  const members = new Map<string, LibraryMember>();
  const calls: BootCall[] = [];
  /** Pairs of caller and callee that were asked for. */
  const paired = new Map<SymbolId, Set<SymbolId>>();
  const evaluated: ModuleId[] = [];
  const diagnostics = new Map<string, Diagnostic>();
  const usedIds = new Map<string, number>();
  const singletons = new Map<string, LibraryObjectId>();

  let isExploring = false;

  const location = (origin: Origin): SourceLocation => program.location(origin.module, origin.node.start);
  const report = (diagnostic: Diagnostic): void => {
    const key = JSON.stringify(diagnostic);
    if (!diagnostics.has(key)) diagnostics.set(key, diagnostic);
  };
  const addObject = (id: LibraryObjectId, kind: string, given: readonly BootValue[], site: CallSite): void => {
    objects.push({ id, kind, arguments: given, at: location(site), span: spanOf(site) });
  };

  return {
    location,
    guard: (origin, taken) => (isExploring ? SOME_CONDITION : { text: sourceText(origin.node), taken, at: location(origin) }),
    explore() {
      isExploring = true;
    },
    object(kind, given, site) {
      const at = location(site);
      const base = `${kind}@${at.file}:${at.line}:${at.column}`;
      const count = (usedIds.get(base) ?? 0) + 1;
      usedIds.set(base, count);
      const id = toLibraryObjectId(count === 1 ? base : `${base}#${count}`);
      addObject(id, kind, given, site);
      return id;
    },
    placesOfObjects: (file) => new Set(objects.filter(({ at }) => at.file === file).map(({ at }) => placeKey(at))),
    listening: () => new Set(effects.filter(({ verb }) => verb === 'listen').map(({ at }) => at.file)),
    singleton(kind, site) {
      const known = singletons.get(kind);
      if (known !== undefined) return known;
      const id = toLibraryObjectId(kind);
      singletons.set(kind, id);
      addObject(id, kind, [], site);
      return id;
    },
    effect(effect) {
      effects.push({ order: effects.length, ...effect });
    },
    binding(object, symbol) {
      bindings.set(`${symbol}\n${object}`, { object, symbol });
    },
    member(object, origin) {
      const span = spanOf(origin);
      members.set(`${span.file} ${span.start} ${span.end} ${object}`, { object, span });
    },
    call(from, to, site) {
      if (from === to) return;
      const callees = paired.get(from) ?? new Set();
      if (callees.has(to)) return;
      paired.set(from, callees.add(to));
      if (program.callsFrom(from).some((edge) => edge.to === to)) return;
      calls.push({ from, to, at: location(site), end: site.node.end });
    },
    module(id) {
      evaluated.push(id);
    },
    limit(limit, value, origin) {
      report({ code: 'boot-limit-reached', data: { limit, value }, at: location(origin) });
    },
    escape(code, data, origin) {
      report({ code, data, at: location(origin) });
    },
    partly(handler, origin) {
      report({ code: 'handler-followed-in-part', data: { handler }, at: location(origin) });
    },
    unknownCall(origin) {
      report({ code: 'unknown-call-target', data: { text: sourceText(origin.node) }, at: location(origin) });
    },
    finish: (entries, closures) => ({
      trace: {
        entries,
        evaluated,
        objects,
        effects,
        calls,
        closures,
        bindings: [...bindings.values()],
        ...(members.size === 0 ? {} : { members: [...members.values()] }),
      },
      diagnostics: [...diagnostics.values()],
    }),
  };
}

export const spanOf = (origin: Origin): SourceSpan => ({ file: origin.module, start: origin.node.start, end: origin.node.end });
