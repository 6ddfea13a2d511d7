import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { ownEntry } from '../../src/lib/own-entry.ts';
import type { StateFact } from '../../src/model/fact.ts';
import type { CallSyntax, Expression } from '../../src/model/file-syntax.ts';
import type { SymbolId } from '../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../src/model/program.ts';
import { createProveReadThrough } from './read-through/prove-read-through.ts';
import { createFindUses } from './read-through/symbol-uses.ts';

/** Finds libraries that keep their data in the process or on its disk unless told otherwise: sessions, rate limits, uploads, caches, event buses. */
export const libraryState = defineAnalyzer({
  name: 'library-state',
  produces: ['state'],

  *analyze({ program }) {
    const proveReadThrough = createProveReadThrough(program, createFindUses(program));
    for (const module of program.program.modules) {
      if (module.role !== 'source') continue;
      const isImporter = importsKeeper(module);
      for (const [index, call] of module.syntax.calls.entries()) {
        const keeper = isImporter || call.kind === 'new' ? keeperOf(program, module, call) : undefined;
        if (keeper === undefined) continue;
        const options = call.arguments.find((argument) => argument.kind !== 'literal');
        const summary = keeper.summary(options === undefined ? undefined : literalOf(program, module, call, options));
        if (summary === undefined) continue;
        const fact = toFact(program, { module, index, call }, { keeper, summary });
        const readThrough = keeper.state === 'cache' ? proveReadThrough(fact.symbol) : undefined;
        yield readThrough === undefined ? fact : { ...fact, readThrough };
      }
    }
  },
});

interface Keeper {
  readonly state: StateFact['state'];
  /** The function that makes it also fills it, as no middleware does. */
  readonly isWrittenByMaker?: true;
  /** What it keeps, given its options; undefined when they name another place. */
  readonly summary: (options: Extract<Expression, { kind: 'object' }> | undefined) => string | undefined;
}

const withoutStore =
  (text: string): Keeper['summary'] =>
  (options) =>
    options?.properties.some(({ key }) => key === 'store') ? undefined : text;
const always =
  (text: string): Keeper['summary'] =>
  () =>
    text;
const onDisk: Keeper['summary'] = (options) =>
  options?.properties.some(({ key }) => key === 'dest') ? 'uploads are written to a local folder' : undefined;

const unlessStreamed: Keeper['summary'] = (options) =>
  options?.properties.some(({ key }) => key === 'fileWriteStreamHandler') ? undefined : 'uploads are written to a local folder: formidable';

/** By package, then by the path of the export that is called; `default` is the package itself. */
const keepers: Readonly<Record<string, Readonly<Record<string, Keeper>>>> = {
  'express-session': {
    default: { state: 'session', summary: withoutStore('sessions are kept in memory: express-session without a store') },
  },
  'express-rate-limit': rateLimiter('express-rate-limit without a store', ['default', 'rateLimit']),
  'express-slow-down': rateLimiter('express-slow-down without a store', ['default', 'slowDown']),
  'rate-limiter-flexible': rateLimiter('RateLimiterMemory', ['RateLimiterMemory']),
  multer: {
    default: { state: 'local-file', summary: onDisk },
    'default.diskStorage': { state: 'local-file', summary: always('uploads are written to a local folder') },
    diskStorage: { state: 'local-file', summary: always('uploads are written to a local folder') },
  },
  // Without a stream of the program's own, files are written as they come.
  formidable: Object.fromEntries(
    ['default', 'formidable', 'default.formidable', 'IncomingForm', 'default.IncomingForm', 'Formidable'].map((name) => [
      name,
      { state: 'local-file', summary: unlessStreamed, isWrittenByMaker: true } as const,
    ]),
  ),
  lodash: memoizes('lodash', ['memoize', 'default.memoize']),
  'lodash-es': memoizes('lodash-es', ['memoize', 'default.memoize']),
  'lodash/memoize': memoizes('lodash', ['default']),
  'lodash.memoize': memoizes('lodash.memoize', ['default']),
  memoizee: memoizes('memoizee', ['default']),
  moize: memoizes('moize', ['default']),
  'micro-memoize': memoizes('micro-memoize', ['default']),
  'fast-memoize': memoizes('fast-memoize', ['default']),
  mem: memoizes('mem', ['default']),
  memoize: memoizes('memoize', ['default']),
  'p-memoize': memoizes('p-memoize', ['default']),
  'node-cache': caches('node-cache', ['default']),
  'lru-cache': caches('lru-cache', ['default', 'LRUCache']),
  'memory-cache': caches('memory-cache', ['Cache']),
  'quick-lru': caches('quick-lru', ['default']),
  events: eventBus(['default', 'EventEmitter', 'default.EventEmitter']),
  'node:events': eventBus(['default', 'EventEmitter', 'default.EventEmitter']),
  eventemitter3: eventBus(['default', 'EventEmitter']),
  eventemitter2: eventBus(['default', 'EventEmitter2']),
  mitt: eventBus(['default']),
};

function rateLimiter(what: string, exports: readonly string[]): Readonly<Record<string, Keeper>> {
  const keeper: Keeper = { state: 'rate-limiter', summary: withoutStore(`request counts are kept in memory: ${what}`) };
  return Object.fromEntries(exports.map((name) => [name, keeper]));
}

function caches(what: string, exports: readonly string[]): Readonly<Record<string, Keeper>> {
  const keeper: Keeper = { state: 'cache', summary: always(`entries are kept in memory: ${what}`) };
  return Object.fromEntries(exports.map((name) => [name, keeper]));
}

function memoizes(what: string, exports: readonly string[]): Readonly<Record<string, Keeper>> {
  const keeper: Keeper = { state: 'cache', summary: always(`results are kept in memory: ${what}`) };
  return Object.fromEntries(exports.map((name) => [name, keeper]));
}

function eventBus(exports: readonly string[]): Readonly<Record<string, Keeper>> {
  const keeper: Keeper = { state: 'event-bus', summary: always('subscribers and publishers meet in one process') };
  return Object.fromEntries(exports.map((name) => [name, keeper]));
}

const importsKeeper = ({ syntax }: ModuleRecord): boolean =>
  syntax.imports.some(({ specifier }) => specifier !== undefined && Object.hasOwn(keepers, specifier));

const keeperOfExport = (name: string, path: readonly string[]): Keeper | undefined =>
  ownEntry(ownEntry(keepers, name) ?? {}, path.join('.') || 'default');

/** What a call makes: a package's own export, or a class of the program that extends one. */
function keeperOf(program: ProgramQueries, module: ModuleRecord, call: CallSyntax): Keeper | undefined {
  if (call.kind !== 'call' && call.kind !== 'new') return undefined;
  const callee = call.callee.kind === 'super' ? undefined : program.resolveExpression(module.id, call.owner, call.callee);
  if (callee?.kind === 'external') return keeperOfExport(callee.package, callee.path);
  if (callee?.kind !== 'symbol' || call.kind !== 'new') return undefined;
  return inheritedKeeper(program, callee.symbol, 0);
}

function inheritedKeeper(program: ProgramQueries, symbol: SymbolId, depth: number): Keeper | undefined {
  const found = program.declaration(symbol);
  const declaration = found?.module.syntax.declarations[found.index];
  if (found === undefined || declaration?.extends === undefined || depth > 6) return undefined;
  const base = program.resolveExpression(found.module.id, declaration.parent, declaration.extends);
  if (base.kind === 'external') return keeperOfExport(base.package, base.path);
  return base.kind === 'symbol' ? inheritedKeeper(program, base.symbol, depth + 1) : undefined;
}

/** The options as an object literal, a constant followed to it. */
function literalOf(
  program: ProgramQueries,
  module: ModuleRecord,
  call: CallSyntax,
  options: Expression,
): Extract<Expression, { kind: 'object' }> | undefined {
  if (options.kind === 'object') return options;
  const referent = options.kind === 'name' ? program.resolveName(module.id, call.owner, options.name, options.span.start) : undefined;
  const found = referent?.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
  const initializer = found?.module.syntax.declarations[found.index]?.initializer;
  return initializer?.kind === 'object' ? initializer : undefined;
}

interface Place {
  readonly module: ModuleRecord;
  readonly index: number;
  readonly call: CallSyntax;
}

/** The fact stands on the binding that holds the object, else on the code that makes it. */
function toFact(
  program: ProgramQueries,
  place: Place,
  { keeper, summary }: { readonly keeper: Keeper; readonly summary: string },
): StateFact {
  const { module, index, call } = place;
  const holder = module.syntax.declarations.findIndex(
    ({ kind, initializer }) => (kind === 'variable' || kind === 'field') && initializer?.kind === 'call' && initializer.call === index,
  );
  return {
    kind: 'state',
    state: keeper.state,
    summary,
    symbol: program.symbolAt(module.id, holder < 0 ? call.owner : holder),
    writers: keeper.isWrittenByMaker === true && call.owner !== 0 ? [program.symbolAt(module.id, call.owner)] : [],
    at: program.location(module.id, call.span.start),
  };
}
